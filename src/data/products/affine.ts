import { kernels } from "../../backend/index.ts";
import { shapesOnly } from "../../base/index.ts";
import type { ArrayData, Storage } from "../arraydata.ts";
import { arrayData, zerosData } from "../arraydata.ts";
import type { Shape } from "../shape.ts";
import { sizeOf } from "../shape.ts";

/**
 * `x` [...lead, n] times the weight `w` [n, ...tail], plus `bias` [...tail] where there is one: [...lead, ...tail]. All
 * float32; the product has the arithmetic of `matmulData`, the bias that of `add`. `room` is for the result's elements.
 */
export function affineData(
  x: Storage,
  w: Storage,
  bias: Storage | undefined,
  lead: Shape,
  tail: Shape,
  room?: Float32Array,
): ArrayData {
  const shape = [...lead, ...tail];
  const result = room === undefined ? zerosData(shape, "float32") : arrayData(shape, "float32", room);
  const out = result.storage.data as Float32Array;
  if (out.length > 0)
    kernels().matmulF32(
      x.data as Float32Array,
      w.data as Float32Array,
      out,
      sizeOf(lead),
      !w.exposed,
      bias?.data as Float32Array | undefined,
    );
  return result;
}

/** The same for one row `x` [n] and `w` [n, m]: [m]. Straight, for a small layer's call is short. */
export function affineRow(x: Storage, w: Storage, bias: Storage | undefined, m: number): ArrayData {
  const out = new Float32Array(shapesOnly.on ? 0 : m);
  kernels().matmulF32(
    x.data as Float32Array,
    w.data as Float32Array,
    out,
    1,
    !w.exposed,
    bias?.data as Float32Array | undefined,
  );
  return arrayData([m], "float32", out);
}
