import type { AttentionOptions, AttentionSizes } from "../../base/index.ts";

const { ceil, floor, max, min } = Math;

/** A block of query rows with all that belongs to it fills about this many elements: 1 MiB. */
const BLOCK_ELEMENTS = 2 ** 18;
/** Scores of so many elements exist at a time, 64 KiB, or four rows of them. */
const SCORES = 2 ** 14;
/** The kernels read up to this many elements past the end of what they are given. */
export const SLACK = 16;
/** Parts a thread: more than one, so that a late thread delays little. */
const SHARES = 4;
export const FLOAT = 4;
/** Below so many queries packing the values takes longer than it saves. */
export const FEW_ROWS = 8;

/** The regions of the block of memory of an attention, in elements from its start. */
export interface Layout {
  /** Query rows that are loaded at a time, and how many rows of a head, of how many heads, have scores at a time. */
  readonly block: number;
  readonly step: number;
  readonly heads: number;
  /** So many such parts of a head, or of several, are at hand at a time: what threads share. */
  readonly parts: number;
  /** Elements from an overlay's rows for a head to those for the next; 0 where they take one place in turn. */
  readonly overlay: number;
  /** Keys or values as they come, and the packed ones. */
  readonly loaded: number;
  readonly keys: number;
  readonly values: number;
  /** The scores of a part, and elements to those of the next. */
  readonly rows: number;
  readonly part: number;
  /** The scale, four times. */
  readonly scale: number;
  /** 32 numbers for each part, and `SLACK`. */
  readonly scratch: number;
  readonly queries: number;
  readonly results: number;
  readonly bias: number;
  readonly multiplier: number;
  readonly mask: number;
  readonly bytes: number;
}

/** @param threads how many share the work */
export function layout(
  { queries, keys, heads, kvHeads, width, valueWidth }: AttentionSizes,
  { bias, mask, multiplier }: AttentionOptions,
  threads = 1,
): Layout {
  const overlays = (bias ? 1 : 0) + (multiplier ? 1 : 0) + (mask ? 1 : 0);
  // Threads take the rows of several heads at the same time.
  const own = threads > 1 && [bias, mask, multiplier].some((overlay) => overlay && overlay.headStride !== 0);
  const places = own ? heads : 1;
  const block = rowsOf(BLOCK_ELEMENTS, heads * (width + valueWidth) + places * overlays * keys, queries);
  const row = paddedTo(16, keys);
  const shares = threads > 1 ? SHARES * threads : 1;
  const step = max(1, min(rowsOf(SCORES, row, block), paddedTo(4, ceil((block * heads) / shares))));
  const together =
    step < block ? 1 : max(1, min(threads > 1 ? ceil(heads / shares) : heads, floor(SCORES / max(1, step * row))));
  const parts = min(shares, ceil(heads / together) * ceil(block / step));
  const part = paddedTo(16, together * step * row) + SLACK;
  let top = 0;
  const region = (elements: number): number => {
    const at = top;
    top += paddedTo(4, elements) + SLACK;
    return at;
  };
  return {
    block,
    step,
    heads: together,
    parts,
    overlay: own ? block * keys : 0,
    part,
    loaded: region(keys * kvHeads * max(width, valueWidth)),
    keys: region(kvHeads * paddedTo(8, keys) * width),
    values: region(queries < FEW_ROWS ? 0 : kvHeads * keys * paddedTo(8, valueWidth)),
    rows: region(parts * part),
    scale: region(4),
    scratch: region(parts * (32 + SLACK)),
    queries: region(block * heads * width),
    results: region(block * heads * valueWidth),
    bias: region(bias ? places * block * keys : 0),
    multiplier: region(multiplier ? places * block * keys : 0),
    mask: region(mask ? ceil((places * block * keys) / FLOAT) : 0),
    bytes: FLOAT * top,
  };
}

/** How many of `queries` rows fit into `elements`: a multiple of four, which the kernels take together, at least. */
function rowsOf(elements: number, row: number, queries: number): number {
  return max(1, min(queries, 4 * floor(elements / 4 / max(1, row)) || 4));
}

/** `n` rounded up to a multiple of `unit`. */
export function paddedTo(unit: number, n: number): number {
  return unit * ceil(n / unit);
}
