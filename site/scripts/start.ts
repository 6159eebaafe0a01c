/** `npm start`: builds the site, serves it, prints the address. */
import { join } from "node:path";
import { build } from "./build.ts";
import { SITE } from "./places.ts";
import { serve } from "./serve.ts";

await build();
const { address } = await serve(join(SITE, "dist"), Number(process.env["PORT"] ?? 0));
console.log(`The site: ${address}  (Ctrl+C ends it)`);
