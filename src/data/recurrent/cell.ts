import { recurrentKernels } from "../../backend/index.ts";
import type { CellName } from "../../base/index.ts";
import { config, GATES } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { emptyData } from "../arraydata.ts";

/**
 * The new state [..., n] of a recurrent cell from float32 gates: see the contract's `cellF32`. For an LSTM the hidden
 * state comes with it.
 *
 * @param x the product with the input: [..., gates * n], or an array [..., n] a gate
 * @param h the same of the hidden state
 */
export function cellData(
  op: CellName,
  x: readonly ArrayData[],
  h: readonly ArrayData[],
  state: ArrayData | undefined,
): readonly [state: ArrayData, hidden: ArrayData | undefined] {
  const [{ shape }] = x as readonly [ArrayData];
  const last = shape.length - 1;
  const n = x.length === 1 ? shape[last]! / GATES[op] : shape[last]!;
  const own = shape.with(last, n);
  const out = emptyData(own, "float32");
  const hidden = op === "lstm" ? emptyData(own, "float32") : undefined;
  const to = floats(out);
  if (to.length > 0)
    recurrentKernels().cellF32(
      op,
      sideBySide(x, n),
      sideBySide(h, n),
      state && floats(state),
      to,
      hidden && floats(hidden),
      n,
      config.profile === "fma",
    );
  return [out, hidden];
}

function floats(x: ArrayData): Float32Array {
  return x.storage.data as Float32Array;
}

/** The gates [..., n] of each row one after another. */
function sideBySide(gates: readonly ArrayData[], n: number): Float32Array {
  const [first] = gates as readonly [ArrayData];
  if (gates.length === 1) return floats(first);
  const out = new Float32Array(gates.length * floats(first).length);
  gates.forEach((gate, place) => interleave(floats(gate), out, place, gates.length, n));
  return out;
}

/** Puts the gate `from` [rows, n] at its place of the rows of `to` [rows, gates, n]. */
export function interleave(from: Float32Array, to: Float32Array, place: number, gates: number, n: number): void {
  for (let at = 0, row = place * n; at < from.length; at += n, row += gates * n)
    to.set(from.length === n ? from : from.subarray(at, at + n), row);
}
