/**
 * The elementwise operations that backends have, each by the number that assembly/opcodes.ts gives it.
 * test/meta/opcodes.test.ts compares the two.
 */

/**
 * The float32 functions of one number. Those from `exp` to `sqrt` have the bits of XLA's CPU backend (jaxlib 0.10.2).
 * For `sin`, `cos`, `tan`, as for pow, XLA calls the host's C library; the bits here are our own, the same everywhere.
 */
export const UNARY = {
  exp: 0,
  expm1: 1,
  log: 2,
  log1p: 3,
  tanh: 4,
  erf: 5,
  erfInv: 6,
  logistic: 7,
  sqrt: 8,
  sin: 9,
  cos: 10,
  tan: 11,
} as const;

/**
 * The activations of jax.nn at JAX 0.10.2 that are not a kernel of their own.
 *
 * - `gelu`: x * (0.5 * (1 + tanh(r * (x + c * x^3)))), r = sqrt(2 / pi) and c = 0.044715 as float32, x^3 = (x * x) * x
 * - `geluErf`: (0.5 * x) * erfc(-x * sqrt(1/2))
 * - `silu`: x * logistic(x)
 * - `elu`: b * (x above 0, a * expm1(x) elsewhere)
 * - `celu`: max(x, 0) + a * expm1(min(x, 0) / a)
 * - `softplus`: a * (max(a * x, 0) + log1p(e^-|x|)), a = 1 or -1
 * - `leakyRelu`: x above 0, a * x elsewhere
 * - `relu6`: x between 0 and 6
 * - `clip`: the smaller of b and the larger of a and x, +0 above -0; NaN stays. Neither a nor b is NaN
 * - `hardSigmoid`: relu6(x + 3) * (1/6), the sixth as float32
 * - `hardSilu`: x * hardSigmoid(x)
 * - `softSign`: x / (|x| + 1)
 */
export const ACTIVATION = {
  gelu: 0,
  geluErf: 1,
  silu: 2,
  elu: 3,
  celu: 4,
  softplus: 5,
  leakyRelu: 6,
  relu6: 7,
  clip: 8,
  hardSigmoid: 9,
  hardSilu: 10,
  softSign: 11,
} as const;

/** The float32 operations on two numbers that backends have; the others are loops of src/data. */
export const ARITHMETIC = { add: 0, subtract: 1, multiply: 2, divide: 3, maximum: 4, minimum: 5 } as const;

/** The float32 operations on one number that need no approximation. */
export const EXACT_UNARY = { sign: 6, floor: 7, ceil: 8, trunc: 9, round: 10, abs: 11, negative: 12 } as const;

/**
 * The recurrent cells that backends have: what they compute is in `cellF32` of base/kernels.ts.
 *
 * - `lstm`: gates i, f, g, o; the state is c
 * - `gru`: gates r, z, n; the state is h
 * - `simple`: one; the state, if given, is added before the activation
 */
export const CELL = { lstm: 0, gru: 1, simple: 2 } as const;

/** How many gates each cell has. */
export const GATES: Readonly<Record<CellName, number>> = { lstm: 4, gru: 3, simple: 1 };

/** What `cellBackF32` of base/gradientkernels.ts gives the cotangents of: a cell's state, or an LSTM's hidden state. */
export const CELL_BACK = { lstm: 0, gru: 1, hidden: 2 } as const;

/** The comparisons of two float32 numbers. Their numbers are the highest: results are bytes. */
export const COMPARISON = { equal: 13, notEqual: 14, less: 15, lessEqual: 16, greater: 17, greaterEqual: 18 } as const;

export type UnaryName = keyof typeof UNARY;
export type ActivationName = keyof typeof ACTIVATION;
export type CellName = keyof typeof CELL;
export type CellBackName = keyof typeof CELL_BACK;
export type BinaryOperation = keyof typeof ARITHMETIC;
export type ExactUnary = keyof typeof EXACT_UNARY;
export type Comparison = keyof typeof COMPARISON;
