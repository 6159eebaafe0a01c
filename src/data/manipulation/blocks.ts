import type { Shape } from "../shape.ts";
import { sizeOf } from "../shape.ts";

/** An array seen as [before, n, after] around an axis: what joins and cuts along it need to know. */
export interface Blocks {
  /** How many blocks there are. */
  readonly before: number;
  /** The size of the axis. */
  readonly n: number;
  /** Elements between neighbours along the axis. */
  readonly after: number;
}

export function blocksOf(shape: Shape, axis: number): Blocks {
  return { before: sizeOf(shape.slice(0, axis)), n: shape[axis]!, after: sizeOf(shape.slice(axis + 1)) };
}
