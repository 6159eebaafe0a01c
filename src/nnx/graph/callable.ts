import type { BRAND } from "../../base/index.ts";
import { assertFields } from "./redeclared.ts";

/** What an instance does when it is called is its prototype's `__call__`. */
interface Callable {
  (...args: unknown[]): unknown;
  __call__?(...args: unknown[]): unknown;
}

/** A module, as far as those need to know it who only call it or find it. */
export interface CallableModule<Args extends readonly unknown[] = never[], Result = unknown> {
  readonly [BRAND]: "Module";
  (...args: Args): Result;
  /** The forward pass, written by the subclass; `model(x)` calls it. */
  __call__?(...args: Args): Result;
}

/**
 * The base of every class whose instances are called like functions: its constructor returns a closure that has the
 * subclass's prototype, so that fields, methods and `instanceof` work as usual. No eval, no Proxy.
 *
 * The prototype chain leaves Function.prototype out, so that attributes may have its names.
 *
 * @internal
 */
export class CallableObject {
  constructor() {
    let isChecked = false;
    const self: Callable = (...args) => {
      if (!isChecked) {
        assertCallable(self);
        isChecked = true;
      }
      return self.__call__!(...args);
    };
    return Object.setPrototypeOf(self, new.target.prototype);
  }
}

/** An instance of the class of `prototype` without attributes: no constructor of its own runs. */
export function emptyCallable(prototype: object): object {
  const { constructor } = prototype as { constructor: new () => object };
  const self = Reflect.construct(CallableObject, [], constructor) as { name?: string; length?: number };
  if (Object.getPrototypeOf(self) !== prototype) Object.setPrototypeOf(self, prototype);
  delete self.name;
  delete self.length;
  return self;
}

/** @throws TypeError if there is no `__call__`, or if a field is undefined because it was declared again */
function assertCallable(self: Callable): void {
  if (self.__call__ === undefined) notCallable(self);
  assertFields(self);
}

function notCallable(self: object): never {
  const { name } = self.constructor;
  throw new TypeError(
    `${name} is not callable: it has no __call__. Write its forward pass as a method\n` +
      `  class ${name} extends nnx.Module { __call__(x) { ... } }`,
  );
}
