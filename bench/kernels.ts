/** Every kernel by its name, on the core and on WebAssembly, at one size that both are used for. */
import type {
  AttentionKernels,
  ConvolutionKernels,
  GradientKernels,
  Kernels,
  PoolWindows,
  NormKernels,
  RecurrentKernels,
  SoftmaxKernels,
  Windows,
} from "../src/base/index.ts";
import {
  core,
  coreAttention,
  coreConvolution,
  coreGradients,
  coreNorms,
  coreRecurrent,
  coreSoftmax,
  wasm,
  wasmAttention,
  wasmConvolution,
  wasmGradients,
  wasmNorms,
  wasmRecurrent,
  wasmSoftmax,
} from "./dist.ts";
import type { Contender, Output } from "./measure.ts";
import { compare, formatRatio, formatTiming } from "./measure.ts";
import { printTable } from "./table.ts";

const US = 1000;

/** What is timed: a call of the kernel on arrays of its own, and what it writes. */
interface Work<K = Kernels> {
  readonly call: (kernels: K) => void;
  readonly out: Output;
}

/** The bounds of a normal truncated to (-2, 2): minval, maxval, clipMin, clipMax. */
const BETWEEN = [-0.9544997215270996, 0.9544997215270996, -1.9999998807907104, 1.9999998807907104] as const;
const EPSILON = Math.fround(1e-5);
const KEY = [0x6b200159, 42] as const;
const ROWS = 16;
const COLUMNS = 256;
const SIZE = ROWS * COLUMNS;

/** An image [34, 34, 16] seen in windows of 3x3, and pooled in such of 2x2 two pixels apart. */
const LINE = 34 * 16;
const CONVOLVED = windows(32, 1, 3, 3 * 16);
const DEPTHWISE = { ...CONVOLVED, runs: [0, 1, 2].flatMap((i) => [0, 1, 2].map((j) => i * LINE + 16 * j)), run: 16 };
const POOLED: PoolWindows = {
  segments: Array.from({ length: 16 }, (_, i) => ({ start: 2 * i * LINE, places: 16, view: 0 })),
  step: 2 * 16,
  views: [[0, 16, LINE, LINE + 16]],
  features: 16,
};
/** The same windows for the gradient. */
const SEEN = { ...windows(16, 2, 2, 16), runs: [0, 16, LINE, LINE + 16] };

function windows(lines: number, stride: number, runs: number, run: number): Windows {
  return {
    lines: Int32Array.from({ length: lines }, (_, i) => i * stride * LINE),
    places: lines,
    step: 16 * stride,
    runs: Int32Array.from({ length: runs }, (_, i) => i * LINE),
    run,
  };
}

function floats(n: number, seed = 1): Float32Array {
  return Float32Array.from({ length: n }, (_, i) => ((Math.imul(i + 1, 0x9e3779b1 * seed) >>> 8) / 2 ** 24 - 0.5) * 2);
}

function positive(n: number, seed = 1): Float32Array {
  return floats(n, seed).map(Math.abs);
}

function work<K = Kernels>(out: Output, call: (kernels: K, out: never) => void): Work<K> {
  return { out, call: (kernels) => call(kernels, out as never) };
}

/** What writes float32. */
function toFloats<K = Kernels>(n: number, call: (kernels: K, out: Float32Array) => void): Work<K> {
  return work<K>(new Float32Array(n), call);
}

const x = floats(SIZE);
const y = floats(SIZE, 2);
const bits = Uint32Array.from({ length: SIZE }, (_, i) => Math.imul(i + 1, 0x9e3779b1));
const scale = floats(COLUMNS, 3);
const bias = floats(COLUMNS, 4);
const matrix = floats(COLUMNS * COLUMNS, 5);
const image = floats(34 * LINE, 6);

