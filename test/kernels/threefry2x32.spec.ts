import { threefry2x32 } from "../../assembly/threefry2x32";
import { COUNT, hash, sizeAt } from "./reference";

const out: usize = memory.data(16384, 16);
const second: usize = memory.data(16384, 16);
const K0: u32 = 0x13198a2e;
const K1: u32 = 0x03707344;

function known(k0: u32, k1: u32, c0: u32, c1: u32): u64 {
  store<u32>(out, c0);
  store<u32>(second, c1);
  threefry2x32(k0, k1, out, second, 1);
  return ((<u64>load<u32>(out)) << 32) | (<u64>load<u32>(second));
}

describe("threefry2x32", () => {
  test("gives Random123's three known answers", () => {
    expect(known(0, 0, 0, 0)).toBe(0x6b20015999ba4efe);
    expect(known(0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff)).toBe(0x1cb996fcbb002be7);
    expect(known(0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3)).toBe(0xc4923a9c483df7a0);
  });

  test("hashes every lane as the scalar reference does, sizes 0 to 67 and block edges", () => {
    let wrong = 0;
    for (let s: u32 = 0; s < COUNT; s++) {
      const n = sizeAt(s);
      for (let i: u32 = 0; i < n; i++) {
        store<u32>(out + i * 4, i * 0x9e3779b9);
        store<u32>(second + i * 4, ~i);
      }
      threefry2x32(K0, K1, out, second, n);
      for (let i: u32 = 0; i < n; i++) {
        const y = hash(K0, K1, i * 0x9e3779b9, ~i);
        wrong += load<u32>(out + i * 4) != <u32>(y >> 32) || load<u32>(second + i * 4) != <u32>y ? 1 : 0;
      }
    }
    expect(wrong).toBe(0);
  });
});
