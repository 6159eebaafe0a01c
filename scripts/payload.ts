/** Writes a module as the text that src/wasm/payload.ts decodes. */
import type { Payload } from "../src/wasm/payload.ts";
import { BYTES, CHARACTERS, LOCAL, LOCAL_INSTRUCTIONS, symbolsOf } from "../src/wasm/payload.ts";
import { instruction } from "./products/instructions.ts";
import { readModule } from "./products/module.ts";

/** @throws Error for a module with imports, or with an instruction that is not known */
export function encodePayload(bytes: Uint8Array): Payload {
  const operands = localOperands(bytes);
  const symbols: number[] = [];
  const locals: number[] = [];
  bytes.forEach((byte, at) => {
    if (operands.has(at)) locals.push(byte);
    else symbols.push(operands.has(at + 1) ? LOCAL + byte : byte);
  });
  const frequent = frequentBytes(symbols);
  return {
    TEXT: write(symbols, symbolsOf(frequent)),
    LOCALS: write(locals, BYTES),
    FREQUENT: frequent,
    LENGTH: bytes.length,
    FNV1A: fnv1a(bytes),
  };
}

/** Where the operands of the instructions of locals begin. */
function localOperands(bytes: Uint8Array): Set<number> {
  const places = new Set<number>();
  for (const { begin, end } of readModule(bytes).bodies) {
    for (let at = begin; at < end;) {
      const one = instruction(bytes, at);
      if (LOCAL_INSTRUCTIONS.includes(LOCAL + one.code)) places.add(at + 1);
      at = one.end;
    }
  }
  return places;
}

/** The most frequent bytes, as many as there are characters for, as `Payload.FREQUENT` has them. */
function frequentBytes(symbols: readonly number[]): string {
  const counts = Array.from({ length: 256 }, (_, byte) => ({ byte, count: 0 }));
  for (const symbol of symbols) if (symbol < LOCAL) counts[symbol]!.count++;
  const chosen = counts.toSorted((a, b) => b.count - a.count).slice(0, CHARACTERS.length - LOCAL_INSTRUCTIONS.length);
  const digits = Array.from({ length: 64 }, () => 0);
  for (const { byte } of chosen) digits[byte >> 2]! |= 1 << (byte & 3);
  return digits.map((digit) => digit.toString(16)).join("");
}

/** The text of `symbols`, which stand for `values` in the order of their characters. */
function write(symbols: readonly number[], values: readonly number[]): string {
  const words = new Map(
    values.map((value, place) => {
      const prefix = ["", "}", "~"][Math.floor(place / CHARACTERS.length)]!;
      return [value, prefix + String.fromCharCode(CHARACTERS[place % CHARACTERS.length]!)];
    }),
  );
  return symbols.map((symbol) => words.get(symbol)!).join("");
}

/** The 32-bit FNV-1a checksum. Source: Fowler, Noll, Vo; draft-eastlake-fnv. */
export function fnv1a(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
