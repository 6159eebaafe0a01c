import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";

interface Bundle {
  readonly text: string;
  /** Which files of dist/wasm are in it. */
  readonly files: readonly string[];
}

/** Programs as a user's bundler makes them, all in one run: the library is read once. */
async function bundled(programs: readonly string[]): Promise<Bundle[]> {
  const resolveDir = fileURLToPath(new URL("../..", import.meta.url));
  const { outputFiles, metafile } = await build({
    entryPoints: programs.map((_, i) => ({ in: `program:${i}`, out: String(i) })),
    plugins: [
      {
        name: "programs",
        setup: ({ onLoad, onResolve }) => {
          onResolve({ filter: /^program:/ }, ({ path }) => ({ path, namespace: "program" }));
          onLoad({ filter: /^/, namespace: "program" }, ({ path }) => ({
            contents: programs[Number(path.slice("program:".length))]!,
            resolveDir,
          }));
        },
      },
    ],
    bundle: true,
    format: "esm",
    target: "es2022",
    metafile: true,
    outdir: "out",
    write: false,
  });
  return programs.map((_, i) => ({
    text: outputFiles.find(({ path }) => basename(path) === `${i}.js`)!.text,
    files: Object.keys(metafile.outputs[`out/${i}.js`]!.inputs).flatMap((path) => path.split("dist/wasm/")[1] ?? []),
  }));
}

const LAYER = "import { Linear, Rngs } from 'flaxen/nnx'; console.log(new Linear(3, 4, { rngs: new Rngs(0) }));";

/** What brings the module of fused multiply-adds along, and from which door. */
const USES = [
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
] as const;

const [layer, ...users] = await bundled([
  LAYER,
  ...USES.map(([name, door]) => `import { ${name} } from "flaxen/${door}"; console.log(${name});`),
]);

describe("the module of fused multiply-adds", () => {
  it("is not in a program of one layer", () => {
    expect(layer!.files).toContain("bytes.js");
    expect(layer!.files).not.toContain("fused/bytes.js");
  });

  it.each(USES.map(([name, door], i) => [name, door, users[i]!.files] as const))(
    "is in a program with %s of %s",
    (_name, _door, files) => {
      expect(files).toContain("fused/bytes.js");
    },
  );
});

it("a program that imports config can fuse products", async () => {
  const program = `
    import { config } from "flaxen";
    import { matmul } from "flaxen/numpy";
    export const product = (products) => {
      config.products = products;
      return matmul([1, 1 + 2 ** -12], [-1, 1 + 2 ** -12]).item();
    };
  `;
  const [{ text }] = (await bundled([program])) as [Bundle];
  const { product } = (await import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`)) as {
    product: (products: string) => number;
  };
  // (1 + 2^-12)^2 - 1, the square rounded to float32 or not.
  expect(product("rounded")).toBe(2 ** -11);
  expect(product("fused")).toBe(2 ** -11 + 2 ** -24);
  expect(product("rounded")).toBe(2 ** -11);
});
