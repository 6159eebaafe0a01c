import { expect, it } from "vitest";
import { kernels } from "../../src/backend.ts";
import { onEachBackend } from "../backends.ts";
import { sha256 } from "../bits.ts";
import type { Digest } from "../golden/load.ts";
import { golden } from "../golden/load.ts";

const VALUES = 2 ** 23;

onEachBackend("the whole map of normal", () => {
  it("all 2^23 values a draw can take have the sha256 of JAX's", () => {
    const { out } = golden<{ fn: string; out: Digest }>("exhaustive").find((c) => c.fn === "normal")!;
    const bits = Uint32Array.from({ length: VALUES }, (_, m) => m << 9);
    const values = new Float32Array(VALUES);
    kernels().normalFromBitsF32(bits, values);
    expect(sha256(values)).toBe(out.sha256);
  });

  it("the nine low bits of a word change nothing", () => {
    const words = Uint32Array.from({ length: 4096 }, (_, i) => Math.imul(i, 0x9e3779b1));
    const high = new Float32Array(words.length);
    const low = new Float32Array(words.length);
    kernels().normalFromBitsF32(words.map((word) => word & ~0x1ff), high);
    kernels().normalFromBitsF32(words.map((word) => word | 0x1ff), low);
    expect(low).toEqual(high);
  });
});
