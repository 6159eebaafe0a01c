import { packTransposedF32 } from "../../../assembly/gradients/matmultransposed";
import { packPanelsF32 } from "../../../assembly/matvec";

const w: usize = memory.data(4096, 16);
const transposed: usize = memory.data(4096, 16);
const packed: usize = memory.data(4096, 16);
const expected: usize = memory.data(4096, 16);

describe("packTransposedF32", () => {
  test("packs as packPanelsF32 packs the transpose, at every width of panel", () => {
    let different = 0;
    for (let cols: u32 = 1; cols <= 37; cols++) {
      for (let n: u32 = 1; n <= 9; n++) {
        for (let c: u32 = 0; c < cols; c++) {
          for (let k: u32 = 0; k < n; k++) {
            store<f32>(w + ((c * n + k) << 2), <f32>(c * 100 + k));
            store<f32>(transposed + ((k * cols + c) << 2), <f32>(c * 100 + k));
          }
        }
        packTransposedF32(w, n << 2, packed, n, cols);
        packPanelsF32(transposed, expected, n, 0, n, 0, cols);
        different += memory.compare(packed, expected, (n * ((cols + 3) & ~3)) << 2) != 0 ? 1 : 0;
      }
    }
    expect(different).toBe(0);
  });
});
