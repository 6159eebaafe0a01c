import { softmaxF32 } from "../../assembly/softmax";

const input: usize = memory.data(1024, 16);
const out: usize = memory.data(1024, 16);

describe("softmaxF32", () => {
  test("of equal elements is their share", () => {
    for (let n: u32 = 1; n < 40; n++) {
      for (let i: u32 = 0; i < n; i++) store<f32>(input + ((<usize>i) << 2), 5);
      softmaxF32(input, out, 1, n, false, true);
      for (let i: u32 = 0; i < n; i++) expect(load<f32>(out + ((<usize>i) << 2))).toBe(<f32>1 / <f32>n, n.toString());
    }
  });
});
