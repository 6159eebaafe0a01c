/**
 * The angle of a point, float32, our own: XLA calls the host's C library. Computed in double precision and rounded
 * once: off by less than 0.501 ulp. Zeros, infinities and NaN as C99 (Annex F.9.1.4) has them.
 */
import type { FloatLoop } from "../../base/index.ts";
import { flush } from "../../base/index.ts";
import { BinaryUfunc, floatsViaLoop } from "./binary.ts";
import { floatsOnly } from "./computedtype.ts";
import { atan, HALF_PI } from "./doubles.ts";

const { abs, fround } = Math;

/** Whether `x` is below 0 or -0. */
function isSigned(x: number): boolean {
  return x < 0 || Object.is(x, -0);
}

function angle(y: number, x: number): number {
  if (x !== x || y !== y) return NaN;
  const [a, b] = [abs(y), abs(x)];
  // The angle of (|x|, |y|), from 0 to pi / 2.
  const first = a === 0 ? 0 : b === 0 ? HALF_PI : a === Infinity && b === Infinity ? HALF_PI / 2 : atan(a / b);
  const upper = isSigned(x) ? 2 * HALF_PI - first : first;
  return isSigned(y) ? -upper : upper;
}

const atan2Loop: FloatLoop<Float32Array> = (x, i, di, y, j, dj, out, at, n) => {
  for (const end = at + n; at < end; at++, i += di, j += dj) out[at] = flush(fround(angle(flush(x[i]!), flush(y[j]!))));
};

export const ATAN2 = /* @__PURE__ */ new BinaryUfunc({
  name: "arctan2",
  computeDtype: floatsOnly,
  computeFloats: (x, y, shape, dtype) => floatsViaLoop(atan2Loop, x, y, shape, dtype),
});
