import type { ArrayData, CellInputs, NDArray, Operation } from "../../array/index.ts";
import { apply, DATA } from "../../array/index.ts";
import type { CellBackName } from "../../base/index.ts";
import type { CellBackParameters } from "../../data/index.ts";
import { cellBackData } from "../../data/index.ts";

/** The cotangent of an input of a recurrent cell's step, from that of its result and the step's inputs. */
export const CELL_BACK: Operation<CellBackParameters, [ct: ArrayData, ...CellInputs]> = {
  name: "cellBack",
  forward: cellBackData,
};

/** What gives the cotangent of one input, for the cotangent `ct` of the result: all are computed at the first. */
export function cellBack(
  op: CellBackName,
  ct: NDArray,
  [x, h, state]: readonly [NDArray, NDArray, NDArray],
): (towards: CellBackParameters["towards"]) => NDArray {
  const made = { all: undefined };
  return (towards) => apply(CELL_BACK, { op, towards, made }, ct[DATA], x[DATA], h[DATA], state[DATA]);
}
