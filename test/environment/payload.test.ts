import { describe, expect, it } from "vitest";
import { encodePayload } from "../../scripts/payload.ts";
import * as attention from "../../src/wasm/attention/bytes.ts";
import * as kernels from "../../src/wasm/bytes.ts";
import * as convolution from "../../src/wasm/convolution/bytes.ts";
import * as fused from "../../src/wasm/fused/bytes.ts";
import * as gradients from "../../src/wasm/gradients/bytes.ts";
import { decodePayload } from "../../src/wasm/payload.ts";
import * as recurrent from "../../src/wasm/recurrent/bytes.ts";

const ALL = { kernels, fused, gradients, convolution, attention, recurrent };

/** A module of one function of no results: 300 locals of i32 and `code`. */
function moduleOf(code: readonly number[]): Uint8Array<ArrayBuffer> {
  const body = [1, 0xac, 2, 0x7f, ...code, 0x0b];
  const section = [1, ...leb(body.length), ...body];
  const before = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0];
  return Uint8Array.from([...before, 10, ...leb(section.length), ...section]);
}

function leb(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...leb(value >> 7)];
}

/** i32.const 0; local.set; local.get; local.tee; drop of the local `index`. */
function uses(index: number): number[] {
  return [0x41, 0, 0x21, ...leb(index), 0x20, ...leb(index), 0x22, ...leb(index), 0x1a];
}

describe("a module as text", () => {
  it.each([
    ["no instruction", []],
    ["no local", [0x41, 7, 0x1a]],
    ["constants that look like instructions of locals", [0x41, 0x20, 0x1a, 0x41, 0x21, 0x1a, 0x41, 0x22, 0x1a]],
    ["locals of one byte and of two", [0, 1, 87, 88, 127, 128, 255, 256, 299].flatMap(uses)],
    // f64.const, 8 bytes each.
    [
      "every byte",
      Array.from({ length: 32 }, (_, i) => [0x44, ...Array.from({ length: 8 }, (__, j) => 8 * i + j), 0x1a]).flat(),
    ],
  ])("is the bytes again: %s", (_, code) => {
    const bytes = moduleOf(code);
    expect(WebAssembly.validate(bytes)).toBe(true);
    expect(decodePayload(encodePayload(bytes))).toEqual(bytes);
  });

  it("has the operands of locals apart", () => {
    const { TEXT, LOCALS } = encodePayload(moduleOf([5, 90, 290].flatMap(uses)));
    // 90 and the first byte of 290 are pairs, `}` or `~` and a character.
    expect(LOCALS).toBe("'''}#}#}#}o}o}o");
    expect(encodePayload(moduleOf([6, 91, 291].flatMap(uses))).TEXT).toBe(TEXT);
  });

  it.each(Object.entries(ALL))("is what the build wrote: %s", (_, { TEXT, LOCALS, FREQUENT, LENGTH, FNV1A }) => {
    const payload = { TEXT, LOCALS, FREQUENT, LENGTH, FNV1A };
    const bytes = decodePayload(payload)!;
    expect(encodePayload(bytes)).toEqual(payload);
    // Nothing that a string or an inline script would need escaped.
    expect(TEXT + LOCALS).toMatch(/^[ !#%-;=-[\]-_a-~]*$/);
  });

  it("that lacks an operand or has one too many is no module", () => {
    const payload = encodePayload(moduleOf(uses(5)));
    for (const LOCALS of ["", "&&", "&&&&", "&&}"]) expect(decodePayload({ ...payload, LOCALS })).toBe(undefined);
  });
});
