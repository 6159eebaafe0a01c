import { eachRowBlock } from "./blocks.ts";
import { copyIn } from "./copy.ts";
import type { Arena } from "./memory.ts";

export function normalize(
  arena: Arena,
  x: Float32Array,
  scale: Float32Array | undefined,
  bias: Float32Array | undefined,
  out: Float32Array,
  n: number,
  epsilon: number,
  centered: boolean,
): void {
  const period = (scale ?? bias)?.length ?? n;
  const { exports } = arena;
  const scalePtr = scale ? arena.xPtr : 0;
  const biasPtr = bias ? arena.yPtr : 0;
  if (scale) copyIn(scale, 0, period, arena.x);
  if (bias) copyIn(bias, 0, period, arena.y);
  eachRowBlock(arena, x, n, out, (xPtr, rows, outPtr, row) =>
    exports.normalizeF32(xPtr, scalePtr, biasPtr, outPtr, rows, n, (row * n) % period, period, epsilon, centered),
  );
}
