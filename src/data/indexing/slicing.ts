import { describe } from "../../base/index.ts";

/** A slice as NumPy writes it, `start:stop:step` with any part left out: `"1:3"`, `":-1"`, `"::2"`. */
export type SliceText = `${number | ""}:${string}`;

/** The indices that a slice takes of an axis: `count` of them from `start`, `step` apart. */
export interface Range {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

const PATTERN = /^\s*(-?\d+)?\s*:\s*(-?\d+)?\s*(?::\s*(-?\d+)?\s*)?$/;

/**
 * The range of a slice of an axis of size `n`; bounds are clipped to the axis as in Python.
 *
 * @throws TypeError if `text` is not a slice; RangeError if the step is 0
 */
export function toRange(text: string, n: number, name: string): Range {
  const parts = PATTERN.exec(text);
  if (parts === null)
    throw new TypeError(`${name} expected a slice "start:stop:step" of whole numbers or "...", got ${describe(text)}`);
  const [start, stop, by] = parts.slice(1).map((part) => (part === undefined ? undefined : Number(part)));
  const step = by ?? 1;
  if (step === 0) throw new RangeError(`${name} expected a slice with a step other than 0, got ${describe(text)}`);
  const [low, high] = step > 0 ? [0, n] : [-1, n - 1];
  const bound = (at: number | undefined, missing: number): number =>
    at === undefined ? missing : Math.min(Math.max(at < 0 ? at + n : at, low), high);
  const from = bound(start, step > 0 ? low : high);
  const to = bound(stop, step > 0 ? high : low);
  return { start: from, step, count: Math.max(0, Math.ceil((to - from) / step)) };
}
