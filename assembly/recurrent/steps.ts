import { flush } from "../fma";
import { matvecPanelsF32 } from "../matvec";
import { Cell } from "../opcodes";
import { cellF32 } from "./cell";

/**
 * `steps` steps of the recurrent cell `op` over one row: for each `cellF32` of its gates at `xPtr`, and of the hidden
 * state before @ W plus the bias.
 *
 * - `packedPtr`: the addresses, u32, of `products` matrices packed by `packPanelsF32`: one W [n, gates * n], or one
 *   [n, n] a gate.
 * - `xPtr` [steps, gates * n], `biasPtr` [gates * n] or 0, `hiddenPtr` [n], `outPtr` [steps, n], all float32.
 * - `statePtr` [n]: of an LSTM its state, which is replaced. Of others the hidden state before takes its place, where
 *   it is not 0.
 * - `sumsPtr` has room for gates * n elements.
 * - Up to 60 bytes behind each are read, up to 12 written behind the results, the state and the sums.
 */
export function stepsF32(
  op: Cell,
  xPtr: usize,
  packedPtr: usize,
  biasPtr: usize,
  hiddenPtr: usize,
  statePtr: usize,
  outPtr: usize,
  sumsPtr: usize,
  steps: u32,
  products: u32,
  n: u32,
  fused: bool,
): void {
  const gates: u32 = op == Cell.lstm ? 4 : op == Cell.gru ? 3 : 1;
  const row = (<usize>(gates * n)) << 2;
  const width = (gates * n) / products;
  for (let t: u32 = 0; t < steps; t++, xPtr += row) {
    for (let p: u32 = 0; p < products; p++)
      matvecPanelsF32(hiddenPtr, load<u32>(packedPtr + (p << 2)), sumsPtr + ((<usize>(p * width)) << 2), n, width);
    if (biasPtr)
      for (let i: usize = 0; i < row; i += 16)
        v128.store(sumsPtr + i, flush(f32x4.add(flush(v128.load(sumsPtr + i)), flush(v128.load(biasPtr + i)))));
    if (op == Cell.lstm) cellF32(op, xPtr, sumsPtr, statePtr, statePtr, outPtr, 1, n, fused);
    else cellF32(op, xPtr, sumsPtr, statePtr ? hiddenPtr : 0, outPtr, 0, 1, n, fused);
    hiddenPtr = outPtr;
    outPtr += (<usize>n) << 2;
  }
}
