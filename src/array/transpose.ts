import type { Dense, Storage } from "./dense.ts";
import { dense } from "./dense.ts";
import { storageFor } from "./dtype.ts";
import type { Shape } from "./shape.ts";
import { sizeOf } from "./shape.ts";

/** The axes of `x` in another order: axis i of the result is axis `axes[i]` of `x`. `x` itself, reshaped, where no element moves. */
export function permuted(x: Dense, axes: readonly number[]): Dense {
  const shape = axes.map((axis) => x.shape[axis]!);
  if (keepsOrder(x.shape, axes)) return { shape, dtype: x.dtype, storage: x.storage };
  const strides = stridesOf(x.shape);
  return gathered(x, shape, axes.map((axis) => strides[axis]!));
}

/**
 * `permuted` for a weight that comes again and again: the reordered copy is kept from its second use on, for as long
 * as the weight's elements live and nobody can write to them.
 */
export function permutedWeight(x: Dense, axes: readonly number[]): Dense {
  return keepsOrder(x.shape, axes) ? permuted(x, axes) : derived(x, `axes ${axes.join()} of ${x.shape.join()}`, () => permuted(x, axes));
}

/** What was made of each storage, by what was made; null where it was made once and not kept. */
const kept = new WeakMap<Storage, Map<string, Dense | null>>();

/**
 * What `make` makes of the elements of `x`, kept from the second time on.
 *
 * A storage whose elements were handed out may change at any time: what is made of it is made afresh.
 */
export function derived(x: Dense, what: string, make: () => Dense): Dense {
  const { storage } = x;
  if (storage.exposed) {
    kept.delete(storage);
    return make();
  }
  let made = kept.get(storage);
  if (made === undefined) kept.set(storage, (made = new Map()));
  const found = made.get(what);
  if (found) return found;
  const result = make();
  made.set(what, found === undefined ? null : result);
  return result;
}

/** The elements at every index of `shape`, `strides` apart in the elements of `x`. */
export function gathered(x: Dense, shape: Shape, strides: readonly number[]): Dense {
  const out = storageFor(x.dtype, sizeOf(shape));
  const from = x.storage.data;
  const rank = shape.length;
  const last = rank === 0 ? 1 : shape[rank - 1]!;
  const step = rank === 0 ? 0 : strides[rank - 1]!;
  const index = shape.map(() => 0);
  for (let at = 0, base = 0; at < out.length; at += last) {
    for (let i = 0; i < last; i++) out[at + i] = from[base + i * step]!;
    for (let axis = rank - 2; axis >= 0; axis--) {
      base += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      base -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return dense(shape, x.dtype, out);
}

/** How far apart in a row-major array the neighbours along each axis are. */
export function stridesOf(shape: Shape): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1]! * shape[axis + 1]!;
  return strides;
}

/** Whether the axes longer than 1 stay in order: then every element is where it was. */
function keepsOrder(shape: Shape, axes: readonly number[]): boolean {
  let before = -1;
  for (const axis of axes) {
    if (shape[axis] === 1) continue;
    if (axis < before) return false;
    before = axis;
  }
  return true;
}
