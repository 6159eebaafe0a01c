/** The elementwise operations by number. test/meta/opcodes.test.ts compares them with src/base/opcodes.ts. */

export const enum Unary {
  exp,
  expm1,
  log,
  log1p,
  tanh,
  erf,
  erfInv,
  logistic,
  sqrt,
  sin,
  cos,
  tan,
}

export const enum Activation {
  gelu,
  geluErf,
  silu,
  elu,
  celu,
  softplus,
  leakyRelu,
  relu6,
  clip,
  hardSigmoid,
  hardSilu,
  softSign,
}

export const enum Binary {
  add,
  subtract,
  multiply,
  divide,
  maximum,
  minimum,
  sign,
  floor,
  ceil,
  trunc,
  round,
  abs,
  negative,
  equal,
  notEqual,
  less,
  lessEqual,
  greater,
  greaterEqual,
}

export const enum Cell {
  lstm,
  gru,
  simple,
}

export const enum CellBack {
  lstm,
  gru,
  hidden,
}
