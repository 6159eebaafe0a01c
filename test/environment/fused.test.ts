import { expect, it, vi } from "vitest";
import * as bytes from "../../src/wasm/bytes.ts";
import type { FusedExports } from "../../src/wasm/exports.ts";
import { selfTestFused } from "../../src/wasm/fused/selftest.ts";
import { carryFused, createWasmKernels } from "../../src/wasm/index.ts";
import { compileKernels, decode, instantiate } from "../../src/wasm/loader.ts";
import { Arena } from "../../src/wasm/memory.ts";
import { firstDifference } from "../bits.ts";

vi.mock("../../src/wasm/fused/bytes.ts", async (original) => ({
  ...(await original<Record<string, unknown>>()),
  FNV1A: 1,
}));

carryFused();

it("the emulation stays, without a word, where the module of fused multiply-adds is damaged", () => {
  const warn = vi.spyOn(console, "warn");
  const [asked, emulated] = [0, Infinity].map((elements) =>
    createWasmKernels(undefined, undefined, { emulated: elements }),
  );
  const x = Float32Array.from({ length: 1000 }, (_, i) => (i - 500) / 37);
  const [a, b] = [new Float32Array(1000), new Float32Array(1000)];
  asked!.unaryF32("tanh", x, a, true);
  emulated!.unaryF32("tanh", x, b, true);
  expect(firstDifference(a, b)).toBe(-1);
  expect(asked!.fuse()).toBe(false);
  expect(warn).not.toHaveBeenCalled();
});

it("the self-test of that module passes with the emulation's bits, and with no others", () => {
  const arena = new Arena(instantiate(compileKernels(decode(bytes))));
  const { exports } = arena;
  const withProfile = (fused: boolean): FusedExports => ({
    ...exports,
    fuses: () => 1,
    unaryF32: (op, xPtr, outPtr, n) => exports.unaryF32(op, xPtr, outPtr, n, fused),
    activateF32: (op, ptr, a, b, n) => exports.activateF32(op, ptr, a, b, n, fused),
    softmaxF32: (xPtr, outPtr, rows, n, log) => exports.softmaxF32(xPtr, outPtr, rows, n, log, fused),
    softmaxColumnsF32(ptr, rows, cols, log) {
      // It is asked for one column, which is a row.
      exports.softmaxF32(ptr, arena.secondPtr, cols, rows, log, fused);
      arena.chunk32.set(arena.second32.subarray(0, rows * cols));
    },
    shiftedExpF32: (ptr, max, n) => exports.shiftedExpF32(ptr, max, n, fused),
    weightsF32: () => undefined,
  });
  const right = withProfile(true);
  const wrong: FusedExports = {
    ...withProfile(false),
    softmaxF32: (xPtr, outPtr, rows, n, log) => exports.softmaxF32(xPtr, outPtr, rows, n, !log, true),
    softmaxColumnsF32: (ptr, rows, cols, log) => right.softmaxColumnsF32(ptr, rows, cols, !log),
  };
  expect(selfTestFused(arena, right)).toBe(true);
  for (const name of ["unaryF32", "activateF32", "softmaxF32", "softmaxColumnsF32"] as const)
    expect(selfTestFused(arena, { ...right, [name]: wrong[name] }), name).toBe(false);
});
