/**
 * Numbers as NumPy writes them. JavaScript's own conversions are exact, but round ties up, where C and NumPy round them
 * to the even digit. The shortest decimal of a float32 or float16 is not that of a double.
 */
import type { DType } from "../dtype.ts";
import { fromHalf, toHalf } from "../half.ts";

/** More digits than any number has that can tie at fewer than ten digits. */
const EXACT = 60;

/** `text` cut after the digit at `end`, if exactly a five follows and the digit is even. */
function tiedDown(exact: string, end: number): string | undefined {
  return /^50*(e|$)/.test(exact.slice(end)) && "02468".includes(exact[end - 1]!) ? exact.slice(0, end) : undefined;
}

/** `x` >= 0 with `digits` digits after the point. */
function fixed(x: number, digits: number): string {
  const exact = x.toFixed(EXACT);
  return tiedDown(exact, exact.indexOf(".") + 1 + digits) ?? x.toFixed(digits);
}

/** The digits of `x` > 0, `digits` of them, and its exponent of ten. */
function digitsOf(x: number, digits: number): [digits: string, exponent: number] {
  const exact = x.toExponential(EXACT);
  const down = tiedDown(exact, digits + 1);
  const [mantissa, exponent] = (
    down === undefined ? x.toExponential(digits - 1) : `${down}${exact.slice(exact.indexOf("e"))}`
  ).split("e") as [string, string];
  return [mantissa.replace(".", ""), Number(exponent)];
}

/** The fewest digits that read back as `x` > 0, without zeros at the end, and its exponent of ten. */
function shortest(x: number, dtype: DType): [digits: string, exponent: number] {
  const nearest = dtype === "float16" ? (y: number) => fromHalf("float16", toHalf("float16", y)) : Math.fround;
  for (let count = 1; ; count++) {
    const [digits, exponent] = digitsOf(x, count);
    if (count === 17 || nearest(Number(`${digits}e${exponent - count + 1}`)) === x)
      return [digits.replace(/(?<=.)0+$/, ""), exponent];
  }
}

function signed(x: number, text: string): string {
  return x < 0 || Object.is(x, -0) ? `-${text}` : text;
}

/** `nan`, `inf` or `-inf`; undefined for a finite number. */
export function nonFinite(x: number): string | undefined {
  if (Number.isFinite(x)) return undefined;
  return x === x ? signed(x, "inf") : "nan";
}

/** The shortest decimal that reads back, `digits` at most after the point: `0.1`, `3.`, `-0.`. */
export function positional(x: number, dtype: DType, digits: number): string {
  if (x === 0) return signed(x, "0.");
  const size = Math.abs(x);
  const [all, exponent] = shortest(size, dtype);
  if (all.length - 1 - exponent > digits) return signed(x, fixed(size, digits).replace(/0+$/, ""));
  if (exponent < 0) return signed(x, `0.${"0".repeat(-1 - exponent)}${all}`);
  return signed(x, `${all.slice(0, exponent + 1).padEnd(exponent + 1, "0")}.${all.slice(exponent + 1)}`);
}

/** `1.5e+10`: the mantissa shortest, or with the digits that are really there up to `fraction` after the point. */
export function scientific(x: number, dtype: DType, fraction: number): string {
  const size = Math.abs(x);
  let [all, exponent] = x === 0 ? (["0", 0] as const) : shortest(size, dtype);
  if (x !== 0 && all.length <= fraction) [all, exponent] = digitsOf(size, fraction + 1);
  return signed(x, `${all[0]}.${all.slice(1).padEnd(fraction, "0")}${exponentText(exponent)}`);
}

function exponentText(exponent: number): string {
  return `e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

/** C's `%.6g`, as bfloat16 prints. */
export function general(x: number): string {
  if (x === 0) return signed(x, "0");
  const [all, exponent] = digitsOf(Math.abs(x), 6);
  const digits = all.replace(/0+$/, "");
  if (exponent < -4 || exponent >= 6)
    return signed(x, `${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ""}${exponentText(exponent)}`);
  if (exponent < 0) return signed(x, `0.${"0".repeat(-1 - exponent)}${digits}`);
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  return signed(x, digits.length > exponent + 1 ? `${whole}.${digits.slice(exponent + 1)}` : whole);
}
