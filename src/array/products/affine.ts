import { kernels } from "../../backend.ts";
import { abstraction } from "../../base/index.ts";
import type { Dense, Storage } from "../dense.ts";
import { dense, zerosDense } from "../dense.ts";
import type { Shape } from "../shape.ts";
import { sizeOf } from "../shape.ts";

/**
 * `x` [...lead, n] times the weight `w` [n, ...tail], plus `bias` [...tail] where there is one: [...lead, ...tail]. All
 * float32; the product has the arithmetic of `matmulDense`, the bias that of `add`. `room` is for the result's elements.
 */
export function affineDense(x: Storage, w: Storage, bias: Storage | undefined, lead: Shape, tail: Shape, room?: Float32Array): Dense {
  // Straight where it is one row, for a small layer's call is short.
  const row = lead.length === 0;
  const shape = row ? tail : [...lead, ...tail];
  const result = room !== undefined ? dense(shape, "float32", room) : row ? dense(shape, "float32", new Float32Array(abstraction.on ? 0 : sizeOf(shape))) : zerosDense(shape, "float32");
  const out = result.storage.data as Float32Array;
  if (out.length > 0) kernels().matmulF32(x.data as Float32Array, w.data as Float32Array, out, sizeOf(lead), !w.exposed, bias?.data as Float32Array | undefined);
  return result;
}
