import { bits16, bits32, bits32Original, bits64, bits8 } from "../../assembly/bits";
import { COUNT, hash, roundUp, sizeAt, touched, wipe, word32 } from "./reference";

const out: usize = memory.data(16384, 16);
const second: usize = memory.data(16384, 16);
const K0: u32 = 0x13198a2e;
const K1: u32 = 0x03707344;
const HIGH: u32 = 5;
const LOW: u32 = 0xfffff000;

describe("bits", () => {
  test("bits32 of key(42) are JAX's: 2098992034 2919706841 2646866425 2409546199", () => {
    bits32(0, 42, 0, 0, out, 4);
    expect(load<u32>(out, 0)).toBe(2098992034);
    expect(load<u32>(out, 4)).toBe(2919706841);
    expect(load<u32>(out, 8)).toBe(2646866425);
    expect(load<u32>(out, 12)).toBe(2409546199);
  });

  test("64, 32, 16 and 8 bits agree with the scalar reference in every lane, at any alignment", () => {
    let wrong = 0;
    for (let s: u32 = 0; s < COUNT; s++) {
      const n = sizeAt(s);
      const ptr = out + (s & 3) * 4;
      bits32(K0, K1, HIGH, LOW, ptr, n);
      for (let i: u32 = 0; i < n; i++) wrong += load<u32>(ptr + i * 4) != word32(K0, K1, HIGH, LOW + i) ? 1 : 0;
      bits16(K0, K1, HIGH, LOW, ptr, n);
      for (let i: u32 = 0; i < n; i++) wrong += load<u16>(ptr + i * 2) != <u16>word32(K0, K1, HIGH, LOW + i) ? 1 : 0;
      bits8(K0, K1, HIGH, LOW, ptr, n);
      for (let i: u32 = 0; i < n; i++) wrong += load<u8>(ptr + i) != <u8>word32(K0, K1, HIGH, LOW + i) ? 1 : 0;
      bits64(K0, K1, HIGH, LOW, ptr, n);
      for (let i: u32 = 0; i < n; i++) {
        const y = hash(K0, K1, HIGH, LOW + i);
        wrong += load<u32>(ptr + i * 8) != <u32>(y >> 32) || load<u32>(ptr + i * 8, 4) != <u32>y ? 1 : 0;
      }
    }
    expect(wrong).toBe(0);
  });

  test("a draw writes nothing past the next multiple of 16 elements", () => {
    let over = 0;
    for (let n: u32 = 0; n <= 67; n++) {
      const room = roundUp(n, 16) * 4;
      wipe(out, 2048);
      bits32(K0, K1, HIGH, LOW, out, n);
      over += touched(out + room, 2048 - room);
      wipe(out, 2048);
      bits16(K0, K1, HIGH, LOW, out, n);
      over += touched(out + room, 2048 - room);
      wipe(out, 2048);
      bits8(K0, K1, HIGH, LOW, out, n);
      over += touched(out + room, 2048 - room);
      wipe(out, 2048);
      bits64(K0, K1, HIGH, LOW, out, n);
      over += touched(out + 2 * room, 2048 - 2 * room);
    }
    expect(over).toBe(0);
  });

  test("bits32Original hashes the counters (first + i, second + i)", () => {
    let wrong = 0;
    for (let s: u32 = 0; s < COUNT; s++) {
      const n = sizeAt(s);
      bits32Original(K0, K1, 7, 7 + n, out, second, n);
      for (let i: u32 = 0; i < n; i++) {
        const y = hash(K0, K1, 7 + i, 7 + n + i);
        wrong += load<u32>(out + i * 4) != <u32>(y >> 32) || load<u32>(second + i * 4) != <u32>y ? 1 : 0;
      }
    }
    expect(wrong).toBe(0);
  });
});
