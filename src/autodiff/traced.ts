import type { ArrayData, DType, Shape } from "../array/index.ts";

/** What an array needs to know of the tape that it is on. */
export interface OpenOrClosed {
  readonly open: boolean;
}

/**
 * An array that is being differentiated: its values, `plain`, and its place on the tape. Code that reads elements
 * without going through `apply` gets an error from `storage` instead of a gradient of zero. Once the tape is closed it
 * is an ordinary array.
 *
 * A class with a getter, because `{ ...x, shape }` must not copy it.
 */
export class Traced implements ArrayData {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly plain: ArrayData;
  readonly tape: OpenOrClosed;
  /** The index of its node on the tape. */
  readonly id: number;
  /** The innermost session whose inputs it depends on; 0 once its node was dropped. */
  level: number;

  constructor(plain: ArrayData, tape: OpenOrClosed, id: number, level: number) {
    this.shape = plain.shape;
    this.dtype = plain.dtype;
    this.plain = plain;
    this.tape = tape;
    this.id = id;
    this.level = level;
  }

  /** Whether the tape is open. */
  get isTraced(): boolean {
    return this.tape.open;
  }

  /** @throws TypeError while the tape is open */
  get storage(): ArrayData["storage"] {
    if (this.tape.open) throw readError();
    return this.plain.storage;
  }
}

function readError(): TypeError {
  return new TypeError(
    "this function has no gradient: it reads the elements of an array that is being differentiated. Give it " +
      "lax.stopGradient(x) if no gradient is wanted",
  );
}
