import { hasBrand } from "../../base/index.ts";
import { itemsOf } from "../graph/walk.ts";
import type { Path } from "../tree/path.ts";
import type { RngStream } from "./rngstream.ts";

/** Every random stream of a model once with its path, in the order of `leavesOf`; a stream alone is its own. */
export function* streamsOf(node: object): Generator<readonly [Path, RngStream]> {
  for (const [path, value] of itemsOf(node)) if (hasBrand(value, "RngStream")) yield [path, value as RngStream];
}
