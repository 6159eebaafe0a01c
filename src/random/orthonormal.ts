/** Elements of the vectors that are taken at a time, so that a panel's stay in the cache. */
const CHUNK = 256;
/** Vectors that are made orthogonal to all before them in one product. */
const PANEL = 32;

/**
 * Gram and Schmidt's orthonormal vectors, in place, in float64: `vectors`, no more than they have elements. A panel of
 * vectors loses its parts along all panels before it by blocked products. Where little remains, a second pass removes
 * what rounding left. A vector of zeros stays.
 */
export function orthonormalize(vectors: readonly Float64Array[]): void {
  for (let start = 0; start < vectors.length; start += PANEL) {
    const panel = vectors.slice(start, start + PANEL);
    const units = vectors.slice(0, start);
    const before = panel.map((vector) => dot(vector, vector));
    removeParts(panel, units);
    if (panel.some((vector, j) => dot(vector, vector) < before[j]! / 2)) removeParts(panel, units);
    panel.forEach((vector, j) => {
      const whole = dot(vector, vector);
      for (let k = start; k < start + j; k++) removePart(vector, vectors[k]!);
      if (dot(vector, vector) < whole / 2) for (let k = 0; k < start + j; k++) removePart(vector, vectors[k]!);
      const length = Math.sqrt(dot(vector, vector));
      if (length > 0) for (let i = 0; i < vector.length; i++) vector[i]! /= length;
    });
  }
}

/** Removes from each vector of the panel its parts along `units`, a multiple of four: first all products, then all. */
function removeParts(panel: readonly Float64Array[], units: readonly Float64Array[]): void {
  // For each unit its parts in all vectors, of which there may be one more, a copy, to make them even.
  const even = panel.length % 2 === 0 ? panel : [...panel, panel.at(-1)!.slice()];
  const parts = new Float64Array(units.length * even.length);
  for (const step of [addDots, subtract]) {
    for (let from = 0; from < panel[0]!.length; from += CHUNK) {
      const to = Math.min(from + CHUNK, panel[0]!.length);
      for (let k = 0; k < units.length; k += 4)
        for (let j = 0; j < even.length; j += 2) {
          const at = k * even.length + j * 4;
          step(units[k]!, units[k + 1]!, units[k + 2]!, units[k + 3]!, even[j]!, even[j + 1]!, from, to, parts, at);
        }
    }
  }
}

type Units = Float64Array;

/** Adds the products of the vectors x and y with four units to eight numbers of `parts`. */
function addDots(
  a: Units,
  b: Units,
  c: Units,
  d: Units,
  x: Float64Array,
  y: Float64Array,
  from: number,
  to: number,
  parts: Float64Array,
  at: number,
): void {
  let ax = parts[at]!;
  let bx = parts[at + 1]!;
  let cx = parts[at + 2]!;
  let dx = parts[at + 3]!;
  let ay = parts[at + 4]!;
  let by = parts[at + 5]!;
  let cy = parts[at + 6]!;
  let dy = parts[at + 7]!;
  for (let i = from; i < to; i++) {
    const xi = x[i]!;
    const yi = y[i]!;
    const ai = a[i]!;
    const bi = b[i]!;
    const ci = c[i]!;
    const di = d[i]!;
    ax += xi * ai;
    ay += yi * ai;
    bx += xi * bi;
    by += yi * bi;
    cx += xi * ci;
    cy += yi * ci;
    dx += xi * di;
    dy += yi * di;
  }
  parts[at] = ax;
  parts[at + 1] = bx;
  parts[at + 2] = cx;
  parts[at + 3] = dx;
  parts[at + 4] = ay;
  parts[at + 5] = by;
  parts[at + 6] = cy;
  parts[at + 7] = dy;
}

/** Takes those parts of the four units from both vectors. */
function subtract(
  a: Units,
  b: Units,
  c: Units,
  d: Units,
  x: Float64Array,
  y: Float64Array,
  from: number,
  to: number,
  parts: Float64Array,
  at: number,
): void {
  const ax = parts[at]!;
  const bx = parts[at + 1]!;
  const cx = parts[at + 2]!;
  const dx = parts[at + 3]!;
  const ay = parts[at + 4]!;
  const by = parts[at + 5]!;
  const cy = parts[at + 6]!;
  const dy = parts[at + 7]!;
  for (let i = from; i < to; i++) {
    const ai = a[i]!;
    const bi = b[i]!;
    const ci = c[i]!;
    const di = d[i]!;
    x[i]! -= ax * ai + bx * bi + (cx * ci + dx * di);
    y[i]! -= ay * ai + by * bi + (cy * ci + dy * di);
  }
}

function removePart(vector: Float64Array, unit: Float64Array): void {
  const part = dot(vector, unit);
  for (let i = 0; i < vector.length; i++) vector[i]! -= part * unit[i]!;
}

/** The sum of the products, in four partial sums. */
function dot(a: Float64Array, b: Float64Array): number {
  let [p, q, r, s] = [0, 0, 0, 0];
  const whole = a.length & ~3;
  for (let i = 0; i < whole; i += 4) {
    p += a[i]! * b[i]!;
    q += a[i + 1]! * b[i + 1]!;
    r += a[i + 2]! * b[i + 2]!;
    s += a[i + 3]! * b[i + 3]!;
  }
  for (let i = whole; i < a.length; i++) p += a[i]! * b[i]!;
  return p + q + (r + s);
}
