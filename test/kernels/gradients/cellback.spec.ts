import { cellBackF32 } from "../../../assembly/gradients/cellback";
import { CellBack } from "../../../assembly/opcodes";
import { touched, wipe } from "../reference";

const arrays: usize = memory.data(512, 16);
const STRIDE: usize = 64;

/** Six arrays of 8 numbers, all of a number each: the cotangent, and five inputs. */
function fill(ct: f32, a: f32, b: f32, c: f32, d: f32, e: f32): void {
  const values: f32[] = [ct, a, b, c, d, e];
  wipe(arrays, 512);
  for (let k = 0; k < 6; k++)
    for (let i: usize = 0; i < 8; i++) store<f32>(arrays + <usize>k * STRIDE + (i << 2), values[k]);
}

/** How many of the 8 numbers of array k are not `value`. */
function others(k: usize, value: f32): i32 {
  let count = 0;
  for (let i: usize = 0; i < 8; i++) count += load<f32>(arrays + k * STRIDE + (i << 2)) == value ? 0 : 1;
  return count;
}

describe("cellBackF32", () => {
  test("lstm", () => {
    fill(2, 0.5, 0.25, 0.5, 3, 7);
    cellBackF32(CellBack.lstm, arrays, STRIDE, 8);
    expect(others(1, 0.25) + others(2, 1.125) + others(3, 0.75) + others(4, 0.5)).toBe(0);
    expect(others(0, 2) + others(5, 7)).toBe(0);
    for (let k: usize = 0; k < 6; k++) expect(touched(arrays + k * STRIDE + 32, 32)).toBe(0);
  });

  test("gru", () => {
    fill(2, 0.5, 0.75, 0.5, 4, 3);
    cellBackF32(CellBack.gru, arrays, STRIDE, 7);
    expect(others(1, 0.375) + others(2, 0.9375) + others(3, 0.375) + others(4, 0.1875) + others(5, 1.5)).toBe(0);
  });

  test("hidden", () => {
    fill(2, 0.25, 0.5, 7, 7, 7);
    cellBackF32(CellBack.hidden, arrays, STRIDE, 8);
    expect(others(1, 0.1875) + others(2, 0.375) + others(3, 7)).toBe(0);
  });

  test("nothing", () => {
    fill(2, 0.25, 0.5, 7, 7, 7);
    cellBackF32(CellBack.hidden, arrays, STRIDE, 0);
    expect(others(1, 0.25) + others(2, 0.5)).toBe(0);
  });
});
