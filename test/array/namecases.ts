import { expect } from "vitest";
import type { NDArray } from "../../src/numpy.ts";
import type { Encoded } from "../golden/load.ts";
import { golden } from "../golden/load.ts";
import type { GoldenCall } from "./goldencases.ts";
import { answer, arrayOf, comparable } from "./goldencases.ts";

export const FILES = [
  "names",
  "names_statistics",
  "names_indices",
  "names_numeric",
  "names_spaces",
  "names_calls",
] as const;

/** A call that may be off: by `ulp` units in the last place, or by `tol` of the greatest value of JAX's result. */
export interface NameCall extends GoldenCall {
  readonly tol?: number;
}

/** The calls of a golden file. */
export function casesOf(file: string): NameCall[] {
  return golden<NameCall>(file);
}

/** Expects the answer to a call to be JAX's: its bits, or as near as the case says. */
export function expectAnswer(call: NameCall): void {
  const shown = JSON.stringify([call.args, call.kwargs], (name, value) =>
    name === "b64" ? undefined : (value as unknown),
  ).slice(0, 300);
  const got = answer(call);
  if (call.ulp === undefined && call.tol === undefined) expect(comparable(got), shown).toEqual(comparable(call.result));
  else expectNear(got, call.result, call, shown);
}

function expectNear(got: unknown, expected: unknown, call: NameCall, shown: string): void {
  if (Array.isArray(expected)) {
    expect((got as unknown[]).length, shown).toBe(expected.length);
    expected.forEach((part, i) => expectNear((got as unknown[])[i], part, call, shown));
    return;
  }
  const [a, b] = [got as NDArray, arrayOf(expected as Encoded)];
  expect([a.dtype, a.shape], shown).toEqual([b.dtype, b.shape]);
  const [x, y] = [numbers(a), numbers(b)];
  const greatest = y.reduce((most, v) => (Number.isFinite(v) ? Math.max(most, Math.abs(v)) : most), 0);
  y.forEach((value, i) => {
    const own = x[i]!;
    if (Object.is(own, value)) return;
    const distance = call.ulp === undefined ? Math.abs(own - value) / greatest : Math.abs(place(own) - place(value));
    expect(distance, `${shown}[${i}]: ${own} and ${value}`).toBeLessThanOrEqual(call.ulp ?? call.tol!);
  });
}

function numbers(x: NDArray): number[] {
  return Array.from(x.astype("float32").data, Number);
}

/** The place of a float32 among all of them. */
function place(x: number): number {
  const word = new Int32Array(Float32Array.of(x).buffer)[0]!;
  return word < 0 ? -(word & 0x7fffffff) : word;
}
