import { fileURLToPath } from "node:url";
import type { BuildResult } from "esbuild";
import { buildSync } from "esbuild";
import { describe, expect, it } from "vitest";

/** A program as a user's bundler makes it: its text, and which files of dist/wasm are in it. */
function bundled(contents: string): { text: string; files: string[] } {
  const { outputFiles, metafile } = buildSync({
    stdin: { contents, resolveDir: fileURLToPath(new URL("../..", import.meta.url)) },
    bundle: true,
    format: "esm",
    target: "es2022",
    metafile: true,
    outdir: "out",
    write: false,
  }) as BuildResult<{ metafile: true; write: false }>;
  const { inputs } = Object.values(metafile.outputs)[0]!;
  return {
    text: outputFiles[0]!.text,
    files: Object.keys(inputs).flatMap((path) => path.split("dist/wasm/")[1] ?? []),
  };
}

const LAYER = "import { Linear, Rngs } from 'flaxen/nnx'; console.log(new Linear(3, 4, { rngs: new Rngs(0) }));";

const uses = (name: string, door: string): string => `import { ${name} } from "flaxen/${door}"; console.log(${name});`;

describe("the module of fused multiply-adds", () => {
  it("is not in a program of one layer", () => {
    const { files } = bundled(LAYER);
    expect(files).toContain("bytes.js");
    expect(files).not.toContain("fused/bytes.js");
  });

  it.each([
    ["gelu", "nnx"],
    ["sigmoid", "nnx"],
    ["softmax", "nn"],
    ["logSoftmax", "nn"],
    ["glu", "nn"],
    ["logsumexp", "nn"],
    ["exp", "numpy"],
    ["exp2", "numpy"],
    ["log1p", "numpy"],
    ["logaddexp", "numpy"],
    ["tanh", "numpy"],
    ["erf", "lax"],
    ["softmaxCrossEntropyWithIntegerLabels", "optax"],
    ["MultiHeadAttention", "nnx"],
  ])("is in a program with %s of %s", (name, door) => {
    expect(bundled(uses(name, door)).files).toContain("fused/bytes.js");
  });
});

it("a program that imports config can fuse products", async () => {
  const { text } = bundled(`
    import { config } from "flaxen";
    import { matmul } from "flaxen/numpy";
    export const product = (products) => {
      config.products = products;
      return matmul([1, 1 + 2 ** -12], [-1, 1 + 2 ** -12]).item();
    };
  `);
  const { product } = (await import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`)) as {
    product: (products: string) => number;
  };
  // (1 + 2^-12)^2 - 1, the square rounded to float32 or not.
  expect(product("rounded")).toBe(2 ** -11);
  expect(product("fused")).toBe(2 ** -11 + 2 ** -24);
  expect(product("rounded")).toBe(2 ** -11);
});
