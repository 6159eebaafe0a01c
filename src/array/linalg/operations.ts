/** The operations of linear algebra. */
import type { ArrayData } from "../../data/index.ts";
import { choleskyData, determinantData, LOG, pivotsData, solveData, sumData, unaryData } from "../../data/index.ts";
import type { Operation } from "../apply.ts";

/** X of A X = B, [..., n, n] and [..., n, k] with the same batch. */
export const SOLVE: Operation<undefined, [a: ArrayData, b: ArrayData]> = {
  name: "linalg.solve",
  forward: (_, a, b) => solveData(a, b),
};

/** The lower factor L of A = L L^T. */
export const CHOLESKY: Operation<undefined, [a: ArrayData]> = {
  name: "linalg.cholesky",
  forward: (_, a) => choleskyData(a),
};

/** The determinants. */
export const DETERMINANT: Operation<undefined, [a: ArrayData]> = {
  name: "linalg.det",
  forward: (_, a) => determinantData("value", a),
};

/** Their signs. */
export const DETERMINANT_SIGN: Operation<undefined, [a: ArrayData]> = {
  name: "linalg.slogdet",
  forward: (_, a) => determinantData("sign", a),
};

/** The logarithms of their absolute values. */
export const LOG_DETERMINANT: Operation<undefined, [a: ArrayData]> = {
  name: "linalg.slogdet",
  forward: (_, a) => sumData(unaryData(LOG, pivotsData(a)), [a.shape.length - 2], false),
};
