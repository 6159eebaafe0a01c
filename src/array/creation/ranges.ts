import type { Given } from "../../base/index.ts";
import { inOrder, LimitError, describe } from "../../base/index.ts";
import type { DType } from "../../data/index.ts";
import { castData, checkDType, isFloat, MAX_SIZE, zerosData } from "../../data/index.ts";
import { NDArray } from "../ndarray.ts";

const { fround } = Math;

/** What `arange` takes besides the first number. */
export interface ArangeOptions {
  readonly stop?: number | null;
  readonly step?: number | null;
  readonly dtype?: DType | null;
}

/**
 * The numbers from `start` to before `stop`, `step` apart.
 *
 * @param start default 0: a single number is `stop`
 * @param dtype default int32 if all three are whole, else float32
 * @throws TypeError if one is not a number; RangeError if one is not finite, or the step is 0
 * @example
 * arange(4).tolist() // => [0, 1, 2, 3]
 * arange(1, 2, 0.25).tolist() // => [1, 1.25, 1.5, 1.75]
 */
export function arange(
  ...places: Given<
    [start: number],
    "start",
    [stop: number | null, step: number | null, dtype: DType | null],
    ArangeOptions
  >
): NDArray;
export function arange(): NDArray {
  return inOrder(arangeOf, arguments, 4, "arange start stop step dtype:d");
}

function arangeOf(start: number, stop?: number | null, step?: number | null, dtype?: DType): NDArray {
  const isEnd = stop === undefined || stop === null;
  const [from, to, by] = [isEnd ? 0 : start, isEnd ? start : stop, step ?? 1];
  for (const [name, x] of [
    ["start", from],
    ["stop", to],
    ["step", by],
  ] as const) {
    if (typeof x !== "number") throw new TypeError(`arange: "${name}" expected a number, got ${describe(x)}`);
    if (!Number.isFinite(x) || (name === "step" && x === 0))
      throw new RangeError(
        `arange: "${name}" expected a finite number${name === "step" ? " other than 0" : ""}, got ${describe(x)}`,
      );
  }
  const whole = [from, to, by].every((x) => Number.isInteger(x));
  const kind = checkDType(dtype ?? (whole ? "int32" : "float32"), "arange");
  const size = Math.max(0, Math.ceil((to - from) / by));
  if (size > MAX_SIZE) throw new LimitError(`arange: expected at most ${MAX_SIZE} elements, got ${size}`);
  const isInteger = !isFloat(kind) && kind !== "bool";
  if (isInteger || whole) {
    const out = zerosData([size], isInteger ? kind : "float32");
    // Integers begin and go on by integers: arange(0, 2, 0.5, "int32") is four zeros.
    const [first, delta] = [Math.trunc(from), Math.trunc(by)];
    for (let i = 0; i < out.storage.data.length; i++) out.storage.data[i] = first + i * delta;
    return new NDArray(castData(out, kind));
  }
  const out = zerosData([size], "float32");
  const [first, delta] = [fround(from), fround(by)];
  for (let i = 0; i < out.storage.data.length; i++) out.storage.data[i] = first + fround(i * delta);
  return new NDArray(castData(out, kind));
}
