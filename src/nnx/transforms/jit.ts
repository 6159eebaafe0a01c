import type { NDArray } from "../../array/index.ts";
import { ArrayRegion, BufferPool, interpreter } from "../../array/index.ts";
import { assertFunction, assertOrder, brandOf, shapesOnly } from "../../base/index.ts";
import type { Visitor } from "./reach.ts";
import { eachArray } from "./reach.ts";
import type { AnyFunction, ListFunction } from "./functiontypes.ts";

/**
 * Makes a function that does what `f` does, with the same bits, and whose arrays end with the call: `f` may not leak
 * what it makes. So their memory is used again by the next call, which makes functions of large arrays faster.
 *
 * - Stays: what `f` returns (arrays, in lists, objects, States, Variables and modules too), what it stores in
 *   Variables, wherever they are, and in attributes of modules among its arguments. An array whose `data` was read
 *   stays as well.
 * - A convolution is computed when its result is read, in one pass with the `BatchNorm` by running averages and the
 *   `relu` or `relu6` that are called on it. Who reads it besides makes it be computed twice.
 * - The gradient of a large kernel is computed when it is read, or by the optimizer's step, SGD or Adam, in one pass
 *   with it. Who reads it after the step makes it be computed twice.
 * - All else is gone after the call, small arrays too: using it is an error, as using a leaked tracer is in JAX.
 * - What a Variable held before is gone too where a function under `jit` made it, only functions under `jit` have read
 *   it, and none of them returned or stored it. So the values of a training step use the memory of those before.
 * - If `f` throws, Variables are as it left them, as without `jit`.
 * - If a function is among what `f` returns, such as that of `jax.vjp`, everything stays.
 * - Inside `grad`, `vjp` and their like, and under `evalShape`, `f` is just called.
 * - Nothing has to be disposed of. The memory is freed when the function is.
 *
 * There is nothing to compile: each call runs `f`. The options (`staticArgnames`, `donateArgnums`, ...) are accepted
 * and mean nothing. Called with options alone it gives the decorator.
 *
 * @throws TypeError if `f` is not a function, is asynchronous or is a generator; and, from the call, if it returns a
 * promise or an iterator
 *
 * Source: Flax 0.12.8 `flax/nnx/transforms/compilation.py` (`jit`).
 * @example
 * nnx.jit((model, x) => model(x), { donateArgnums: 0 })(model, jnp.ones([3])).shape // => [4]
 */
export function jit<F extends ListFunction>(f: F, options?: object): F;
export function jit<F extends AnyFunction>(f: F, options?: object): F;
export function jit(options?: object): <F extends AnyFunction>(f: F) => F;
export function jit(first?: unknown): unknown {
  if (typeof first === "function") assertOrder(arguments, 1, AFTER);
  else if (typeof first === "object") assertOrder(arguments, 0, ALONE);
  if (first === undefined || (typeof first === "object" && first !== null)) return (f: unknown) => jitted(f);
  return jitted(first);
}

const NAMES =
  "| * inShardings outShardings staticArgnums staticArgnames donateArgnums donateArgnames keepUnused device " +
  "backend inline " +
  "graph graphUpdates";
const AFTER: string = "nnx.jit f " + NAMES;
const ALONE: string = "nnx.jit " + NAMES;

function jitted(f: unknown): (...args: unknown[]) => unknown {
  assertFunction(f, 'nnx.jit: "f"');
  const kind = /^\[object (Async|Generator)/.exec(Object.prototype.toString.call(f))?.[1];
  if (kind !== undefined) throw unendedError(kind === "Async" ? "an asynchronous function" : "a generator function");
  const call = f as (...args: unknown[]) => unknown;
  const pool = new BufferPool();
  return (...args) => {
    // A tape keeps arrays longer than a call, and shapes have no memory.
    if (interpreter.current !== undefined || shapesOnly.on) return ended(call(...args));
    const region = new CallRegion(pool, args);
    try {
      const out = ended(call(...args));
      eachArray(out, region);
      return out;
    } finally {
      region.close();
    }
  };
}

/** The arrays of one call. */
class CallRegion extends ArrayRegion implements Visitor {
  readonly #args: readonly unknown[];

  constructor(pool: BufferPool, args: readonly unknown[]) {
    super(pool);
    this.#args = args;
  }

  array(x: NDArray, variable?: object): void {
    this.leaveArray(x, variable);
  }

  closure(): void {
    this.leaveAll();
  }

  override leaveLate(): void {
    eachArray(this.#args, { array: (x, variable) => this.leaveArray(x, variable) });
  }
}

/** @throws TypeError if `out`, a result, is a promise or an iterator */
function ended(out: unknown): unknown {
  if (typeof out !== "object" || out === null || brandOf(out) !== undefined) return out;
  const { then, next } = out as { then?: unknown; next?: unknown };
  if (typeof then === "function") {
    // What is left to run fails where it uses an array; nobody can wait for that.
    (out as Promise<unknown>).then(undefined, () => {});
    throw unendedError("one that returns a promise");
  }
  if (typeof next === "function" && (Symbol.iterator in out || Symbol.asyncIterator in out))
    throw unendedError("one that returns an iterator");
  return out;
}

function unendedError(got: string): TypeError {
  return new TypeError(
    `nnx.jit: "f" expected a function that has ended when it returns, got ${got}. Its arrays end with the call: ` +
      "await, or iterate, outside of the function",
  );
}
