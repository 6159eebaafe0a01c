import { expect, it } from "vitest";
import { exactFma } from "../../src/base/index.ts";
import { EDGES, words } from "../contract/backends.ts";

const { fround } = Math;

/** Every finite float32 is a whole number of these. */
const UNIT = 149n;

/** `x` in units of 2^-149. */
function units(x: number): bigint {
  return BigInt(x * 2 ** 149);
}

/** a * b + c in units of 2^-298, rounded to a float32 by whole numbers alone. */
function reference(a: number, b: number, c: number): number {
  if (![a, b, c].every(Number.isFinite)) return fround(a * b + c);
  const exact = units(a) * units(b) + (units(c) << UNIT);
  if (exact === 0n) return fround(a * b + c);
  const size = exact < 0n ? -exact : exact;
  const bits = BigInt(size.toString(2).length);
  // 24 bits, or those from 2^-149 on.
  const drop = bits - 24n > UNIT ? bits - 24n : UNIT;
  const half = 1n << (drop - 1n);
  let kept = size >> drop;
  const rest = size & ((1n << drop) - 1n);
  if (rest > half || (rest === half && (kept & 1n) === 1n)) kept++;
  const shift = Number(drop - 2n * UNIT);
  const value = Number(kept) * 2 ** Math.max(shift, -149) * (shift < -149 ? 2 ** (shift + 149) : 1);
  return fround(exact < 0n ? -value : value);
}

function check(a: number, b: number, c: number): void {
  expect(exactFma(a, b, c), `${a} * ${b} + ${c}`).toBe(reference(a, b, c));
}

it("rounds once where rounding twice shows", () => {
  // Halfway between 1 and its successor, and a little less or more.
  expect(exactFma(1, 1, 2 ** -24)).toBe(1);
  expect(exactFma(1 + 2 ** -12, 1 - 2 ** -12, 2 ** -24)).toBe(1);
  expect(exactFma(2 ** -60, 1, 1)).toBe(1);
  for (const sign of [1, -1]) {
    expect(exactFma(sign * (1 + 2 ** -23), 2 ** -24, sign)).toBe(sign * (1 + 2 ** -23));
    expect(exactFma(sign * (1 - 2 ** -24), 2 ** -24, sign)).toBe(sign);
    // 3 units less a bit that a double does not hold beside it.
    expect(exactFma(sign * 2 ** -40, -(2 ** -40), sign * (1 + 3 * 2 ** -23))).toBe(sign * (1 + 3 * 2 ** -23));
  }
  // Twice rounded, 2^-24 (1 + 2^-23) (1 - 2^-23) beside 1 would be a tie, which is 1. It is less than one.
  const x = fround(2 ** -12 * (1 + 2 ** -23));
  const y = fround(2 ** -12 * (1 - 2 ** -23));
  expect(fround(x * y + (1 + 2 ** -23))).toBe(1 + 2 ** -22);
  expect(exactFma(x, y, 1 + 2 ** -23)).toBe(1 + 2 ** -23);
  const most = fround(3.4028234663852886e38);
  expect(exactFma(2 ** 60, fround(2 ** 43 * (1 - 2 ** -24)), most)).toBe(most);
  expect(exactFma(2 ** 60, 2 ** 43, most)).toBe(Infinity);
  expect(exactFma(x, fround(-y * 2 ** 127), -most)).toBe(-most);
});

it("of the edges of arithmetic is what whole numbers give", () => {
  for (const a of EDGES) for (const b of EDGES) for (const c of EDGES) check(a, b, c);
});

it("of words, and of what nearly cancels or ties, is what whole numbers give", () => {
  const random = new Float32Array(words(6000, 11).buffer);
  for (let i = 0; i + 2 < random.length; i += 3) {
    const [a, b, c] = [random[i]!, random[i + 1]!, random[i + 2]!];
    check(a, b, c);
    check(a, b, fround(-a * b));
    const one = fround(1 + (words(1, i)[0]! >>> 9) * 2 ** -23);
    // The product is near half a unit in the last place of c.
    for (const scale of [2 ** -24, 2 ** -25, 2 ** -23])
      for (const off of [-1, 0, 1]) check(fround(scale * (1 + off * 2 ** -23)), fround(1 + off * 2 ** -22), one);
    check(fround(2 ** -100 * one), fround(2 ** -49), fround(2 ** -149 * (i % 100)));
  }
});
