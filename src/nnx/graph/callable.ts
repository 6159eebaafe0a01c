import { BRAND } from "../../base/index.ts";

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
    const self: Callable = (...args) => {
      if (self.__call__ === undefined) notCallable(self);
      try {
        return self.__call__(...args);
      } catch (error) {
        throw redeclaredError(error, self) ?? error;
      }
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

/**
 * What is wrong where a subclass declares a field again that its base class sets: the field is undefined then. Told from
 * the engine's error and the text of the class, for nothing runs between the two classes' constructors.
 */
function redeclaredError(error: unknown, self: object): TypeError | undefined {
  const base = Object.getPrototypeOf(Object.getPrototypeOf(self)) as object;
  if (!(error instanceof TypeError) || !/undefined/.test(error.message) || Object.hasOwn(base, BRAND)) return undefined;
  const { name } = self.constructor;
  const text = Function.prototype.toString.call(self.constructor);
  const field = Object.entries(self).find(
    ([key, value]) => value === undefined && new RegExp(`[{;}\\s]${key}\\s*[;}\\n]`).test(text),
  )?.[0];
  if (field === undefined) return undefined;
  return new TypeError(
    `${name}.${field}: expected what ${base.constructor.name} set, got undefined: a field that a subclass declares ` +
      "again is set to undefined.\n" +
      `  wrong: class ${name} extends ${base.constructor.name} { ${field}; }\n` +
      `  right: class ${name} extends ${base.constructor.name} { declare ${field}: ...; }, or leave it out`,
    { cause: error },
  );
}

function notCallable(self: object): never {
  const { name } = self.constructor;
  throw new TypeError(
    `${name} is not callable: it has no __call__. Write its forward pass as a method\n` +
      `  class ${name} extends nnx.Module { __call__(x) { ... } }`,
  );
}
