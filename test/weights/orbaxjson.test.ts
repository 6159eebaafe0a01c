import { describe, expect, it } from "vitest";
import { parseJson, readJson } from "../../src/orbax/folder.ts";

const QUOTE = 0x22;
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

describe("a file of JSON in a checkpoint", () => {
  it.each<[string, Uint8Array]>([
    ["bytes that are no UTF-8", Uint8Array.of(QUOTE, 0xff, QUOTE)],
    ["half a character", Uint8Array.of(QUOTE, 0xc3, QUOTE)],
    ["a byte order mark", Uint8Array.of(0xef, 0xbb, 0xbf, QUOTE, QUOTE)],
    ["nothing", new Uint8Array(0)],
    ["text behind it", text("{} {}")],
  ])("is refused with %s", (_, bytes) => {
    expect(() => parseJson(bytes, "folder/_METADATA")).toThrow(
      expect.objectContaining({ code: "BadMetadata", source: "folder/_METADATA", cause: expect.anything() }),
    );
  });

  it("has every character of its strings", async () => {
    const folder = { name: "folder", read: async () => text('{"é": "語"}') };
    expect(await readJson(folder as never, "_METADATA")).toEqual({ é: "語" });
  });

  it("may be missing", async () => {
    expect(await readJson({ name: "folder", read: async () => undefined } as never, "_METADATA")).toBeUndefined();
  });
});
