import { cumulateColumnsF32, cumulateRowsF32 } from "../../assembly/cumulate";
import { Binary } from "../../assembly/opcodes";

const input: usize = memory.data(2048, 16);
const carry: usize = memory.data(256, 16);

function fill(n: u32): void {
  for (let i: u32 = 0; i < n; i++) store<f32>(input + i * 4, <f32>1 + <f32>1 / <f32>(i + 3));
}

function next(op: Binary, a: f32, i: u32): f32 {
  const x = <f32>1 + <f32>1 / <f32>(i + 3);
  return op == Binary.add ? a + x : a * x;
}

describe("cumulateF32", () => {
  test("goes along each row and each column from what is carried", () => {
    const ops: Binary[] = [Binary.add, Binary.multiply];
    let wrong = 0;
    for (let o = 0; o < 2; o++) {
      const op = ops[o];
      for (let rows: u32 = 1; rows < 10; rows++) {
        for (let n: u32 = 1; n < 30; n++) {
          fill(rows * n);
          for (let i: u32 = 0; i < rows; i++) store<f32>(carry + i * 4, 2);
          cumulateRowsF32(op, input, carry, rows, n);
          for (let row: u32 = 0; row < rows; row++) {
            let expected: f32 = 2;
            for (let k: u32 = 0; k < n; k++) {
              expected = next(op, expected, row * n + k);
              wrong += load<f32>(input + (row * n + k) * 4) == expected ? 0 : 1;
            }
            wrong += load<f32>(carry + row * 4) == expected ? 0 : 1;
          }
          fill(rows * n);
          for (let i: u32 = 0; i < n; i++) store<f32>(carry + i * 4, 2);
          cumulateColumnsF32(op, input, carry, rows, n);
          for (let j: u32 = 0; j < n; j++) {
            let expected: f32 = 2;
            for (let k: u32 = 0; k < rows; k++) {
              expected = next(op, expected, k * n + j);
              wrong += load<f32>(input + (k * n + j) * 4) == expected ? 0 : 1;
            }
            wrong += load<f32>(carry + j * 4) == expected ? 0 : 1;
          }
        }
      }
    }
    expect(wrong).toBe(0);
  });
});