/** One row a kernel: a kernel of the contract that is missing here is a type error. */
const WORK: Record<Exclude<keyof Kernels, "name">, () => Work> = {
  threefry2x32: () => {
    const second = bits.slice();
    return work(bits.slice(), (kernels, out: Uint32Array) => kernels.threefry2x32(...KEY, out, second));
  },
  bits64: () => work(new Uint32Array(2 * SIZE), (kernels, out: Uint32Array) => kernels.bits64(...KEY, 0, out)),
  bits32: () => work(new Uint32Array(SIZE), (kernels, out: Uint32Array) => kernels.bits32(...KEY, 0, out)),
  bits16: () => {
    const out = new Uint32Array(SIZE / 2);
    const halves = new Uint16Array(out.buffer);
    return work(out, (kernels) => kernels.bits16(...KEY, 0, halves));
  },
  bits8: () => {
    const out = new Uint32Array(SIZE / 4);
    const bytes = new Uint8Array(out.buffer);
    return work(out, (kernels) => kernels.bits8(...KEY, 0, bytes));
  },
  bits32Original: () => work(new Uint32Array(SIZE), (kernels, out: Uint32Array) => kernels.bits32Original(...KEY, out)),
  uniformF32: () => toFloats(SIZE, (kernels, out) => kernels.uniformF32(...KEY, 0, -1, 1, out, true)),
  uniformFromBitsF32: () => toFloats(SIZE, (kernels, out) => kernels.uniformFromBitsF32(bits, -1, 1, out, true)),
  normalF32: () => toFloats(SIZE, (kernels, out) => kernels.normalF32(...KEY, 0, out, true)),
  normalFromBitsF32: () => toFloats(SIZE, (kernels, out) => kernels.normalFromBitsF32(bits, out, true)),
  truncatedNormalF32: () =>
    toFloats(SIZE, (kernels, out) => kernels.truncatedNormalF32(...KEY, 0, ...BETWEEN, out, true)),
  truncatedNormalFromBitsF32: () =>
    toFloats(SIZE, (kernels, out) => kernels.truncatedNormalFromBitsF32(bits, ...BETWEEN, out, true)),
  unaryF32: () => toFloats(SIZE, (kernels, out) => kernels.unaryF32("exp", x, out, true)),
  binaryF32: () => toFloats(SIZE, (kernels, out) => kernels.binaryF32("add", x, y, out)),
  selectF32: () => {
    const condition = Uint8Array.from(x, (value) => (value > 0 ? 1 : 0));
    return toFloats(SIZE, (kernels, out) => kernels.selectF32(condition, x, y, out));
  },
  transposeF32: () => toFloats(SIZE, (kernels, out) => kernels.transposeF32(x, out, [ROWS, COLUMNS], [1, 0])),
  reluF32: () => toFloats(SIZE, (kernels, out) => kernels.reluF32(x, out)),
  activateF32: () => toFloats(SIZE, (kernels, out) => kernels.activateF32("gelu", x, 1, 1, out, true)),
  powF32: () => {
    const base = positive(SIZE);
    return toFloats(SIZE, (kernels, out) => kernels.powF32(base, y, out));
  },
  sumF32: () => toFloats(COLUMNS, (kernels, out) => kernels.sumF32(x, undefined, out, ROWS, COLUMNS)),
  reduceF32: () => toFloats(ROWS, (kernels, out) => kernels.reduceF32("maximum", x, out, COLUMNS, 1)),
  argReduceF32: () => {
    const out = new Uint32Array(ROWS);
    const indices = new Int32Array(out.buffer);
    return work(out, (kernels) => kernels.argReduceF32("maximum", x, indices, COLUMNS, 1));
  },
  cumulateF32: () => toFloats(SIZE, (kernels, out) => kernels.cumulateF32("add", x, out, COLUMNS, 1)),
  matvecF32: () => toFloats(COLUMNS, (kernels, out) => kernels.matvecF32(scale, matrix, out, true)),
  matmulF32: () => toFloats(SIZE, (kernels, out) => kernels.matmulF32(x, matrix, bias, out, ROWS, true)),
  matmulBatchF32: () => {
    const matrices = SIZE / 16;
    return toFloats(SIZE, (kernels, out) => kernels.matmulBatchF32(x, y, out, matrices, 4));
  },
  matmulHalfF32: () => {
    const words = Uint16Array.from(bits.subarray(0, SIZE), (word) => 0x3c00 | (word >>> 22));
    const half = x.subarray(0, SIZE / COLUMNS);
    return toFloats(COLUMNS, (kernels, out) => kernels.matmulHalfF32("bfloat16", half, words, bias, out, 1, true));
  },
};

const SOFTMAX_WORK: Record<Exclude<keyof SoftmaxKernels, "name">, () => Work<SoftmaxKernels>> = {
  softmaxF32: () => toFloats<SoftmaxKernels>(SIZE, (kernels, out) => kernels.softmaxF32(x, out, COLUMNS, false, true)),
  softmaxColumnsF32: () =>
    toFloats<SoftmaxKernels>(SIZE, (kernels, out) => kernels.softmaxColumnsF32(x, out, ROWS, COLUMNS, false, true)),
  logSumExpF32: () => toFloats<SoftmaxKernels>(ROWS, (kernels, out) => kernels.logSumExpF32(x, out, COLUMNS, 1, true)),
};

