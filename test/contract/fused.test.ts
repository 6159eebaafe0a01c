import { describe, expect, it } from "vitest";
import { FUSED_ACTIVATIONS, FUSED_UNARY } from "../../src/wasm/fused/operations.ts";
import { hashWords, SELF_TEST_CHECKSUM, SELF_TEST_INPUTS, SELF_TEST_ROW } from "../../src/wasm/fused/selftest.ts";
import { createWasmKernels } from "../../src/wasm/index.ts";
import { firstDifference } from "../bits.ts";
import { floats, SIZES, words } from "./backends.ts";
import type { EveryKernel } from "./families.ts";
import { everyCore as core, withFamilies } from "./families.ts";
import { ACTIVATION_SPECIAL, COLUMNS, ROWS, UNARY_SPECIAL, unaryInputs } from "./inputs.ts";

const { fround } = Math;

const emulated = withFamilies(createWasmKernels(undefined, undefined, { emulated: Infinity }));
const fused = withFamilies(createWasmKernels(undefined, undefined, { emulated: 0 }));
/** Node 22 and later fuse on x86-64 and arm64; Node 20 does not compile the module. */
const FUSES = fused.fuse();

/** The results of both, which must be equal; `describe` says what they are of. */
function compare(n: number, run: (kernels: EveryKernel, out: Float32Array) => void, describe: () => string): void {
  const expected = new Float32Array(n);
  run(core, expected);
  for (const kernels of [emulated, fused]) {
    const found = new Float32Array(n);
    run(kernels, found);
    const i = firstDifference(expected, found);
    expect(i, `${describe()} at ${i}: ${expected[i]}, ${found[i]}`).toBe(-1);
  }
}

describe("the module of fused multiply-adds", () => {
  it("runs where the engine has relaxed SIMD", () => {
    const [major] = process.versions.node.split(".");
    expect(FUSES).toBe(Number(major) >= 22);
  });

  it("is not used where the emulation is asked for, and is compiled after so many elements", () => {
    const kernels = createWasmKernels(undefined, undefined, { emulated: 1000 });
    const out = new Float32Array(600);
    kernels.unaryF32("exp", out, out, false);
    kernels.unaryF32("sin", out, out, true);
    kernels.unaryF32("exp", out, out, true);
    expect(kernels.fused).toBe(false);
    kernels.activateF32("gelu", out, 1, 1, out, true);
    expect(kernels.fused).toBe(FUSES);
  });

  it("has the self-test's checksum from the core", () => {
    const x = SELF_TEST_INPUTS;
    const out = new Float32Array(x.length);
    let hash = 0x811c9dc5;
    const add = (n = out.length): void => {
      // The NaN of the module.
      const bits = new Uint32Array(out.buffer);
      out.forEach((y, i) => Number.isNaN(y) && (bits[i] = 0x7fc00000));
      hash = hashWords(hash, out.subarray(0, n));
    };
    for (const op of FUSED_UNARY) {
      core.unaryF32(op, x, out, true);
      add();
    }
    for (const op of FUSED_ACTIVATIONS) {
      core.activateF32(op, x, 1, 1, out, true);
      add();
    }
    for (const log of [false, true]) {
      core.softmaxF32(x.subarray(0, SELF_TEST_ROW), out.subarray(0, SELF_TEST_ROW), SELF_TEST_ROW, log, true);
      add(SELF_TEST_ROW);
    }
    for (const log of [false, true]) {
      core.softmaxColumnsF32(x.subarray(0, SELF_TEST_ROW), out.subarray(0, SELF_TEST_ROW), SELF_TEST_ROW, 1, log, true);
      add(SELF_TEST_ROW);
    }
    expect(hash >>> 0).toBe(SELF_TEST_CHECKSUM);
  });
});

describe("fused multiply-adds and their emulation against the core", () => {
  it.each(FUSED_UNARY)("%s has 0 differing bits", (op) => {
    const check = (x: Float32Array): void =>
      compare(
        x.length,
        (kernels, out) => kernels.unaryF32(op, x, out, true),
        () => `${op} of ${x.length}`,
      );
    for (const n of SIZES) check(unaryInputs(n, n));
    check(UNARY_SPECIAL);
    check(unaryInputs(100_000, 5));
    check(new Float32Array(words(100_001, 9).buffer));
  });

  it.each(
    FUSED_ACTIVATIONS.flatMap((op) =>
      [
        [1, 1],
        [-1, 1],
        [fround(1.6732632423543772), fround(1.0507009873554805)],
        [fround(-0.3), -3],
        [0, 2 ** 127],
        [2 ** -126, 0],
        [2 ** -140, Infinity],
        [NaN, 1],
      ]
        .filter(([a]) => op !== "softplus" || a === 1 || a === -1)
        .map(([a, b]) => [op, a!, b!] as const),
    ),
  )("%s of %f and %f has 0 differing bits", (op, a, b) => {
    const check = (x: Float32Array): void =>
      compare(
        x.length,
        (kernels, out) => kernels.activateF32(op, x, a, b, out, true),
        () => `${op} of ${x.length}`,
      );
    for (const n of SIZES) check(floats(n, n, true));
    check(ACTIVATION_SPECIAL);
    check(new Float32Array(words(70_001, 3).buffer));
  });

  it.each([false, true])("softmax has 0 differing bits, log %s", (log) => {
    for (const [n, rows] of [...ROWS, [1023, 2], [1024, 3], [1025, 2], [2048, 2], [5000, 2]] as const)
      for (const x of [floats(n * rows, n), floats(n * rows, n, true), floats(n * rows, n).map((v) => v * 2 ** -128)])
        compare(
          n * rows,
          (kernels, out) => kernels.softmaxF32(x, out, n, log, true),
          () => `${rows} rows of ${n}`,
        );
  });

  it.each([false, true])("softmax of columns has 0 differing bits, log %s", (log) => {
    const shapes = [
      ...COLUMNS,
      [1, 3, 13],
      [2, 17, 16],
      [1, 16, 35],
      [3, 1, 67],
      [1, 1024, 66],
      [2, 1000, 3],
      [2, 3, 90_001],
    ] as const;
    for (const [outer, n, inner] of shapes) {
      const size = outer * n * inner;
      for (const x of [floats(size, n), floats(size, n, true), floats(size, n).map((v) => v * 2 ** -128)])
        compare(
          size,
          (kernels, out) => kernels.softmaxColumnsF32(x, out, n, inner, log, true),
          () => `${outer}, ${n}, ${inner}`,
        );
    }
  });

  it("does not write behind its results", () => {
    for (const n of [1, 3, 5, 17, 4095]) {
      const x = floats(n, 2);
      for (const run of [
        (out: Float32Array) => fused.unaryF32("log1p", x, out, true),
        (out: Float32Array) => fused.activateF32("gelu", x, 1, 1, out, true),
        (out: Float32Array) => fused.softmaxF32(x, out, n, false, true),
      ]) {
        const out = new Float32Array(n + 8).fill(7);
        run(out.subarray(0, n));
        expect([...out.subarray(n)]).toEqual([7, 7, 7, 7, 7, 7, 7, 7]);
      }
    }
  });
});
