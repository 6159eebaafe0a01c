/** One thread against two, or as many as FLAXEN_THREADS says, on the same products with kept weights. */
import type { Kernels } from "../src/base/index.ts";
import { distUrl } from "./dist-url.ts";
import { wasm } from "./dist.ts";
import type { Contender } from "./measure.ts";
import { compare, formatRatio, formatTiming } from "./measure.ts";
import { printTable } from "./table.ts";

type WasmModule = typeof import("../src/wasm/index.ts");

const US = 1000;
const THREADS = Number(process.env.FLAXEN_THREADS ?? 2);

/** [rows, n, m]: a row by a matrix about the size from which on products are shared, then rows, then pixels by channels. */
const PRODUCTS = [
  [1, 256, 256],
  [1, 512, 512],
  [1, 784, 512],
  [1, 1024, 1024],
  [1, 4096, 4096],
  [8, 256, 256],
  [32, 256, 256],
  [8, 1024, 1024],
  [128, 1024, 1024],
  [4096, 64, 64],
] as const;

const { createWasmKernels, startTeam } = (await import(distUrl("wasm/index.js"))) as WasmModule;
const shared = createWasmKernels();
shared.join(await startTeam(THREADS));

const rows = PRODUCTS.map(([batch, n, m]) => {
  const x = drawn(batch * n, 1);
  const w = drawn(n * m, 2);
  const [one, several] = compare(`${batch} x ${n}x${m}`, [
    product("one thread", wasm, x, w, batch),
    product(`${THREADS} threads`, shared, x, w.slice(), batch),
  ]);
  return [
    `${batch} x ${n}x${m}`,
    formatTiming(one!, US),
    formatTiming(several!, US),
    formatRatio(one!, several!),
    (one!.least / several!.least).toFixed(2),
  ];
});
shared.join(undefined);

printTable(
  `X [b, n] @ W [n, m], W kept: us a call, median (least..most)`,
  ["b x n x m", "one thread", `${THREADS} threads`, "ratio of medians", "of the least"],
  rows,
);

function product(name: string, kernels: Kernels, x: Float32Array, w: Float32Array, batch: number): Contender {
  const out = new Float32Array((w.length * batch * batch) / x.length);
  const run = (repeats: number): void => {
    for (let call = 0; call < repeats; call++) kernels.matmulF32(x, w, undefined, out, batch, true);
  };
  return { name, run, output: () => out };
}

function drawn(size: number, key: number): Float32Array {
  const values = new Float32Array(size);
  wasm.normalF32(0, key, 0, values, true);
  return values;
}
