import { core, wasm } from "./dist.ts";
import type { Draw } from "./draws.ts";
import {
  arithmetic,
  bits32,
  bits64,
  elementary,
  normal,
  relu,
  squares,
  standardized,
  truncatedNormal,
  uniform,
} from "./draws.ts";
import type { Timing } from "./measure.ts";
import { compare, formatRatio, formatTiming } from "./measure.ts";
import { compareBatches, compareProducts } from "./products.ts";
import { SMALL_ARRAYS, SMALL_BATCHES, SMALL_DRAWS, SMALL_MATRICES, SMALL_NORMALS, SMALL_ROWS } from "./shapes.ts";
import { printTable } from "./table.ts";

/** One size of work: its label, the size that src/base/bysize.ts chooses by, and how both fared. */
interface Case {
  readonly label: string;
  readonly size: number;
  readonly core: Timing;
  readonly wasm: Timing;
}

reportDraw("bits32", SMALL_DRAWS, bits32);
reportDraw("bits64", SMALL_DRAWS, bits64, 2);
reportDraw("uniform", SMALL_DRAWS, uniform);
reportDraw("normal", SMALL_NORMALS, normal);
reportDraw("truncatedNormal", SMALL_NORMALS, truncatedNormal);
for (const op of ["exp", "expm1", "log", "log1p", "tanh", "erf", "erfInv", "logistic", "sqrt", "sin"] as const)
  reportDraw(op, SMALL_ARRAYS, elementary(op));
for (const op of ["add", "multiply", "divide", "maximum", "floor", "negative"] as const)
  reportDraw(op, SMALL_ROWS, arithmetic(op));
reportDraw("relu", SMALL_ROWS, relu);
reportDraw("standardized", SMALL_ARRAYS, standardized);
reportDraw("squares", SMALL_ARRAYS, squares);
reportProducts();
reportBatches();

/** The choice goes by the length of `out`: `width` words an element. */
function reportDraw(title: string, sizes: readonly number[], draw: Draw, width = 1): void {
  const cases = sizes.map((size): Case => {
    const [typescript, webassembly] = compare(`${title} ${size}`, [draw(core, size), draw(wasm, size)]);
    return { label: `${size}`, size: width * size, core: typescript!, wasm: webassembly! };
  });
  report(title, cases);
}

function reportProducts(): void {
  const products = SMALL_MATRICES.map(([n, m]) => ({
    label: `${n}x${m}`,
    size: n * m,
    timings: compareProducts(n, m),
  }));
  report(
    "matvec, W immutable",
    products.map(({ label, size, timings: [typescript, immutable] }) => ({
      label,
      size,
      core: typescript,
      wasm: immutable,
    })),
  );
  report(
    "matvec, W mutable",
    products.map(({ label, size, timings: [typescript, , mutable] }) => ({
      label,
      size,
      core: typescript,
      wasm: mutable,
    })),
  );
}

function reportBatches(): void {
  const cases = SMALL_BATCHES.map(([rows, n, m]): Case => {
    const [typescript, immutable] = compareBatches(rows, n, m);
    return { label: `${rows}x${n}x${m}`, size: rows * n * m, core: typescript, wasm: immutable };
  });
  report("matmul, W immutable", cases);
}

function report(title: string, cases: readonly Case[]): void {
  const rows = cases.map(({ label, core: typescript, wasm: webassembly }) => [
    label,
    formatTiming(typescript),
    formatTiming(webassembly),
    formatRatio(typescript, webassembly),
  ]);
  printTable(`${title}: ns a call, median (least..most)`, ["size", "core", "wasm", "core / wasm"], rows);
  process.stdout.write(`\n${title}: WebAssembly is the faster ${winsFrom(cases)}.\n`);
}

/** From which size on WebAssembly won every time. */
function winsFrom(cases: readonly Case[]): string {
  const lost = cases.findLastIndex((size) => size.wasm.median >= size.core.median);
  const first = cases[lost + 1];
  return first === undefined
    ? "at none of these sizes"
    : `from ${first.label} on, a size of ${first.size} to the choice of backend`;
}
