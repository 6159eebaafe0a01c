import type { Kernels } from "../src/base/index.ts";
import { ARITHMETIC_FLOPS, arithmeticAlone } from "./ceilings.ts";
import { core, wasm } from "./dist.ts";
import type { Contender } from "./measure.ts";
import { compare, formatRatio, formatTiming } from "./measure.ts";
import { BATCHES } from "./shapes.ts";
import { formatFigure, printTable } from "./table.ts";

const US = 1000;

const rows = BATCHES.map(([batch, n, m]) => {
  const x = drawn(batch * n, 1);
  const w = drawn(n * m, 2);
  const contenders = [
    whole("immutable", wasm, x, w, batch, true),
    // Copies of their own: a prepared matrix is found by its identity, and dropped when the promise is not repeated.
    whole("mutable", wasm, x, w.slice(), batch, false),
    oneByOne("rows, immutable", wasm, x, w.slice(), batch),
    whole("core", core, x, w.slice(), batch, false),
  ];
  const timings = compare(`matmul ${batch}x${n}x${m}`, contenders, [arithmeticAlone()]);
  const ceiling = timings.pop()!;
  const [immutable, mutable, alone, typescript] = timings;
  const gigaflops = timings.slice(0, 2).map(({ median }) => formatFigure((2 * batch * n * m) / median));
  gigaflops.push(formatFigure(ARITHMETIC_FLOPS / ceiling.median));
  return [
    `${batch} x ${n}x${m}`,
    ...timings.map((timing) => formatTiming(timing, US)),
    gigaflops.join(" / "),
    formatRatio(alone!, immutable!),
    formatRatio(alone!, mutable!),
    formatRatio(typescript!, immutable!),
  ];
});

printTable(
  "matmul, X [b, n] @ W [n, m]: us a call, median (least..most)",
  [
    "b x n x m",
    "wasm, W immutable",
    "wasm, W mutable",
    "row by row, W immutable",
    "core",
    "GFLOP/s: immutable / not / arithmetic alone",
    "rows / immutable",
    "rows / mutable",
    "core / immutable",
  ],
  rows,
);

function whole(
  name: string,
  kernels: Kernels,
  x: Float32Array,
  w: Float32Array,
  batch: number,
  immutable: boolean,
): Contender {
  const out = new Float32Array((w.length * batch * batch) / x.length);
  const run = (repeats: number): void => {
    for (let call = 0; call < repeats; call++) kernels.matmulF32(x, w, undefined, out, batch, immutable);
  };
  return { name, run, output: () => out };
}

function oneByOne(name: string, kernels: Kernels, x: Float32Array, w: Float32Array, batch: number): Contender {
  const n = x.length / batch;
  const m = w.length / n;
  const out = new Float32Array(batch * m);
  const run = (repeats: number): void => {
    for (let call = 0; call < repeats; call++) {
      for (let i = 0; i < batch; i++)
        kernels.matvecF32(x.subarray(i * n, (i + 1) * n), w, out.subarray(i * m, (i + 1) * m), true);
    }
  };
  return { name, run, output: () => out };
}

function drawn(size: number, key: number): Float32Array {
  const values = new Float32Array(size);
  wasm.normalF32(0, key, 0, values, true);
  return values;
}
