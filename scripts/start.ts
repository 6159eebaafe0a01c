/** `npm start`: builds what is missing, then runs the main job; see --help. */
import { buildIfStale } from "./build.ts";
import { main } from "./cli.ts";

process.exitCode = await main(process.argv.slice(2), buildIfStale);
