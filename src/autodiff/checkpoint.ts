import { assertFunction } from "../base/index.ts";
import { isFloat } from "../array/index.ts";
import { flattenNest } from "./nest.ts";
import { recomputed } from "./recompute.ts";
import { currentTape } from "./session.ts";

/**
 * A function that does what `f` does, and whose backward pass runs `f` again instead of keeping the arrays that it
 * computes: time for memory. The gradients have the same bits.
 *
 * `f` must do the same when it runs again: what it reads besides its arguments must not have changed.
 *
 * @throws TypeError if `f` is not a function
 *
 * Source: JAX 0.10.2 `jax/_src/ad_checkpoint.py` (`checkpoint`).
 * @example
 * const cube = checkpoint((x) => x.mul(x).mul(x));
 * grad((x) => cube(x).sum())([1, 2]).tolist() // => [3, 12]
 */
export function checkpoint<A extends readonly unknown[], R extends readonly unknown[] | []>(
  f: (...args: A) => R,
): (...args: A) => R;
export function checkpoint<A extends readonly unknown[], R>(f: (...args: A) => R): (...args: A) => R;
export function checkpoint<A extends readonly unknown[], R>(f: (...args: A) => R): (...args: A) => R {
  assertFunction(f, 'checkpoint: "f"');
  return (...args) => {
    if (currentTape() === undefined) return f(...args);
    const given = flattenNest(args, "checkpoint: the arguments");
    const leaves = given.leaves.map(([, x]) => x);
    const isActive = leaves.map((x) => isFloat(x.dtype));
    const { arrays, rest } = recomputed(
      leaves.filter((_, i) => isActive[i]),
      (inputs) => {
        let next = 0;
        const all = leaves.map((x, i) => (isActive[i] ? inputs[next++]! : x));
        const result = flattenNest(f(...(given.build(all) as unknown as A)), 'checkpoint: the result of "f"');
        return { arrays: result.leaves.map(([, x]) => x), rest: result.build };
      },
    );
    return rest(arrays) as R;
  };
}
