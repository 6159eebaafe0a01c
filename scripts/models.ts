/**
 * `npm run test:models`: installs the packages that the example models and the examples of training need, then runs the
 * tests of examples/models. Files and options, such as `-t NAME`, go to vitest.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { buildIfStale } from "./build.ts";
import { commandLine } from "./commandline.ts";
import { installIfStale } from "./install.ts";
import { ROOT } from "./run.ts";

const FOLDERS = ["examples/models/originals", "examples/training/packages"];

const args = process.argv.slice(2);
if (args.includes("--help")) commandLine(import.meta.url, {}, 0, ["--help"]);

await buildIfStale();
for (const folder of FOLDERS) installIfStale(folder);
const vitest = join(ROOT, "node_modules/vitest/vitest.mjs");
const config = join(ROOT, "examples/models/vitest.config.ts");
const { status, error } = spawnSync(process.execPath, [vitest, "run", "--config", config, ...args], {
  cwd: ROOT,
  stdio: "inherit",
});
if (error) throw error;
process.exitCode = status ?? 1;
