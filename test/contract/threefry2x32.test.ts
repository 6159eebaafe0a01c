import { describe, expect, it } from "vitest";
import { BACKENDS, words } from "./backends.ts";

const [core, wasm] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];
const KEY = [0x13198a2e, 0x03707344] as const;

describe.each(BACKENDS)("threefry2x32 on $name", (kernels) => {
  it.each([
    [
      [0, 0],
      [0, 0],
      [0x6b200159, 0x99ba4efe],
    ],
    [
      [0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x1cb996fc, 0xbb002be7],
    ],
    [
      [0x13198a2e, 0x03707344],
      [0x243f6a88, 0x85a308d3],
      [0xc4923a9c, 0x483df7a0],
    ],
  ] as const)("the known answer of key %j and counter %j is %j (Random123)", (key, counter, answer) => {
    const x0 = Uint32Array.of(counter[0]);
    const x1 = Uint32Array.of(counter[1]);
    kernels.threefry2x32(key[0], key[1], x0, x1);
    expect([x0[0], x1[0]]).toEqual(answer);
  });
});

describe("threefry2x32, core against WebAssembly", () => {
  it("has 0 differing bits on arbitrary counters", () => {
    for (const n of [1, 7, 64, 1025]) {
      const a = [words(n, 3), words(n, 4)] as const;
      const b = [words(n, 3), words(n, 4)] as const;
      core.threefry2x32(...KEY, ...a);
      wasm.threefry2x32(...KEY, ...b);
      expect(a).toEqual(b);
    }
  });
});
