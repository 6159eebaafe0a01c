import { abstraction, LimitError } from "../base/index.ts";
import type { DType, TypedArray } from "./dtype.ts";
import { storageFor } from "./dtype.ts";
import type { Shape } from "./shape.ts";
import { formatShape, MAX_SIZE, sizeOf } from "./shape.ts";

/**
 * The elements of one or more arrays. `exposed` becomes true, for good, when a caller gets hold of `data`: from then
 * on its contents may change at any time, so no backend may keep a prepared copy of it.
 */
export interface Storage {
  readonly data: TypedArray;
  exposed: boolean;
}

/** What an array is below its methods: row-major elements with a shape. The functions of this folder work on these. */
export interface Dense {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly storage: Storage;
}

/**
 * Stands for elements that were never allocated. Under `abstraction` it looks empty, so that loops over elements do
 * nothing; elsewhere whoever reaches for an element is told.
 */
class AbstractStorage implements Storage {
  exposed = false;
  readonly #nothing: TypedArray;

  constructor(nothing: TypedArray) {
    this.#nothing = nothing;
  }

  get data(): TypedArray {
    if (abstraction.on) return this.#nothing;
    throw noValues();
  }
}

function noValues(): TypeError {
  return new TypeError("expected an array with values, got one that has a shape but no values, made under nnx.evalShape. Load values first: nnx.update(model, state)");
}

/** Whether `x` has a shape but no values. */
export function isAbstract(x: Dense): boolean {
  return x.storage instanceof AbstractStorage;
}

/** @throws TypeError if `x` has a shape but no values, even under `abstraction` */
export function assertConcrete(x: Dense): void {
  if (isAbstract(x)) throw noValues();
}

/** An array without values, in any mode. */
export function abstractDense(shape: Shape, dtype: DType): Dense {
  return { shape, dtype, storage: new AbstractStorage(storageFor(dtype, 0)) };
}

/** A dense array over `data`, which the caller gives up; under `abstraction` too few elements mean none. */
export function dense(shape: Shape, dtype: DType, data: TypedArray): Dense {
  if (abstraction.on && data.length !== sizeOf(shape)) return { shape, dtype, storage: new AbstractStorage(data) };
  return { shape, dtype, storage: { data, exposed: false } };
}

/**
 * A dense array of zeros.
 *
 * @throws LimitError if there are more than 2^31 - 1 elements, or the engine cannot allocate them
 */
export function zerosDense(shape: Shape, dtype: DType): Dense {
  return dense(shape, dtype, allocate(shape, dtype));
}

function allocate(shape: Shape, dtype: DType): TypedArray {
  if (abstraction.on) return storageFor(dtype, 0);
  const size = sizeOf(shape);
  if (size > MAX_SIZE) throw new LimitError(`expected at most ${MAX_SIZE} elements, got ${dtype}${formatShape(shape)} = ${size}`);
  try {
    return storageFor(dtype, size);
  } catch (cause) {
    throw new LimitError(`cannot allocate ${dtype}${formatShape(shape)}`, { cause });
  }
}

/** `x` in another dtype; itself where nothing changes. */
export function castDense(x: Dense, dtype: DType): Dense {
  if (x.dtype === dtype) return x;
  const from = x.storage.data;
  const to = allocate(x.shape, dtype);
  const cast = castElement(x.dtype, dtype);
  for (let i = 0; i < from.length; i++) to[i] = cast(from[i]!);
  return dense(x.shape, dtype, to);
}

/** float to integer saturates and takes NaN to 0, as XLA converts; integers wrap; bool is x != 0. */
function castElement(from: DType, to: DType): (x: number) => number {
  if (to === "bool") return (x) => (x === 0 ? 0 : 1);
  if (from !== "float32" || to === "float32") return (x) => x;
  const [low, high] = RANGE[to];
  return (x) => (x === x ? Math.min(Math.max(Math.trunc(x), low), high) : 0);
}

const RANGE = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
  uint16: [0, 2 ** 16 - 1],
  uint8: [0, 2 ** 8 - 1],
} as const;
