import { expect, it } from "vitest";
import { crc32c } from "../../src/orbax/crc32c.ts";

const bytes = (f: (i: number) => number): Uint8Array => Uint8Array.from({ length: 32 }, (_, i) => f(i));

it("crc32c gives the values of RFC 3720, appendix B.4", () => {
  expect(crc32c(bytes(() => 0)).toString(16)).toBe("8a9136aa");
  expect(crc32c(bytes(() => 255)).toString(16)).toBe("62a8ab43");
  expect(crc32c(bytes((i) => i)).toString(16)).toBe("46dd794e");
  expect(crc32c(bytes((i) => 31 - i)).toString(16)).toBe("113fdb5c");
});

it("crc32c takes any length, at any place of a buffer", () => {
  const text = new TextEncoder().encode("-123456789");
  expect(crc32c(text.subarray(1)).toString(16)).toBe("e3069283");
  expect(crc32c(new Uint8Array(0))).toBe(0);
  expect(crc32c(new Uint8Array([97])).toString(16)).toBe("c1d04330");
});
