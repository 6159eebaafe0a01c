import type { Timing } from "./measure.ts";
import { formatRatio, formatTiming } from "./measure.ts";
import { compareProducts } from "./products.ts";
import { MATRICES } from "./shapes.ts";
import { formatFigure, printTable } from "./table.ts";

const US = 1000;
const FLOAT_BYTES = 4;

const rows = MATRICES.map(([n, m]) => {
  const timings = compareProducts(n, m);
  const [typescript, immutable, mutable] = timings;
  const bytes = FLOAT_BYTES * (n * m + n + m);
  return [
    `${n}x${m}`,
    ...timings.map((timing) => formatTiming(timing, US)),
    timings.map((timing) => gigabytesPerSecond(bytes, timing)).join(" / "),
    formatRatio(typescript, immutable),
    formatRatio(typescript, mutable),
  ];
});

printTable(
  "matvec, x [n] @ W [n, m]: us a call, median (least..most)",
  [
    "n x m",
    "core",
    "wasm, W immutable",
    "wasm, W mutable",
    "reading alone",
    "GB/s",
    "core / immutable",
    "core / mutable",
  ],
  rows,
);

function gigabytesPerSecond(bytes: number, { median }: Timing): string {
  return formatFigure(bytes / median);
}
