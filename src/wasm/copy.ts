/** The typed arrays kernels take. */
export type Elements = Float32Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

/** Up to this many elements a loop copies faster than `set`: 8 ns against 14 at 12 elements (Node 20, 2026-11). */
const TINY = 16;

/** Copies `n` elements of `from`, from index `start` on, to the beginning of `to`. */
export function copyIn(from: Elements, start: number, n: number, to: Elements): void {
  if (n <= TINY) {
    for (let i = 0; i < n; i++) to[i] = from[start + i]!;
  } else {
    to.set(from.length === n ? from : from.subarray(start, start + n));
  }
}

/** Copies `n` elements of `from`, from index `first` on, to `to`, from index `start` on. */
export function copyOut(from: Elements, n: number, to: Elements, start: number, first = 0): void {
  if (n <= TINY) {
    for (let i = 0; i < n; i++) to[start + i] = from[first + i]!;
  } else {
    to.set(from.length === n ? from : viewOf(from, first, n), start);
  }
}

/**
 * Copies `rows` rows of `m` elements, which are `width` apart in `from` from index `first` on, to the contiguous rows
 * of `to` from row `row` on. Up to 64 elements a loop is faster than the two views of `set` (Node 20, 2026-11).
 */
export function copyRowsOut(
  from: Float32Array,
  first: number,
  width: number,
  to: Float32Array,
  row: number,
  rows: number,
  m: number,
): void {
  if (m === width) return copyOut(from, rows * m, to, row * m, first);
  for (let at = row * m, end = at + rows * m; at < end; at += m, first += width) {
    if (m < 64) for (let j = 0; j < m; j++) to[at + j] = from[first + j]!;
    else to.set(from.subarray(first, first + m), at);
  }
}

/** A cached view of a region. */
interface View {
  readonly region: Elements;
  readonly first: number;
  readonly n: number;
  readonly elements: Elements;
}

const VIEWS = 64;
const views: (View | undefined)[] = Array.from({ length: VIEWS });

/**
 * A view of elements `first` to `first + n` - 1 of a region. Views are cached, because a layer's results have the same
 * few lengths at every call, and making a view costs 90 ns (Node 20, 2026-11).
 */
function viewOf(region: Elements, first: number, n: number): Elements {
  const at = (n + (n >> 6) + region.byteOffset / 4096) & (VIEWS - 1);
  const known = views[at];
  if (known !== undefined && known.region === region && known.n === n && known.first === first) return known.elements;
  const elements = region.subarray(first, first + n);
  views[at] = { region, first, n, elements };
  return elements;
}

/** Drops all cached views, and with them the memory they show. */
export function forgetViews(): void {
  views.fill(undefined);
}
