import { nnx, int, type NDArray } from "flaxen";

export function dropoutForward(seed: number, x: NDArray, rate: number, training: boolean) {
  // A Dropout of this rate, its stream called dropout, switched off unless this is training.
  return x;
}
