import type { NDArray } from "../../array/index.ts";
import type { BRAND } from "../../base/index.ts";
import type { Key } from "../../random/index.ts";
import type { Path } from "../tree/path.ts";
import type { Variable, VariableValue } from "../variables/variable.ts";

/** What a state holds: a Variable, or a bare array or key (a buffer). */
export type Leaf = Variable<VariableValue> | NDArray | Key;

/** One leaf of a state with its path. */
export type Entry = readonly [path: Path, leaf: Leaf];

/** A random stream, as far as filters need to know it. */
export interface TaggedStream {
  readonly [BRAND]: "RngStream";
  readonly tag: string;
}
