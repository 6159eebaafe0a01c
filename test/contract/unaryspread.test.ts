import { expect, it } from "vitest";
import type { UnaryName } from "../../src/base/index.ts";
import { kernels } from "../../src/backend/index.ts";
import { onEachBackend } from "../backends.ts";
import { sha256, wordsOf } from "../bits.ts";
import { golden } from "../golden/load.ts";

/** The stride of test/golden/oracle_spread.py. */
const STRIDE = 429;
const INPUTS = new Float32Array(Uint32Array.from({ length: Math.ceil(2 ** 32 / STRIDE) }, (_, i) => STRIDE * i).buffer);

interface SpreadCase {
  fn: UnaryName;
  sha256: string;
}

onEachBackend("ten million float32 inputs, spread over all bit patterns", () => {
  for (const [profile, file] of [
    ["fma", "spread"],
    ["nofma", "nofma/spread"],
  ] as const) {
    it.each(golden<SpreadCase>(file))(`$fn has JAX's bits, profile ${profile}`, ({ fn, sha256: expected }) => {
      const out = new Float32Array(INPUTS.length);
      kernels().unaryF32(fn, INPUTS, out, profile === "fma");
      expect(sha256(wordsOf(out))).toBe(expected);
    });
  }
});
