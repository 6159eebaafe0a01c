import { ShapeError } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, zerosData } from "../arraydata.ts";
import { promote } from "../dtype.ts";
import type { Shape } from "../shape.ts";
import { formatShape } from "../shape.ts";
import { blocksOf } from "./blocks.ts";
import { withSize } from "./shapes.ts";
import { copyRow, rawPair } from "./strided.ts";

/** @throws ShapeError if the shapes differ along another axis than `axis` */
export function checkJoin(shapes: readonly Shape[], axis: number, fn: string): void {
  const first = shapes[0]!;
  const wrong = shapes.find(
    (shape) => shape.length !== first.length || shape.some((n, i) => i !== axis && n !== first[i]),
  );
  if (wrong !== undefined) throw joinError(first, wrong, axis, fn);
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
  const out = zerosData(withSize(first.shape, axis, total), dtype);
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
