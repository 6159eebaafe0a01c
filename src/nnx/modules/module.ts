import type { ArrayLike, NDArray } from "../../array/index.ts";
import { BRAND } from "../../base/index.ts";
import type { Attributes } from "./attributes.ts";
import { setAttributes } from "./attributes.ts";
import type { CallableModule } from "../graph/callable.ts";
import { CallableObject } from "../graph/callable.ts";
import type { SowOptions } from "./capture.ts";
import { perturb, sow } from "./capture.ts";
import { format } from "./display.ts";
import type { Filter } from "../graph/filter.ts";
import { toNested } from "../graph/traversals.ts";
import { iterChildren, leavesOf, modulesIn } from "../graph/walk.ts";
import type { Path, PathPart } from "../tree/path.ts";
import type { VariableClass } from "../variables/variable.ts";
import { Perturbation } from "../variables/kinds.ts";

/** A module is called with its forward pass's arguments. */
export interface Module<Args extends readonly unknown[] = never[], Result = unknown> extends CallableModule<
  Args,
  Result
> {}

/**
 * The base class of neural-network modules. A subclass owns its parameters as attributes and writes its forward pass
 * as `__call__`; an instance is then called like a function. `Module<[x: NDArray], NDArray>` types the call.
 *
 * What counts as state: attributes that hold a Variable, an array (a buffer, no Param), a key, an Rngs, another module
 * (`nnx.List` and `nnx.Dict` are such), or a container marked by `nnx.data`. Everything else is configuration. That is
 * found out whenever a function of nnx walks the model, so that attributes may change at any time.
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

  /**
   * Sets attributes of this module and of all below it that have them, in place; filters before the attributes choose
   * modules: `model.setAttributes(nnx.Dropout, { deterministic: true })`.
   *
   * @throws TypeError if the last argument is not an object of attributes; RangeError if no module has one of them,
   * unless `raiseIfNotFound: false` is among them
   *
   * Source: Flax 0.12.8 `flax/nnx/module.py` (`Module.set_attributes`).
   */
  setAttributes(...args: readonly [...Filter[], Attributes]): void {
    setAttributes(this, args.slice(0, -1) as Filter[], args.at(-1) as Attributes);
  }

  /**
   * For training: `deterministic` and `useRunningAverage` false wherever there are such attributes, in place.
   *
   * @param attributes others to set
   * @throws RangeError if no module has one of `attributes`, unless `raiseIfNotFound: false` is among them
   */
  train(attributes: Attributes = {}): void {
    setAttributes(this, [], attributes, { deterministic: false, useRunningAverage: false });
  }

  /**
   * For inference: `deterministic` and `useRunningAverage` true wherever there are such attributes, in place.
   *
   * @param attributes others to set
   * @throws RangeError if no module has one of `attributes`, unless `raiseIfNotFound: false` is among them
   */
  eval(attributes: Attributes = {}): void {
    setAttributes(this, [], attributes, { deterministic: true, useRunningAverage: true });
  }

  /**
   * Records a value on the way through the forward pass, for `nnx.capture`. Values of one name make a list.
   *
   * Outside `nnx.capture` the value is stored on the module as an attribute, as Flax still does, and a warning says so
   * once.
   *
   * @param type the class of Variables, or its name as a collection
   * @returns whether it was recorded: inside `nnx.capture` only classes that were asked for are
   * @throws TypeError if, outside `nnx.capture`, an attribute of this name is something else
   *
   * Source: Flax 0.12.8 `flax/nnx/module.py` (`Module.sow`).
   */
  sow(type: VariableClass | string, name: string, value: unknown, options: SowOptions = {}): boolean {
    return sow(this, type, name, value, options);
  }

  /**
   * `value` plus a perturbation: zeros that are made the first time, as a Variable of this name. The gradient towards
   * the perturbation is that towards `value`, which is how gradients of activations are had.
   *
   * Inside `nnx.capture` perturbations are recorded with the other values; pass them as `init` to differentiate them.
   * Outside, the Variable becomes an attribute of the module, as Flax still does, and a warning says so once.
   *
   * @param type the class of Variables, or its name as a collection
   * @returns what to go on with in place of `value`
   * @throws TypeError if, outside `nnx.capture`, an attribute of this name is something else
   *
   * Source: Flax 0.12.8 `flax/nnx/module.py` (`Module.perturb`).
   */
  perturb(name: string, value: ArrayLike, type: VariableClass | string = Perturbation): NDArray {
    return perturb(this, name, value, type);
  }

  /** `nnx.iterModules(this)`. */
  iterModules(): Generator<readonly [path: Path, module: Module]> {
    return modulesIn(this) as Generator<readonly [Path, Module]>;
  }

  /** `nnx.iterChildren(this)`. */
  iterChildren(): Generator<readonly [name: PathPart, child: object]> {
    return iterChildren(this);
  }

  /** The pure dict of `nnx.state(this)`, so that `JSON.stringify` gives the numbers of the model. */
  toJSON(): object {
    return toNested(leavesOf(this));
  }

  /** The module as a tree: classes, attributes, shapes, and how many numbers of which kind there are. */
  toString(): string {
    return format(this);
  }

  /** What `console.log` shows in Node, Bun and Deno. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}
Object.defineProperty(Module.prototype, BRAND, { value: "Module" });

type Call = (...args: unknown[]) => unknown;

/** What a function has: the prototype chain leaves Function.prototype out. What is to be `this` means nothing. */
const CALLS: Record<string, Call> = {
  call(this: Call, _: unknown, ...args) {
    return this(...args);
  },
  bind(this: Call, _: unknown, ...first) {
    return (...rest: unknown[]) => this(...first, ...rest);
  },
};
for (const name of Object.keys(CALLS))
  Object.defineProperty(Module.prototype, name, { configurable: true, writable: true, value: CALLS[name] });

/** The methods of other libraries, and of Flax's own older API, that newcomers reach for. */
for (const name of ["init", "apply"]) {
  Object.defineProperty(Module.prototype, name, {
    configurable: true,
    writable: true,
    value(this: object): never {
      const { name: layer } = this.constructor;
      throw new TypeError(
        `${layer}.${name} does not exist: an NNX module owns its parameters, which are made in its constructor.\n` +
          `  wrong: model.${name}(...)\n` +
          `  right: const model = new ${layer}(..., new nnx.Rngs(0)); model(x)`,
      );
    },
  });
}
