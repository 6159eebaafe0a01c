import { describe, expect, it } from "vitest";
import { LoadError } from "../../src/orbax/index.ts";
import { ByteReader } from "../../src/orbax/bytereader.ts";

const PLACE = { source: "folder/manifest.ocdbt", offset: 7 };
const reader = (...bytes: number[]): ByteReader => new ByteReader(Uint8Array.from(bytes), PLACE);

/** The error that reading throws. */
function failure(read: () => unknown): LoadError {
  try {
    read();
  } catch (error) {
    if (error instanceof LoadError) return error;
  }
  throw new Error("expected a LoadError");
}

describe("ByteReader", () => {
  it("reads bytes, runs of bytes and numbers in LEB128, one after the other", () => {
    const read = reader(5, 1, 2, 3, 0x7f, 0x80, 0x01, 0xe5, 0x8e, 0x26);
    expect([read.u8(), [...read.take(3)], read.varint(), read.varint(), read.varint(), read.left]).toEqual([
      5,
      [1, 2, 3],
      127,
      128,
      624485,
      0,
    ]);
  });

  it("says where it was when the bytes end", () => {
    for (const read of [() => reader().u8(), () => reader(1, 2).take(3), () => reader(0x80).varint()]) {
      const error = failure(read);
      expect([error.code, error.message.includes(PLACE.source)]).toEqual(["BadOcdbt", true]);
      expect(error).toMatchObject({ source: PLACE.source });
    }
  });

  it("refuses numbers of 2^53 and more", () => {
    const most = [...Array<number>(7).fill(0xff), 0x0f];
    expect(reader(...most).varint()).toBe(Number.MAX_SAFE_INTEGER);
    for (const bytes of [
      [...Array<number>(7).fill(0x80), 0x10],
      Array<number>(11).fill(0x80),
      Array<number>(10).fill(0xff),
    ])
      expect(failure(() => reader(...bytes).varint()).code).toBe("BadOcdbt");
  });
});
