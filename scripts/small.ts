/** What a small program pays for the library: the check that a bundler leaves out what is not used. */
import { buildSync } from "esbuild";
import { gzipSync } from "node:zlib";
import { ROOT } from "./run.ts";

/** One layer and its random numbers, imported as README says. */
const PROGRAM = `
  import { Linear, Rngs } from "./dist/nnx/index.js";
  console.log(String(new Linear(3, 4, { rngs: new Rngs(0) })([1, 2, 3])));
`;

/** The bytes of that program bundled, minified and gzipped. */
export function smallProgram(): number {
  const { outputFiles } = buildSync({
    stdin: { contents: PROGRAM, resolveDir: ROOT },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length;
}
