import { BRAND } from "../base/index.ts";
import { CallableObject } from "./callable.ts";

/** A module is called with its forward pass's arguments. */
export interface Module<Args extends readonly unknown[] = never[], Result = unknown> {
  (...args: Args): Result;
  /** The forward pass, written by the subclass; `model(x)` calls it. */
  __call__?(...args: Args): Result;
}

/**
 * The base class of neural-network modules. A subclass owns its parameters as attributes and writes its forward pass
 * as `__call__`; an instance is then called like a function. `Module<[x: NDArray], NDArray>` types the call.
 *
 * What counts as state: attributes that hold a Variable, an array (a buffer, no Param), a key, an Rngs or another
 * module. Everything else is configuration.
 *
 * Source: Flax 0.12.8 `flax/nnx/module.py` (`Module`).
 * @example
 * class Double extends nnx.Module<[x: NDArray], NDArray> {
 *   factor = new nnx.Param(2);
 *   __call__(x: NDArray) { return x.mul(this.factor); }
 * }
 * const double = new Double();
 * double(jnp.array([1, 2])).tolist() // => [2, 4]
 */
// oxlint-disable-next-line no-unused-vars -- used by the call signature above
export class Module<Args extends readonly unknown[] = never[], Result = unknown> extends CallableObject {
  declare readonly [BRAND]: "Module";

  constructor() {
    super();
    // A closure's own, read-only: without them attributes called `name` and `length` are ordinary.
    delete (this as { name?: string }).name;
    delete (this as { length?: number }).length;
  }

  /** What `console.log` shows in Node, Bun and Deno: the class and its attributes. */
  [Symbol.for("nodejs.util.inspect.custom")](_depth: number, options: object, inspect: (x: unknown, options: object) => string): string {
    return `${this.constructor.name} ${inspect({ ...this }, options)}`;
  }
}
Object.defineProperty(Module.prototype, BRAND, { value: "Module" });

/** The methods of other libraries, and of Flax's own older API, that newcomers reach for. */
for (const name of ["init", "apply"]) {
  Object.defineProperty(Module.prototype, name, {
    configurable: true,
    writable: true,
    value(this: object): never {
      const { name: layer } = this.constructor;
      throw new TypeError(`${layer}.${name} does not exist: an NNX module owns its parameters, which are made in its constructor.\n  wrong: model.${name}(...)\n  right: const model = new ${layer}(..., new nnx.Rngs(0)); model(x)`);
    },
  });
}
