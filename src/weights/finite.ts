import type { NDArray } from "../array/index.ts";
import { DATA, numbersOf } from "../data/index.ts";
import type { LoadErrorPlace } from "./errors.ts";
import { LoadError } from "./errors.ts";

/** @throws LoadError `BadValue` at the first infinity or NaN of `array` */
export function checkFinite(array: NDArray, place: LoadErrorPlace): void {
  const at = numbersOf(array[DATA]).findIndex((x) => !Number.isFinite(x));
  if (at >= 0) throw new LoadError("BadValue", `expected finite numbers, got an infinity or NaN at ${at}`, place);
}
