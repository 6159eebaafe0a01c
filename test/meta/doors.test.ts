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

it.each([
  ["tree", 'import { map } from "./dist/tree.js"; console.log(map);', ["pytree"], ["nnx", "lax", "image", "optim"]],
  ["nn", 'import { mish } from "./dist/nn/index.js"; console.log(mish);', ["nn"], ["lax", "image", "optim", "random"]],
  ["lax", 'import { rsqrt } from "./dist/lax/index.js"; console.log(rsqrt);', ["lax"], ["nnx", "pytree", "image"]],
  [
    "image",
    'import { resize } from "./dist/image/index.js"; console.log(resize);',
    ["image"],
    ["nnx", "lax", "random"],
  ],
  ["linalg", 'import { solve } from "./dist/linalg.js"; console.log(solve);', ["array"], ["nnx", "lax", "random"]],
  ["jax", 'import { jax } from "./dist/index.js"; console.log(jax.tree.map);', ["pytree"], ["orbax", "loading"]],
])("a function of %s brings no other namespace along", (_, program, there, absent) => {
  const folders = foldersOf(program);
  for (const folder of there) expect(folders).toContain(folder);
  for (const folder of absent) expect(folders).not.toContain(folder);
});

it("a layer brings none of the namespaces along", () => {
  const folders = foldersOf('import { Linear } from "./dist/nnx/index.js"; console.log(Linear);');
  for (const folder of ["lax", "nn", "image", "pytree"]) expect(folders).not.toContain(folder);
});
