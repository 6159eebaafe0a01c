/**
 * What programs pay for the library, by what they use: the check that a bundler leaves out what is not used. Each
 * program is bundled from the modules of dist/, minified and gzipped.
 */
import { buildSync } from "esbuild";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { TRAINING } from "./bundle/training.ts";
import { ROOT } from "./run.ts";

const KIB = 1024;

/** The kernels ship inside the JavaScript; bytes, not gzipped. */
export const MAX_KERNELS: number = 62 * KIB;
/** The same of each module beside the first, by its folder. */
export const MAX_BESIDE = {
  fused: 18 * KIB,
  gradients: 16 * KIB,
  convolution: 11 * KIB,
  attention: 9 * KIB,
  recurrent: 10 * KIB,
} as const;

interface Budget {
  readonly use: string;
  /** KiB, gzipped. */
  readonly limit: number;
  /** A program that imports what it uses as a README would, and uses it, so that nothing of it is left out. */
  readonly program: string;
  /** Modules that are counted as not there. */
  readonly without?: readonly string[];
  /** A program that is there anyway: what is counted is what this one has on top. */
  readonly over?: string;
}

const LAYER = `
  import { Linear, Rngs } from "flaxen/nnx";
  console.log(String(new Linear(3, 4, { rngs: new Rngs(0) })([1, 2, 3])));
`;

const BUDGETS: readonly Budget[] = [
  {
    use: "one layer",
    limit: 82.8,
    program: LAYER,
  },
  {
    use: "one layer and its gradient",
    limit: 148.8,
    program: `
      import { grad } from "flaxen";
      import { Linear, Rngs } from "flaxen/nnx";
      import { mean } from "flaxen/numpy";
      const layer = new Linear(3, 4, { rngs: new Rngs(0) });
      console.log(String(grad((x) => mean(layer(x)))([1, 2, 3])));
    `,
  },
  {
    use: "one layer trained by adam",
    limit: 159.3,
    program: `
      import { grad, Linear, Optimizer, Param, Rngs } from "flaxen/nnx";
      import { mean } from "flaxen/numpy";
      import { adam } from "flaxen/optax";
      const layer = new Linear(3, 4, { rngs: new Rngs(0) });
      const optimizer = new Optimizer(layer, adam(1e-3), { wrt: Param });
      optimizer.update(layer, grad((model) => mean(model([1, 2, 3])))(layer));
    `,
  },
  {
    use: "the weights of a safetensors file",
    limit: 66,
    program: `
      import { openSafetensors } from "flaxen/weights";
      console.log(openSafetensors);
    `,
  },
  {
    use: "safetensors in memory, beside one layer",
    limit: 4.2,
    program: `import { readSafetensors } from "flaxen/weights"; console.log(readSafetensors); ${LAYER}`,
    over: LAYER,
  },
  {
    use: "safetensors from paths and addresses, beside one layer",
    limit: 8.7,
    program: `import { openSafetensors } from "flaxen/weights"; console.log(openSafetensors); ${LAYER}`,
    over: LAYER,
  },
  {
    use: "every reader of weights, beside one layer",
    limit: 15.2,
    program: `
      import { open, readMsgpack, readNpy, readSafetensors } from "flaxen/weights";
      console.log(open, readMsgpack, readNpy, readSafetensors);
      ${LAYER}
    `,
    over: LAYER,
  },
  {
    use: "Orbax checkpoints, beside one layer",
    limit: 17,
    program: `import { open } from "flaxen/orbax"; console.log(open); ${LAYER}`,
    over: LAYER,
  },
  {
    use: "loading into a model by PyTorch's names, beside one layer",
    limit: 11.1,
    program: `import { loadInto, torch } from "flaxen/weights"; console.log(loadInto, torch); ${LAYER}`,
    over: LAYER,
  },
  {
    use: "all of flaxen/weights, beside one layer",
    limit: 31.2,
    program: `import * as weights from "flaxen/weights"; console.log(weights); ${LAYER}`,
    over: LAYER,
  },
  {
    use: "everything forward",
    limit: 210.5,
    program: `
      import * as flaxen from "flaxen";
      console.log(flaxen);
    `,
    without: TRAINING,
  },
  {
    use: "everything",
    limit: 269.6,
    program: `
      import * as flaxen from "flaxen";
      console.log(flaxen);
    `,
  },
];

/**
 * Prints the sizes of the kernels, of each use, and of the file `minified`, each with its limit.
 *
 * @throws Error if one is above its limit
 */
export function checkSizes(minified: string): void {
  for (const [name, file, limit] of [
    ["the kernels", "src/wasm/bytes.ts", MAX_KERNELS] as const,
    ...Object.entries(MAX_BESIDE).map(([name, max]) => [`${name} kernels`, `src/wasm/${name}/bytes.ts`, max] as const),
  ]) {
    const [, bytes] = /LENGTH: number = (\d+)/.exec(readFileSync(join(ROOT, file), "utf8"))!;
    process.stderr.write(`${name}: ${(Number(bytes) / KIB).toFixed(1)} KiB (limit ${limit / KIB})\n`);
  }
  for (const { use, limit, program, without = [], over } of BUDGETS)
    check(use, gzipped(bundled(program, without)) - (over === undefined ? 0 : gzipped(bundled(over, without))), limit);
  check(minified, gzipped(readFileSync(join(ROOT, minified))), 270.4);
}

function bundled(program: string, without: readonly string[]): Uint8Array {
  const { outputFiles } = buildSync({
    stdin: { contents: program, resolveDir: ROOT },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    external: without.map((path) => join(ROOT, "dist", path)),
    write: false,
  });
  return outputFiles[0]!.contents;
}

function gzipped(code: Uint8Array): number {
  return gzipSync(code, { level: 9 }).length;
}

/** Prints a size, and holds it against its limit. */
function check(what: string, bytes: number, limit: number): void {
  process.stderr.write(`${what}: ${(bytes / KIB).toFixed(1)} KiB gzipped (limit ${limit})\n`);
  if (bytes > limit * KIB) throw new Error(`${what} expected at most ${limit * KIB} bytes, got ${bytes}`);
}
