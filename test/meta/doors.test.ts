import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The folders of dist/ that a program brings along. */
function foldersOf(program: string): string[] {
  const { metafile } = buildSync({
    stdin: { contents: program, resolveDir: ROOT },
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
    metafile: true,
  });
  const [output] = Object.values(metafile!.outputs);
  const used = Object.entries(output!.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return [...new Set(used.map(([path]) => /^dist\/([^/]+)\//.exec(path)?.[1]).filter((name) => name !== undefined))];
}

it.each([
  ["open, of flaxen/weights", 'import { open } from "./dist/weights.js"; console.log(open);'],
  ["open, of flaxen/orbax", 'import { open } from "./dist/orbax/index.js"; console.log(open);'],
])("%s brings no modules along", (_, program) => {
  const folders = foldersOf(program);
  expect(folders).toContain("weights");
  for (const folder of ["nnx", "loading", "random", "optim", "autodiff"]) expect(folders).not.toContain(folder);
});

it("a layer brings no files of weights along", () => {
  const folders = foldersOf('import { Linear } from "./dist/nnx/index.js"; console.log(Linear);');
  expect(folders).toContain("nnx");
  for (const folder of ["weights", "loading", "orbax"]) expect(folders).not.toContain(folder);
});

it("loadInto brings no layers along: torch knows them by what they have", () => {
  const program = 'import { loadInto, torch } from "./dist/weights.js"; console.log(loadInto, torch);';
  expect(foldersOf(program)).toContain("loading");
  const { outputFiles } = buildSync({
    stdin: { contents: program, resolveDir: ROOT },
    bundle: true,
    format: "esm",
    write: false,
  });
  for (const layer of ["Linear", "Conv", "LSTMCell", "MultiHeadAttention", "BatchNorm"])
    expect([layer, new RegExp(`class ${layer}\\b|${layer} = class`).test(outputFiles[0]!.text)]).toEqual([
      layer,
      false,
    ]);
});
