/** Every error of the short forms among the functions of `numpy`, and of the namespaces beside it. */
import { numpy as jnp } from "../../src/index.ts";
import type { Failure } from "./failure.ts";

export const NAMES: readonly Failure[] = [
  [
    'TypeError: gcd: "b" expected integers, got float32. Cast it with .astype("int32"), or pass bigints',
    () => jnp.gcd([2n], [1.5]),
  ],
];
