import { addGroupsF32, addPartsF32, combinePartsF32, sumPartF32, sumRowsF32 } from "../../assembly/sum";

const input: usize = memory.data(20480, 16);
const out: usize = memory.data(8192, 16);
const parts: usize = memory.data(1024, 16);

/** Terms that do not add up exactly, so that the order shows. */
function fill(n: i32): void {
  for (let i = 0; i < n; i++) store<f32>(input + ((<usize>i) << 2), <f32>1 / <f32>(i + 3) - <f32>(i % 7) * <f32>0.3);
}

/** The partials of `n` terms: of a block, or of 2^l blocks, which are the sums of their halves. */
function partials(from: i32, n: i32): StaticArray<f32> {
  if (n > 1024) {
    const p = partials(from, n >> 1);
    const later = partials(from + (n >> 1), n >> 1);
    for (let i = 0; i < 16; i++) p[i] += later[i];
    return p;
  }
  const p = new StaticArray<f32>(16);
  for (let k = 0; k < n; k++) p[k & 15] += load<f32>(input + ((<usize>(from + k)) << 2));
  return p;
}

function combined(p: StaticArray<f32>): f32 {
  for (let half = 8; half > 0; half >>= 1) for (let i = 0; i < half; i++) p[i] += p[i + half];
  return p[0];
}

/** A sum of at most a block in the order of the contract. */
function written(n: i32): f32 {
  return combined(partials(0, n));
}

describe("sumF32", () => {
  test("goes in the written order at every length", () => {
    for (let n = 0; n < 200; n++) {
      fill(n);
      sumRowsF32(input, out, 1, n);
      expect(load<f32>(out)).toBe(written(n), n.toString());
    }
  });

  test("of a long row comes in parts of whole blocks", () => {
    fill(5000);
    sumRowsF32(input, out, 1, 5000);
    const whole = load<f32>(out);
    sumPartF32(input, out, 3072, 0);
    sumPartF32(input + 4 * 3072, out, 5000 - 3072, 3);
    expect(load<f32>(out)).toBe(whole);
    const p = partials(0, 4096);
    const rest = partials(4096, 904);
    for (let i = 0; i < 16; i++) p[i] += rest[i];
    expect(whole).toBe(combined(p));
  });

  test("of groups and of parts carries on where it stopped", () => {
    fill(96);
    for (let size: u32 = 1; size < 40; size++) {
      memory.fill(parts, 0, 64);
      addGroupsF32(input, parts, 0, 1, 1, size, size);
      addGroupsF32(input + ((<usize>size) << 2), parts, size, 1, 1, 96 - size, 96 - size);
      sumRowsF32(parts, out, 1, 16);
      expect(load<f32>(out)).toBe(written(96), size.toString());
    }
    for (let size: u32 = 1; size <= 16; size <<= 1) {
      memory.fill(parts, 0, 64);
      addPartsF32(input, parts, 0, 3, size, 16 / size);
      addPartsF32(input + <usize>size * 12, parts, 3, 2, size, 16 / size);
      combinePartsF32(parts, out, size, size);
      expect(load<f32>(out)).toBe(written(<i32>(5 * size)), size.toString());
    }
  });
});
