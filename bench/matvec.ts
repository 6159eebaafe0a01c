import type { Timing } from "./measure.ts";
import { formatRatio, formatTiming } from "./measure.ts";
import { compareProducts } from "./products.ts";
import { MATRICES } from "./shapes.ts";
import { formatFigure, printTable } from "./table.ts";

const US = 1000;
const FLOAT_BYTES = 4;

const rows = MATRICES.map(([n, m]) => {
  const timings = compareProducts(n, m);
  const [typescript, pinned, unpinned] = timings;
  const bytes = FLOAT_BYTES * (n * m + n + m);
  return [
    `${n}x${m}`,
    ...timings.map((timing) => formatTiming(timing, US)),
    timings.map((timing) => gigabytesPerSecond(bytes, timing)).join(" / "),
    formatRatio(typescript, pinned),
    formatRatio(typescript, unpinned),
  ];
});

printTable(
  "matvec, x [n] @ W [n, m]: us a call, median (least..most)",
  [
    "n x m",
    "core",
    "wasm, W pinned",
    "wasm, W not pinned",
    "reading alone",
    "GB/s",
    "core / pinned",
    "core / not pinned",
  ],
  rows,
);

function gigabytesPerSecond(bytes: number, { median }: Timing): string {
  return formatFigure(bytes / median);
}
