import { createHash } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { LoadError } from "../../src/orbax/index.ts";
import { decompressExactly, decompressZstd } from "../../src/orbax/zstd/decompress.ts";
import { golden } from "../golden/load.ts";

interface Case {
  readonly name: string;
  readonly length: number;
  readonly sha256: string;
  readonly b64: string;
}

const CASES = golden<Case>("zstd").map((c) => ({ ...c, bytes: new Uint8Array(Buffer.from(c.b64, "base64")) }));
const named = (name: string): (typeof CASES)[number] => CASES.find((c) => c.name === name)!;

const frame = (...header: number[]): Uint8Array => new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, ...header]);

function codeOf(decompress: () => unknown): string {
  try {
    decompress();
  } catch (error) {
    if (error instanceof LoadError) return error.code;
    throw error;
  }
  return "none";
}

describe("decompressZstd", () => {
  it("gives what the zstd tool compressed: raw, run-length, Huffman and FSE blocks of all levels", () => {
    expect(CASES.length).toBeGreaterThan(150);
    for (const { name, length, sha256, bytes } of CASES) {
      const result = decompressZstd(bytes, length);
      expect([name, result.length, createHash("sha256").update(result).digest("hex")]).toEqual([name, length, sha256]);
    }
  });

  it("takes at most `limit` bytes out", () => {
    for (const { name, length, bytes } of CASES) {
      if (length > 0) expect([name, codeOf(() => decompressZstd(bytes, length - 1))]).toEqual([name, "LimitBytes"]);
    }
  });

  it("refuses every prefix of a frame", () => {
    for (const { name, length, bytes } of CASES) {
      if (bytes.length > 2500 || / frame/.test(name)) continue;
      for (let end = 0; end < bytes.length; end++)
        expect([name, end, codeOf(() => decompressZstd(bytes.subarray(0, end), length))]).toEqual([
          name,
          end,
          "BadZstd",
        ]);
    }
  });

  it("checks the checksum", () => {
    const bytes = named("text 1000 -1").bytes.slice();
    bytes[bytes.length - 1]! ^= 1;
    expect(codeOf(() => decompressZstd(bytes, 1000))).toBe("CrcMismatch");
  });

  it("refuses dictionaries, reserved bits, another magic number and bytes after the frame", () => {
    const empty = [1, 0, 0];
    expect(codeOf(() => decompressZstd(frame(0x20, 0, ...empty), 9))).toBe("none");
    expect(codeOf(() => decompressZstd(frame(0x21, 0, 0, ...empty), 9))).toBe("none");
    expect(codeOf(() => decompressZstd(frame(0x21, 5, 0, ...empty), 9))).toBe("BadZstd");
    expect(codeOf(() => decompressZstd(frame(0x28, 0, ...empty), 9))).toBe("BadZstd");
    expect(codeOf(() => decompressZstd(frame(0x20, 1, ...empty), 9))).toBe("BadZstd");
    expect(codeOf(() => decompressZstd(frame(0x20, 0, ...empty, 0), 9))).toBe("BadZstd");
    expect(codeOf(() => decompressZstd(frame(0x20, 0, 7, 0, 0), 9))).toBe("BadZstd");
    expect(codeOf(() => decompressZstd(new Uint8Array([1, 2, 3, 4, 5]), 9))).toBe("BadZstd");
    expect(codeOf(() => decompressZstd(new Uint8Array(0), 9))).toBe("BadZstd");
  });

  it("allocates as bytes come out, not what a header announces", () => {
    // A frame that announces 2^40 bytes and has none.
    const bytes = new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, 0xe0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0]);
    expect(codeOf(() => decompressZstd(bytes, 2 ** 40))).toBe("BadZstd");
  });
});

describe("decompressExactly", () => {
  afterEach(() => void vi.unstubAllGlobals());

  const text = named("text 1000 -1");

  it("uses the platform's decoder for a whole frame", () => {
    const asked: number[] = [];
    platform((_, { maxOutputLength }) => (asked.push(maxOutputLength), new Uint8Array(maxOutputLength)));
    expect(decompressExactly(text.bytes, 1000)).toEqual(new Uint8Array(1000));
    expect(asked).toEqual([1000]);
  });

  it("does not trust it with frames that are cut, several, or followed by bytes", () => {
    platform((_, { maxOutputLength }) => new Uint8Array(maxOutputLength));
    expect(codeOf(() => decompressExactly(text.bytes.subarray(0, -1), 1000))).toBe("BadZstd");
    expect(codeOf(() => decompressExactly(new Uint8Array([...text.bytes, 0]), 1000))).toBe("BadZstd");
    expect(decompressExactly(named("two frames").bytes, 10_000).at(-1)).not.toBe(0);
  });

  it("decodes itself where the platform fails, or there is none, and refuses another size", () => {
    for (const fails of [true, false]) {
      platform(() => {
        if (fails) throw new Error("no");
        return new Uint8Array(3);
      });
      expect(createHash("sha256").update(decompressExactly(text.bytes, 1000)).digest("hex")).toBe(text.sha256);
      expect(codeOf(() => decompressExactly(text.bytes, 1001))).toBe("SizeMismatch");
      expect(codeOf(() => decompressExactly(text.bytes, 999))).toBe("LimitBytes");
    }
    vi.stubGlobal("process", undefined);
    expect(decompressExactly(text.bytes, 1000).length).toBe(1000);
  });
});

/** A platform whose decoder answers with `decompress`. */
function platform(decompress: (bytes: Uint8Array, options: { maxOutputLength: number }) => Uint8Array): void {
  const zlib = { zstdDecompressSync: decompress };
  vi.stubGlobal("process", {
    ...process,
    getBuiltinModule: (name: string) => (name === "node:zlib" ? zlib : undefined),
  });
}