const NORM_WORK: Record<Exclude<keyof NormKernels, "name">, () => Work<NormKernels>> = {
  normalizeF32: () =>
    toFloats<NormKernels>(SIZE, (kernels, out) => kernels.normalizeF32(x, scale, bias, out, COLUMNS, EPSILON, true)),
  standardizeF32: () => {
    const variance = positive(COLUMNS);
    return toFloats<NormKernels>(SIZE, (kernels, out) =>
      kernels.standardizeF32(x, scale, variance, scale, bias, out, ROWS, COLUMNS, 1, EPSILON),
    );
  },
};

const CONVOLUTION_WORK: Record<Exclude<keyof ConvolutionKernels, "name">, () => Work<ConvolutionKernels>> = {
  convolveF32: () => {
    const kernel = floats(9 * 16 * 16, 7);
    return toFloats<ConvolutionKernels>(32 * 32 * 16, (kernels, out) =>
      kernels.convolveF32(image, kernel, bias.subarray(0, 16), out, CONVOLVED, true),
    );
  },
  depthwiseF32: () => {
    const kernel = floats(9 * 16, 7);
    return toFloats<ConvolutionKernels>(32 * 32 * 16, (kernels, out) =>
      kernels.depthwiseF32(image, kernel, bias.subarray(0, 16), out, DEPTHWISE),
    );
  },
  poolF32: () =>
    toFloats<ConvolutionKernels>(16 * 16 * 16, (kernels, out) => kernels.poolF32("add", image, out, POOLED, 0.25)),
};

const ATTENTION_WORK: Record<Exclude<keyof AttentionKernels, "name">, () => Work<AttentionKernels>> = {
  attentionF32: () => {
    const sizes = { batch: 1, queries: 16, keys: 16, capacity: 16, heads: 8, kvHeads: 8, width: 32, valueWidth: 32 };
    const options = { scale: Math.fround(1 / Math.sqrt(32)), masked: -1e30 };
    return toFloats<AttentionKernels>(SIZE, (kernels, out) => kernels.attentionF32(x, y, x, out, sizes, options, true));
  },
};

const RECURRENT_WORK: Record<Exclude<keyof RecurrentKernels, "name">, () => Work<RecurrentKernels>> = {
  cellF32: () => {
    const [input, recurrent] = [floats(4 * SIZE, 8), floats(4 * SIZE, 9)];
    const hidden = new Float32Array(SIZE);
    return toFloats<RecurrentKernels>(SIZE, (kernels, out) =>
      kernels.cellF32("lstm", input, recurrent, x, out, hidden, COLUMNS, true),
    );
  },
  stepsF32: () => {
    const input = floats(3 * SIZE, 8);
    const kernels3 = [matrix, matrix.slice(), matrix.slice()];
    return toFloats<RecurrentKernels>(SIZE, (kernels, out) =>
      kernels.stepsF32("gru", input, kernels3, floats(3 * COLUMNS), scale, scale, out, COLUMNS, true, true),
    );
  },
};

/** The numbers of a step of Adam. */
const ADAM = { rate: -1e-3, b1: 0.9, rest1: 0.1, c1: 0.1, b2: 0.999, rest2: 1e-3, c2: 1e-3, eps: 1e-8 } as const;

function gradient(n: number, call: (kernels: GradientKernels, out: Float32Array) => void): Work<GradientKernels> {
  return toFloats<GradientKernels>(n, call);
}

