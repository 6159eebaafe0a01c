import { fnv1a } from "../../assembly/checksum";

const bytes: usize = memory.data(16);

describe("fnv1a", () => {
  it("has its published values for the empty text, 'a' and 'foobar'", () => {
    expect(fnv1a(bytes, 0)).toBe(0x811c9dc5);
    store<u8>(bytes, 0x61);
    expect(fnv1a(bytes, 1)).toBe(0xe40c292c);
    store<u32>(bytes, 0x626f6f66);
    store<u16>(bytes + 4, 0x7261);
    expect(fnv1a(bytes, 6)).toBe(0xbf9cf968);
  });
});
