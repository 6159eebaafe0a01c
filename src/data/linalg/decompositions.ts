/**
 * Systems of equations, Cholesky factors and determinants of square matrices, in double precision with `+ - * /` and
 * square roots only, rounded once at the end: the same bits on every host.
 */
import type { ArrayData } from "../arraydata.ts";
import { castData, floatsOf, zerosData } from "../arraydata.ts";

/** A matrix [n, n] as lower and upper triangle in one, its rows permuted. */
interface Lu {
  readonly lu: Float64Array;
  readonly order: Int32Array;
  /** 1 or -1: the sign of the permutation. */
  readonly sign: number;
}

/** Gauss's elimination with partial pivoting: the largest pivot, the first of equal ones. */
function decompose(from: Float32Array, at: number, n: number): Lu {
  const lu = Float64Array.from(from.subarray(at, at + n * n));
  const order = Int32Array.from({ length: n }, (_, i) => i);
  let sign = 1;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(lu[i * n + k]!) > Math.abs(lu[pivot * n + k]!)) pivot = i;
    if (pivot !== k) {
      sign = -sign;
      [order[k], order[pivot]] = [order[pivot]!, order[k]!];
      for (let j = 0; j < n; j++) [lu[k * n + j], lu[pivot * n + j]] = [lu[pivot * n + j]!, lu[k * n + j]!];
    }
    for (let i = k + 1; i < n; i++) {
      const factor = lu[i * n + k]! / lu[k * n + k]!;
      lu[i * n + k] = factor;
      for (let j = k + 1; j < n; j++) lu[i * n + j] = lu[i * n + j]! - factor * lu[k * n + j]!;
    }
  }
  return { lu, order, sign };
}

/** X of A X = B for `a` [..., n, n] and `b` [..., n, k], of the same batch: infinite or NaN where A is singular. */
export function solveData(a: ArrayData, b: ArrayData): ArrayData {
  const [n, k] = b.shape.slice(-2) as [number, number];
  const [from, right] = [floatsOf(a), floatsOf(b)];
  const out = zerosData(b.shape, "float32");
  const to = out.storage.data;
  const batch = n * k === 0 ? 0 : to.length / (n * k);
  for (let m = 0; m < batch; m++) {
    const { lu, order } = decompose(from, m * n * n, n);
    const x = new Float64Array(n * k);
    for (let i = 0; i < n; i++)
      for (let c = 0; c < k; c++) {
        let sum = right[m * n * k + order[i]! * k + c]!;
        for (let j = 0; j < i; j++) sum -= lu[i * n + j]! * x[j * k + c]!;
        x[i * k + c] = sum;
      }
    for (let i = n - 1; i >= 0; i--)
      for (let c = 0; c < k; c++) {
        let sum = x[i * k + c]!;
        for (let j = i + 1; j < n; j++) sum -= lu[i * n + j]! * x[j * k + c]!;
        x[i * k + c] = sum / lu[i * n + i]!;
      }
    to.set(x, m * n * k);
  }
  return castData(out, b.dtype);
}

/** The lower L of `a` = L L^T [..., n, n], of whose elements the lower triangle is read; NaN where there is none. */
export function choleskyData(a: ArrayData): ArrayData {
  const n = a.shape[a.shape.length - 1]!;
  const from = floatsOf(a);
  const out = zerosData(a.shape, "float32");
  const to = out.storage.data;
  const batch = n === 0 ? 0 : to.length / (n * n);
  for (let m = 0; m < batch; m++) {
    const l = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j <= i; j++) {
        let sum = from[m * n * n + i * n + j]!;
        for (let k = 0; k < j; k++) sum -= l[i * n + k]! * l[j * n + k]!;
        l[i * n + j] = i === j ? (sum > 0 ? Math.sqrt(sum) : NaN) : sum / l[j * n + j]!;
      }
    const isThere = l.every((x) => x === x);
    if (isThere) to.set(l, m * n * n);
    else for (let i = 0; i < n; i++) to.fill(NaN, m * n * n + i * n, m * n * n + i * n + i + 1);
  }
  return castData(out, a.dtype);
}

/** What a determinant is wanted as: itself, its sign, or the logarithm of its absolute value. */
export type DeterminantPart = "value" | "sign";

/** The determinants of `a` [..., n, n], or their signs. */
export function determinantData(part: DeterminantPart, a: ArrayData): ArrayData {
  const n = a.shape[a.shape.length - 1]!;
  const from = floatsOf(a);
  const out = zerosData(a.shape.slice(0, -2), "float32");
  const to = out.storage.data;
  for (let m = 0; m < to.length; m++) {
    const { lu, sign } = decompose(from, m * n * n, n);
    let product = sign;
    for (let i = 0; i < n; i++) product *= part === "sign" ? Math.sign(lu[i * n + i]!) : lu[i * n + i]!;
    to[m] = product === 0 ? 0 : product;
  }
  return castData(out, a.dtype);
}

/** The absolute values of the pivots of `a` [..., n, n], whose product is that of the determinant: [..., n]. */
export function pivotsData(a: ArrayData): ArrayData {
  const n = a.shape[a.shape.length - 1]!;
  const from = floatsOf(a);
  const out = zerosData(a.shape.slice(0, -1), "float32");
  const to = out.storage.data;
  const batch = n === 0 ? 0 : to.length / n;
  for (let m = 0; m < batch; m++) {
    const { lu } = decompose(from, m * n * n, n);
    for (let i = 0; i < n; i++) to[m * n + i] = Math.abs(lu[i * n + i]!);
  }
  return castData(out, a.dtype);
}
