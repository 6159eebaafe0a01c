import type { ShapeLike } from "../array/index.ts";
import { NDArray, toShape, zerosDense } from "../array/index.ts";
import { kernels } from "../backend.ts";
import type { Kernels } from "../base/index.ts";
import { config, describe } from "../base/index.ts";
import type { KeyLike } from "./key.ts";
import { keyWords } from "./key.ts";

/** One float32 draw: how a backend makes it straight from the key, and how from words that were drawn already. */
interface FloatDraw {
  direct(kernels: Kernels, k0: number, k1: number, out: Float32Array): void;
  fromBits(kernels: Kernels, bits: Uint32Array, out: Float32Array): void;
}

/** A float32 array of `shape`, drawn under `key` in the layout of `config.threefryPartitionable`. */
export function drawFloat32(fn: string, key: KeyLike, shape: ShapeLike, dtype: unknown, draw: FloatDraw): NDArray {
  const words = keyWords(key, `random.${fn}`);
  const sizes = toShape(shape, `random.${fn}: "shape"`);
  if (dtype !== "float32") throw new TypeError(`random.${fn}: "dtype" expected "float32", got ${describe(dtype)}`);
  const result = zerosDense(sizes, "float32");
  const out = result.storage.data as Float32Array;
  if (config.threefryPartitionable) {
    draw.direct(kernels(), words[0]!, words[1]!, out);
  } else {
    const bits = new Uint32Array(out.length);
    kernels().bits32Original(words[0]!, words[1]!, bits);
    draw.fromBits(kernels(), bits, out);
  }
  return new NDArray(result);
}
