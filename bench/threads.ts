/**
 * One thread against two, or as many as FLAXEN_THREADS says, on the same products with kept weights, in bfloat16 too,
 * pairs of small matrices, convolutions and the gradients of their kernels, and attention.
 */
import type { AttentionOptions, AttentionSizes, Windows } from "../src/base/index.ts";
import { distUrl } from "./dist-url.ts";
import { wasm } from "./dist.ts";
import type { Contender } from "./measure.ts";
import { compare, formatRatio, formatTiming } from "./measure.ts";
import { printTable } from "./table.ts";

type WasmKernels = import("../src/wasm/index.ts").WasmKernels;
type WasmModule = typeof import("../src/wasm/index.ts");

const US = 1000;
const THREADS = Number(process.env.FLAXEN_THREADS ?? 2);

/**
 * [rows, n, m]: one row with matrices around the size from which products are shared, then several rows, then pixels by
 * channels.
 */
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

/** The same of products with bfloat16 weights. */
const HALF_PRODUCTS = [
  [1, 512, 512],
  [1, 1024, 1024],
  [1, 4096, 4096],
  [8, 1024, 1024],
  [128, 1024, 1024],
  [4096, 64, 64],
] as const;

/** [count, rows, n, m] of pairs of small matrices. */
const PAIRS = [
  [8, 64, 64, 64],
  [32, 64, 64, 64],
  [64, 48, 48, 48],
  [32, 64, 32, 64],
  [64, 32, 32, 32],
] as const;

/** [batch, height and width, inputs, outputs, groups] of convolutions by windows of 3 by 3. */
const CONVOLUTIONS = [
  [1, 14, 16, 16, 1],
  [1, 14, 16, 32, 1],
  [1, 56, 64, 64, 1],
  [1, 14, 256, 256, 1],
  [1, 14, 512, 512, 32],
  [1, 64, 64, 3, 1],
  [1, 224, 3, 32, 1],
  [32, 28, 1, 16, 1],
  [32, 14, 16, 32, 1],
] as const;

/** [height and width, features, window] of depthwise convolutions. */
const DEPTHWISE = [
  [28, 240, 5],
  [28, 192, 7],
  [56, 96, 7],
] as const;

/** [batch, height and width, inputs, outputs] of the gradients of such kernels. */
const KERNEL_GRADIENTS = [
  [2, 14, 16, 32],
  [32, 14, 16, 32],
  [1, 56, 64, 64],
  [1, 112, 3, 64],
] as const;

/** [queries and keys, heads, width] of attention and its gradient. */
const ATTENTION = [
  [128, 8, 64],
  [256, 8, 64],
  [1024, 8, 64],
] as const;

const OPTIONS: AttentionOptions = { scale: 0.125, masked: -3.4028234663852886e38 };

const { createWasmAttention, createWasmConvolution, createWasmGradients, createWasmKernels, startThreadPool } =
  (await import(distUrl("wasm/index.js"))) as WasmModule;
const shared = createWasmKernels();
shared.attachPool(await startThreadPool(THREADS));

const rows = PRODUCTS.map(([batch, n, m]) => {
  const [x, w] = [drawn(batch * n, 1), drawn(n * m, 2)];
  return row(`${batch} x ${n}x${m}`, (name, kernels) => {
    const own = w.slice();
    const multiply = (out: Float32Array): void => kernels.matmulF32(x, own, undefined, out, batch, true);
    return contender(name, new Float32Array(batch * m), multiply);
  });
});
const halfRows = HALF_PRODUCTS.map(([batch, n, m]) => {
  const x = drawn(batch * n, 1);
  const w = Uint16Array.from(drawn(n * m, 2), (value) => 0x3f80 ^ (value > 0 ? 0x8000 : (value * 128) & 0x7f));
  return row(`${batch} x ${n}x${m}`, (name, kernels) => {
    const own = w.slice();
    const multiply = (out: Float32Array): void =>
      kernels.matmulHalfF32("bfloat16", x, own, undefined, out, batch, true);
    return contender(name, new Float32Array(batch * m), multiply);
  });
});
const pairRows = PAIRS.map(([count, size, n, m]) => {
  const [x, w] = [drawn(count * size * n, 1), drawn(count * n * m, 2)];
  return row(`${count} x ${size}x${n}x${m}`, (name, kernels) =>
    contender(name, new Float32Array(count * size * m), (out) => kernels.matmulBatchF32(x, w, out, count, size)),
  );
});
const convolutionRows = CONVOLUTIONS.map(([batch, size, inputs, outputs, groups]) =>
  row(
    `${batch} x ${size}x${size}, ${inputs} to ${outputs}${groups > 1 ? ` in ${groups} groups` : ""}`,
    (name, kernels) => convolution(name, kernels, batch, size, inputs, outputs, groups),
  ),
);
const depthwiseRows = DEPTHWISE.map(([size, features, window]) =>
  row(`${size}x${size}, ${features}, ${window} by ${window}`, (name, kernels) =>
    depthwise(name, kernels, size, features, window),
  ),
);
const kernelRows = KERNEL_GRADIENTS.map(([batch, size, inputs, outputs]) =>
  row(`${batch} x ${size}x${size}, ${inputs} to ${outputs}`, (name, kernels) =>
    kernelGradient(name, kernels, batch, size, inputs, outputs),
  ),
);
const attentionRows = ATTENTION.flatMap(([n, heads, width]) =>
  [attention, attentionBack].map((make) =>
    row(`${make.name} ${n}, ${heads} of ${width}`, (name, kernels) => make(name, kernels, n, heads, width)),
  ),
);
shared.attachPool(undefined);

