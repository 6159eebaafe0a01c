import { gradientKernels } from "../../backend/index.ts";
import type { Descent } from "../../base/index.ts";
import type { Storage } from "../access.ts";
import type { ArrayData } from "../arraydata.ts";
import { EXPOSED } from "../arraydata.ts";
import { asPending, canBePending, PendingStorage } from "../pending.ts";

/** Smaller results are computed at once. */
const MIN_PENDING = 16384;

/**
 * A gradient of a function under `nnx.jit`, the sum of outer products of the rows of two matrices: computed when it is
 * read first. An optimizer that is given it takes the step while the sums are at hand, and they are never written.
 */
class PendingOuter extends PendingStorage {
  readonly #x: Float32Array;
  readonly #y: Float32Array;
  readonly #rows: number;

  constructor(x: Storage, y: Storage, rows: number, n: number, m: number) {
    super(n * m, m, [x, y], (out) => gradientKernels().outerF32(this.#x, this.#y, out, rows));
    this.#x = x.data as Float32Array;
    this.#y = y.data as Float32Array;
    this.#rows = rows;
  }

  /** Nothing but a step is done in the same pass. */
  override take(): undefined {
    return undefined;
  }

  /** Writes the parameters after a step with this gradient. */
  descend(out: Float32Array, descent: Descent): void {
    asPending(() => gradientKernels().outerF32(this.#x, this.#y, out, this.#rows, descent));
  }
}

/** `outerData` of two matrices, when the result is read; undefined where it has to be now, or gains nothing. */
export function outerLater(x: ArrayData, y: ArrayData): ArrayData | undefined {
  if (!canBePending()) return undefined;
  const [[rows, n], [, m]] = [x.shape, y.shape] as [readonly [number, number], readonly [number, number]];
  if (rows === 0 || n * m < MIN_PENDING || !isSource(x) || !isSource(y)) return undefined;
  return { shape: [n, m], dtype: "float32", storage: new PendingOuter(x.storage, y.storage, rows, n, m) };
}

/** Whether a gradient can be computed from the elements later: they are float32, and nobody can write to them. */
function isSource({ dtype, storage }: ArrayData): boolean {
  return dtype === "float32" && storage.access !== EXPOSED;
}

/** Writes the parameters after a step with the gradient `g`, if it is one that is not computed yet. */
export function descendPending(g: ArrayData, out: Float32Array, descent: Descent): boolean {
  const isPending = g.storage instanceof PendingOuter && g.storage.isPending;
  if (isPending) (g.storage as PendingOuter).descend(out, descent);
  return isPending;
}
