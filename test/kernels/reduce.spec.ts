import { Binary } from "../../assembly/opcodes";
import { reduceColumnsF32, reduceRowsF32 } from "../../assembly/reduce";
import { touched, wipe, word32 } from "./reference";

const input: usize = memory.data(4096, 16);
const out: usize = memory.data(256, 16);
const OPS: Binary[] = [Binary.multiply, Binary.maximum, Binary.minimum];

function start(op: Binary): f32 {
  return op == Binary.multiply ? 1 : op == Binary.maximum ? -f32.MAX_VALUE : f32.MAX_VALUE;
}

function reduced(op: Binary, a: f32, b: f32): f32 {
  return op == Binary.multiply ? a * b : op == Binary.maximum ? max(a, b) : min(a, b);
}

describe("reduceF32", () => {
  test("takes each row, in two parts, and each column, and writes nothing behind them", () => {
    for (let i: u32 = 0; i < 1024; i++)
      store<f32>(input + i * 4, <f32>1 + <f32>(<i32>(word32(5, 9, 0, i) >> 8) - 8388608) / <f32>67108864);
    let wrong = 0;
    for (let o = 0; o < 3; o++) {
      const op = OPS[o];
      for (let rows: u32 = 1; rows < 10; rows++) {
        for (let n: u32 = 1; n < 40; n++) {
          wipe(out, 256);
          for (let row: u32 = 0; row < rows; row++) store<f32>(out + row * 4, start(op));
          reduceRowsF32(op, input, out, rows, n);
          for (let row: u32 = 0; row < rows; row++) {
            let expected = start(op);
            for (let k: u32 = 0; k < n; k++) expected = reduced(op, expected, load<f32>(input + (row * n + k) * 4));
            wrong += load<f32>(out + row * 4) == expected ? 0 : 1;
          }
          wrong += touched(out + 4 * rows, 256 - 4 * rows);
          wipe(out, 256);
          for (let j: u32 = 0; j < n; j++) store<f32>(out + j * 4, start(op));
          reduceColumnsF32(op, input, out, rows, n);
          for (let j: u32 = 0; j < n; j++) {
            let expected = start(op);
            for (let k: u32 = 0; k < rows; k++) expected = reduced(op, expected, load<f32>(input + (k * n + j) * 4));
            wrong += load<f32>(out + j * 4) == expected ? 0 : 1;
          }
          wrong += touched(out + 4 * n, 256 - 4 * n);
        }
      }
    }
    expect(wrong).toBe(0);
  });

  test("carries on from what is there", () => {
    for (let o = 0; o < 3; o++) {
      store<f32>(out, 2);
      store<f32>(input, 3);
      reduceRowsF32(OPS[o], input, out, 1, 1);
      expect(load<f32>(out)).toBe(reduced(OPS[o], 2, 3));
    }
  });
});
