import { ShapeError } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, emptyData } from "../arraydata.ts";
import { promote } from "../dtype.ts";
import type { Shape } from "../shape.ts";
import { formatShape } from "../shape.ts";
import { blocksOf } from "./blocks.ts";
import { withSize } from "./shapes.ts";
import { copyRow, rawPair } from "./copying.ts";

/** @throws ShapeError if the shapes differ along another axis than `axis` */
export function checkJoin(parts: readonly ArrayData[], axis: number, fn: string): void {
  const first = parts[0]!.shape;
  for (const { shape } of parts) if (!fits(shape, first, axis)) throw joinError(first, shape, axis, fn);
}

function fits(shape: Shape, first: Shape, axis: number): boolean {
  if (shape.length !== first.length) return false;
  for (let i = 0; i < shape.length; i++) if (i !== axis && shape[i] !== first[i]) return false;
  return true;
}

function joinError(first: Shape, wrong: Shape, axis: number, fn: string): ShapeError {
  const got = `got ${formatShape(first)} and ${formatShape(wrong)}`;
  return new ShapeError(`${fn}: expected shapes that differ along axis ${axis} only, ${got}`);
}

/** The arrays one after another along `axis`, in the dtype they promote to. */
export function concatenateData(axis: number, ...parts: readonly ArrayData[]): ArrayData {
  const first = parts[0]!;
  const total = parts.reduce((sum, part) => sum + part.shape[axis]!, 0);
  const dtype = parts.reduce((common, part) => promote(common, part.dtype), first.dtype);
  const out = emptyData(withSize(first.shape, axis, total), dtype);
  const { before, after } = blocksOf(out.shape, axis);
  let start = 0;
  for (const part of parts) {
    const length = part.shape[axis]! * after;
    const [from, to] = rawPair(castData(part, dtype), out, length);
    for (let block = 0; block < before && to.length > 0; block++)
      copyRow(from, block * length, 1, to, block * total * after + start, length);
    start += length;
  }
  return out;
}