const RATIOS = ["one thread", `${THREADS} threads`, "ratio of medians", "of the minima"];

printTable("X [b, n] @ W [n, m], W kept: us a call, median (min..max)", ["b x n x m", ...RATIOS], rows);
printTable("The same, W in bfloat16", ["b x n x m", ...RATIOS], halfRows);
printTable("Pairs of small matrices: us a call, median (min..max)", ["count x b x n x m", ...RATIOS], pairRows);
printTable(
  "Convolutions by kept windows of 3 by 3: us a call, median (min..max)",
  ["images, channels", ...RATIOS],
  convolutionRows,
);
printTable(
  "Depthwise convolutions: us a call, median (min..max)",
  ["image, features, window", ...RATIOS],
  depthwiseRows,
);
printTable(
  "The gradients of kernels of 3 by 3: us a call, median (min..max)",
  ["images, channels", ...RATIOS],
  kernelRows,
);
printTable(
  "Attention of as many queries as keys: us a call, median (min..max)",
  ["queries, heads of width", ...RATIOS],
  attentionRows,
);

/** The times of one thread and of several, of what `make` makes of their kernels. */
function row(name: string, make: (name: string, kernels: WasmKernels) => Contender): string[] {
  const [one, several] = compare(name, [make("one thread", wasm), make(`${THREADS} threads`, shared)]);
  return [
    name,
    formatTiming(one!, US),
    formatTiming(several!, US),
    formatRatio(one!, several!),
    (one!.min / several!.min).toFixed(2),
  ];
}

function contender(name: string, out: Float32Array, call: (out: Float32Array) => void): Contender {
  const run = (repeats: number): void => {
    for (let i = 0; i < repeats; i++) call(out);
  };
  return { name, run, output: () => out };
}

function convolution(
  name: string,
  kernels: WasmKernels,
  batch: number,
  size: number,
  inputs: number,
  outputs: number,
  groups: number,
): Contender {
  const { convolveF32 } = createWasmConvolution(kernels);
  const windows = windowsOf(batch, size, inputs, inputs / groups);
  const [x, w] = [drawn(batch * (size + 2) * (size + 2) * inputs, 1), drawn(9 * (inputs / groups) * outputs, 2)];
  return contender(name, new Float32Array(batch * size * size * outputs), (out) =>
    convolveF32(x, w, undefined, out, windows, true, groups),
  );
}

function depthwise(name: string, kernels: WasmKernels, size: number, features: number, window: number): Contender {
  const { depthwiseF32 } = createWasmConvolution(kernels);
  const windows = windowsOf(1, size, features, features, window);
  const [x, w] = [drawn((size + window - 1) ** 2 * features, 1), drawn(window ** 2 * features, 2)];
  return contender(name, new Float32Array(size ** 2 * features), (out) => depthwiseF32(x, w, undefined, out, windows));
}

function kernelGradient(
  name: string,
  kernels: WasmKernels,
  batch: number,
  size: number,
  inputs: number,
  outputs: number,
): Contender {
  const { convolveKernelF32 } = createWasmGradients(kernels);
  const windows = windowsOf(batch, size, inputs, inputs);
  const [x, ct] = [drawn(batch * (size + 2) * (size + 2) * inputs, 1), drawn(batch * size * size * outputs, 2)];
  return contender(name, new Float32Array(9 * inputs * outputs), (out) => convolveKernelF32(x, ct, out, windows));
}

/** Windows of `window` by `window`, of `run` elements each, on images of `inputs` a place that have their padding. */
function windowsOf(batch: number, size: number, inputs: number, run: number, window = 3): Windows {
  const pitch = (size + window - 1) * inputs;
  return {
    lines: Int32Array.from({ length: batch * size }, (_, i) => (i + (window - 1) * Math.floor(i / size)) * pitch),
    places: size,
    step: inputs,
    runs: Array.from({ length: window ** 2 }, (_, i) => Math.floor(i / window) * pitch + (i % window) * inputs),
    run,
  };
}

function sizesOf(n: number, heads: number, width: number): AttentionSizes {
  return { batch: 1, queries: n, keys: n, capacity: n, heads, kvHeads: heads, width, valueWidth: width };
}

function attention(name: string, kernels: WasmKernels, n: number, heads: number, width: number): Contender {
  const { attentionF32 } = createWasmAttention(kernels);
  const [size, sizes] = [n * heads * width, sizesOf(n, heads, width)];
  const [query, key, value] = [drawn(size, 1), drawn(size, 2), drawn(size, 3)];
  return contender(name, new Float32Array(size), (out) => attentionF32(query, key, value, out, sizes, OPTIONS, true));
}

function attentionBack(name: string, kernels: WasmKernels, n: number, heads: number, width: number): Contender {
  const { attentionBackF32 } = createWasmGradients(kernels);
  const [size, sizes] = [n * heads * width, sizesOf(n, heads, width)];
  const [ct, query, key, value] = [drawn(size, 4), drawn(size, 1), drawn(size, 2), drawn(size, 3)];
  const [toQuery, toValue] = [new Float32Array(size), new Float32Array(size)];
  return contender(name, new Float32Array(size), (toKey) => {
    const out = { query: toQuery, key: toKey, value: toValue, scores: undefined };
    attentionBackF32(ct, query, key, value, out, sizes, OPTIONS, true);
  });
}

function drawn(size: number, key: number): Float32Array {
  const values = new Float32Array(size);
  wasm.normalF32(0, key, 0, values, true);
  return values;
}