const GRADIENT_WORK: Record<Exclude<keyof GradientKernels, "name">, () => Work<GradientKernels>> = {
  outerF32: () => gradient(COLUMNS * COLUMNS, (kernels, out) => kernels.outerF32(x, y, out, ROWS)),
  matmulTransposedF32: () => gradient(SIZE, (kernels, out) => kernels.matmulTransposedF32(x, matrix, out, ROWS)),
  convolveKernelF32: () => {
    const ct = floats(32 * 32 * 16, 7);
    return gradient(9 * 16 * 16, (kernels, out) => kernels.convolveKernelF32(image, ct, out, CONVOLVED));
  },
  extremesBackF32: () => {
    const ct = floats(16 * 16 * 16, 7);
    return gradient(image.length, (kernels, out) => kernels.extremesBackF32("maximum", image, ct, out, SEEN));
  },
  poolSumBackF32: () => {
    const ct = floats(16 * 16 * 16, 7);
    return gradient(image.length, (kernels, out) => kernels.poolSumBackF32(ct, out, POOLED));
  },
  reluBackF32: () => gradient(SIZE, (kernels, out) => kernels.reluBackF32(x, y, out)),
  geluBackF32: () => gradient(SIZE, (kernels, out) => kernels.geluBackF32(x, y, out, true)),
  softmaxBackF32: () => gradient(SIZE, (kernels, out) => kernels.softmaxBackF32(x, y, out, COLUMNS)),
  attentionBackF32: () => {
    const sizes = { batch: 1, queries: 16, keys: 16, capacity: 16, heads: 8, kvHeads: 8, width: 32, valueWidth: 32 };
    const options = { scale: Math.fround(1 / Math.sqrt(32)), masked: -1e30 };
    const [key, value] = [new Float32Array(SIZE), new Float32Array(SIZE)];
    return gradient(SIZE, (kernels, query) =>
      kernels.attentionBackF32(x, y, x, y, { query, key, value }, sizes, options, true),
    );
  },
  crossEntropyBackF32: () => {
    const [ct, labels] = [floats(ROWS, 7), Int32Array.from({ length: ROWS }, (_, i) => 7 * i)];
    return gradient(SIZE, (kernels, out) => kernels.crossEntropyBackF32(ct, x, labels, out, true));
  },
  layerNormSumsF32: () => {
    const [mean, root] = [floats(ROWS, 7), floats(ROWS, 8)];
    return gradient(2 * ROWS, (kernels, out) => kernels.layerNormSumsF32(x, y, scale, mean, root, out));
  },
  layerNormBackF32: () => {
    const [root, slope, shift] = [floats(ROWS, 7), floats(ROWS, 8), floats(ROWS, 9)];
    return gradient(SIZE, (kernels, out) => kernels.layerNormBackF32(x, y, scale, root, slope, shift, out));
  },
  batchNormTermsF32: () => gradient(SIZE, (kernels, out) => kernels.batchNormTermsF32(x, y, scale, out)),
  batchNormBackF32: () => gradient(SIZE, (kernels, out) => kernels.batchNormBackF32(x, y, scale, scale, scale, out)),
  cellBackF32: () => {
    const rest = Array.from({ length: 3 }, () => new Float32Array(SIZE));
    return gradient(SIZE, (kernels, out) => kernels.cellBackF32("lstm", x, [x, y, x, y], [out, ...rest]));
  },
  sgdF32: () => gradient(SIZE, (kernels, out) => kernels.sgdF32(x, y, out, -0.1)),
  momentumF32: () => {
    const trace = new Float32Array(SIZE);
    return gradient(SIZE, (kernels, out) => kernels.momentumF32(x, y, x, out, trace, -0.1, 0.9, false));
  },
  adamF32: () => {
    const [m, v, squares] = [new Float32Array(SIZE), new Float32Array(SIZE), positive(SIZE)];
    return gradient(SIZE, (kernels, out) =>
      kernels.adamF32(x, y, x, squares, out, m, v, { ...ADAM, epsRoot: 0, weightDecay: 0 }),
    );
  },
};

/** The work of a kernel, with arrays of its own for each backend. */
function contender<K extends { readonly name: string }>(kernels: K, make: () => Work<K>): Contender {
  const { call, out } = make();
  const run = (repeats: number): void => {
    for (let i = 0; i < repeats; i++) call(kernels);
  };
  return { name: kernels.name, run, output: () => out };
}

function rowOf<K extends { readonly name: string }>(
  name: string,
  make: () => Work<K>,
  both: readonly [K, K],
): string[] {
  const [typescript, simd] = compare(
    name,
    both.map((kernels) => contender(kernels, make)),
  );
  return [name, formatTiming(typescript!, US), formatTiming(simd!, US), formatRatio(typescript!, simd!)];
}

printTable(
  `kernels, of ${ROWS} x ${COLUMNS} elements where nothing else is said: us a call, median (min..max)`,
  ["kernel", "core", "wasm", "core / wasm"],
  [
    ...Object.entries(WORK).map(([name, make]) => rowOf(name, make, [core, wasm])),
    ...Object.entries(SOFTMAX_WORK).map(([name, make]) => rowOf(name, make, [coreSoftmax, wasmSoftmax])),
    ...Object.entries(NORM_WORK).map(([name, make]) => rowOf(name, make, [coreNorms, wasmNorms])),
    ...Object.entries(CONVOLUTION_WORK).map(([name, make]) => rowOf(name, make, [coreConvolution, wasmConvolution])),
    ...Object.entries(ATTENTION_WORK).map(([name, make]) => rowOf(name, make, [coreAttention, wasmAttention])),
    ...Object.entries(RECURRENT_WORK).map(([name, make]) => rowOf(name, make, [coreRecurrent, wasmRecurrent])),
    ...Object.entries(GRADIENT_WORK).map(([name, make]) => rowOf(name, make, [coreGradients, wasmGradients])),
  ],
);
