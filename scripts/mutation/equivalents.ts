/**
 * Mutants that no test can notice, because every result and every error stays the same: each with its reason. Needless
 * code does not belong here (it goes), nor what a count of calls or bytes can show (that wants a test).
 */
export interface Equivalent {
  readonly file: string;
  /** The line without the mutant and with it, as the report prints them. */
  readonly before: string;
  readonly after: string;
  readonly reason: string;
}

export const EQUIVALENTS: readonly Equivalent[] = [
  {
    file: "src/data/half.ts",
    before: "const FLOAT = new Float32Array(1);",
    after: "const FLOAT = new Float32Array(2);",
    reason: "Of the two places only the first is written and read.",
  },
  {
    file: "src/wasm/scheduler.ts",
    before: "#job = 0;",
    after: "#job = 1;",
    reason: "A job's number is only compared with the next one: it counts from anywhere.",
  },
  {
    file: "src/wasm/copy.ts",
    before: "if (n <= TINY) {",
    after: "if ((n) < (TINY)) {",
    reason: "A loop and `set` copy the same elements: the limit between them is one of speed.",
  },
  {
    file: "src/autodiff/rules/batchnorm.ts",
    before: "return where(equal(own, positive), where(equal(positive, 0), 0.5, 1), 0);",
    after: "return where(equal(own, positive), where(equal(0, positive), 0.5, 1), 0);",
    reason: "Equality is symmetric.",
  },
  {
    file: "src/array/dtypes.ts",
    before: "int8: 7,",
    after: "int8: 0,",
    reason: "Each number is compared with those of other dtypes: none of these is between 0 and 7.",
  },
  {
    file: "src/core/gradients/convolvekernel.ts",
    before: "for (let q = 0; q < runs.length; q++)",
    after: "for (let q = 0; (q) <= (runs.length); q++)",
    reason: "Behind the last run there is undefined: the inner loop from NaN to NaN makes no round.",
  },
  {
    file: "src/nnx/modules/list.ts",
    before: "for (let i = at; i < this.length - 1; i++) this[i] = this[i + 1]!;",
    after: "for (let i = at; i < this.length - 0; i++) this[i] = this[i + 1]!;",
    reason: "The last place takes undefined and is deleted on the next line.",
  },
  {
    file: "src/weights/msgpack/decode.ts",
    before: "let start = 0;",
    after: "let start = 1;",
    reason: "The first look is at one byte: the view is empty, so that bytes are asked for wherever it begins.",
  },
  {
    file: "src/weights/numpy/npz.ts",
    before: "const bytes = await unpacked(size + 1, signal);",
    after: "const bytes = await unpacked(size + 2, signal);",
    reason: "One byte more than announced is enough to know that there are more, and so are two.",
  },
  {
    file: "src/nnx/nn/cell.ts",
    before: "return undefined;",
    after: "/* removed */",
    reason: "A function without a return gives undefined.",
  },
  {
    file: "src/random/gamma.ts",
    before: "const sample = boost === 0 ? 0 : -fillExponential(key, 1)[0]!;",
    after: "const sample = boost === 1 ? 0 : -fillExponential(key, 1)[0]!;",
    reason:
      "No float32 below 1 has the inverse 1, and a draw that is not spared is multiplied by the 0 that spares it.",
  },
  {
    file: "src/optim/contrib/prodigy.ts",
    before: "const found = maximum(before, estimate);",
    after: "const found = maximum(estimate, before);",
    reason: "Maximum is symmetric, for NaN and zeros too.",
  },
];
