import type { AttentionKernels, AttentionSizes } from "../src/base/index.ts";
import { coreAttention, wasmAttention } from "./dist.ts";
import type { Contender } from "./measure.ts";
import { compare, formatRatio, formatTiming } from "./measure.ts";
import { formatFigure, printTable } from "./table.ts";

const US = 1000;
const HEADS = 8;
const WIDTH = 32;

/** [queries, keys]: whole sequences, and one step of a decoder over a full cache. */
const SHAPES = [
  [64, 64],
  [256, 256],
  [1, 64],
  [1, 256],
] as const;

function contender(kernels: AttentionKernels, queries: number, keys: number): Contender {
  const sizes: AttentionSizes = {
    batch: 1,
    queries,
    keys,
    capacity: keys,
    heads: HEADS,
    kvHeads: HEADS,
    width: WIDTH,
    valueWidth: WIDTH,
  };
  const query = values(queries * HEADS * WIDTH, 1);
  const key = values(keys * HEADS * WIDTH, 2);
  const value = values(keys * HEADS * WIDTH, 3);
  const causal = Uint8Array.from({ length: queries * keys }, (_, i) =>
    i % keys <= Math.floor(i / keys) + keys - queries ? 1 : 0,
  );
  const options = {
    scale: Math.fround(1 / Math.sqrt(WIDTH)),
    masked: -3.4028234663852886e38,
    mask: { data: causal, batchStride: 0, headStride: 0 },
  };
  const out = new Float32Array(queries * HEADS * WIDTH);
  return {
    name: kernels.name,
    run: (repeats) => {
      for (let i = 0; i < repeats; i++) kernels.attentionF32(query, key, value, out, sizes, options, true);
    },
    output: () => out,
  };
}

function values(n: number, seed: number): Float32Array {
  return Float32Array.from({ length: n }, (_, i) => ((Math.imul(i + 1, 0x9e3779b1 * seed) >>> 8) / 2 ** 24 - 0.5) * 2);
}

const rows = SHAPES.map(([queries, keys]) => {
  const [typescript, simd] = compare(`attention ${queries}x${keys}`, [
    contender(coreAttention, queries, keys),
    contender(wasmAttention, queries, keys),
  ]);
  const products = 4 * queries * keys * HEADS * WIDTH;
  return [
    `${queries}x${keys}`,
    formatTiming(typescript!, US),
    formatTiming(simd!, US),
    formatRatio(typescript!, simd!),
    formatFigure(products / simd!.median),
  ];
});

printTable(
  `causal attention, ${HEADS} heads of width ${WIDTH}: us a call, median (min..max)`,
  ["queries x keys", "core", "wasm", "core / wasm", "wasm, GFLOP/s of the products"],
  rows,
);
