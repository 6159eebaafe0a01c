/** Functions with the names and semantics of `jax.numpy.linalg`: `import { linalg } from "flaxen"`. */
export {
  cholesky,
  cross,
  det,
  inv,
  linalgDiagonal as diagonal,
  linalgTrace as trace,
  matmul,
  matrixPower,
  matrixTranspose,
  multiDot,
  norm,
  outer,
  qr,
  slogdet,
  solve,
  tensordot,
  vecdot,
} from "./array/index.ts";
export type { NormOptions, NormOrder, QrMode } from "./array/index.ts";
export * from "./absent/linalg.ts";
