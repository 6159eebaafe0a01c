import type { ArrayLike, NDArray } from "../../array/index.ts";
import { add, asarray, outliving, zerosLike } from "../../array/index.ts";
import { assertNames, describe, hasBrand } from "../../base/index.ts";
import type { CallableModule } from "../graph/callable.ts";
import { assertGraph, modulesIn } from "../graph/walk.ts";
import { isNumbers } from "../tree/data.ts";
import type { Path } from "../tree/path.ts";
import { pathKey } from "../tree/path.ts";
import type { Entry } from "../graph/leaf.ts";
import type { State } from "../states/state.ts";
import { fromFlatState, partition } from "../states/state.ts";
import type { Variable, VariableClass, VariableValue } from "../variables/variable.ts";
import { make } from "../variables/variable.ts";
import { variableTypeFromName } from "../variables/variablenames.ts";

/** What a module has recorded: by class of Variables, by name. */
type Records = Map<VariableClass, Map<string, unknown>>;

/** The modules of the calls that are being captured. */
const capturing = new WeakMap<object, Records>();

const warned = new Set<string>();

/** How `sow` puts values together. */
export interface SowOptions {
  /** What was recorded before, and the new value, become what is recorded; by default a list of all. */
  readonly reduceFn?: (before: never, value: never) => unknown;
  /** What `reduceFn` gets first; by default an empty list. */
  readonly initFn?: () => unknown;
}

const append = (all: readonly unknown[], value: unknown): unknown => [...all, value];

/** `nnx.Module`'s method `sow`. */
export function sow(
  module: object,
  type: VariableClass | string,
  name: string,
  value: unknown,
  options: SowOptions = {},
): boolean {
  assertNames(options, "sow", ["reduceFn", "initFn"]);
  const { reduceFn = append as never, initFn = () => [] } = options;
  // The caller's own numbers, which may change.
  if (isNumbers(value)) value = asarray(value as never);
  const kind = typeof type === "string" ? variableTypeFromName(type) : type;
  const reduce = reduceFn as (before: unknown, value: unknown) => unknown;
  const records = capturing.get(module);
  if (records) {
    const mine = records.get(kind);
    mine?.set(name, outliving(reduce(mine.has(name) ? mine.get(name) : initFn(), value)));
    return mine !== undefined;
  }
  const attributes = module as Record<string, unknown>;
  if (!(name in module)) attributes[name] = make(kind, outliving(reduce(initFn(), value)), {});
  else {
    const known = storedVariable(module, kind, name, "sow");
    known.setRawValue(reduce(known.getRawValue(), value) as never);
  }
  warnOnce(
    "sow outside nnx.capture stores its values on the module, where they grow with every call. " +
      "const [y, sown] = nnx.capture(model, nnx.Intermediate)(x) gives them instead",
  );
  return true;
}

/** `nnx.Module`'s method `perturb`. */
export function perturb(module: object, name: string, value: ArrayLike, type: VariableClass | string): NDArray {
  const kind = typeof type === "string" ? variableTypeFromName(type) : type;
  const x = asarray(value);
  const records = capturing.get(module);
  if (records) {
    const mine = records.get(kind);
    if (mine === undefined) return x;
    if (!mine.has(name)) mine.set(name, outliving(zerosLike(x)));
    return add(mine.get(name) as NDArray, x);
  }
  if (!(name in module)) (module as Record<string, unknown>)[name] = make(kind, outliving(zerosLike(x)), {});
  warnOnce(
    "perturb outside nnx.capture stores its values on the module. " +
      "const [y, perturbations] = nnx.capture(model, nnx.Perturbation)(x) gives them instead",
  );
  return add(storedVariable(module, kind, name, "perturb").getValue() as NDArray, x);
}

/** @throws TypeError if the attribute is not a Variable of the class */
function storedVariable(module: object, kind: VariableClass, name: string, fn: string): Variable<VariableValue> {
  const known = (module as Record<string, unknown>)[name];
  if (hasBrand(known, "Variable") && (known as object).constructor === kind) return known as Variable<VariableValue>;
  throw new TypeError(
    `${module.constructor.name}.${fn}: "name" expected one that is free or a ${(kind as { name?: string }).name}, ` +
      `got ${JSON.stringify(name)}, which is ${describe(known)}`,
  );
}

function warnOnce(text: string): void {
  if (warned.has(text)) return;
  warned.add(text);
  (globalThis.console as { warn?(text: string): void } | undefined)?.warn?.(`flaxen: ${text}`);
}

/**
 * What modules have recorded now, for a function that runs again later: what it gives calls a function with copies of
 * these records, so that nothing is recorded twice.
 */
export function holdRecords(modules: readonly object[]): <R>(f: () => R) => R {
  const held = modules.map((module) => [module, copyOf(capturing.get(module))] as const);
  return (f) => {
    const before = held.map(([module]) => capturing.get(module));
    for (const [module, records] of held) setRecords(module, copyOf(records));
    try {
      return f();
    } finally {
      held.forEach(([module], i) => setRecords(module, before[i]));
    }
  };
}

function copyOf(records: Records | undefined): Records | undefined {
  return records && new Map(Array.from(records, ([type, values]) => [type, new Map(values)]));
}

function setRecords(module: object, records: Records | undefined): void {
  if (records) capturing.set(module, records);
  else capturing.delete(module);
}

/** What `capture` starts from and what it records by itself. */
export interface CaptureOptions {
  /** Values recorded before, as an earlier `capture` gave them. */
  readonly init?: State;
  /** Records what every method of every module returns, under the method's name, as this class of Variables. */
  readonly methodOutputs?: VariableClass;
}

/** The result of the call, then one State for every class of Variables. */
export type Captured<R> = [result: R, ...states: State[]];

/**
 * A function that calls `fn` and gives what it returns together with what the modules recorded by `sow` on the way: one
 * State for each class of Variables. `fn` is a module, or a function whose first argument is one.
 *
 * With `methodOutputs` every method of the classes involved (not those of their base classes, nor names that begin with
 * an underscore, save `__call__`) records its results: they are listed if the class is among `types` too.
 *
 * @throws TypeError if `fn` is not a function, or its first argument is not a module
 *
 * Source: Flax 0.12.8 `flax/nnx/module.py` (`capture`).
 * @example
 * class Net extends nnx.Module {
 *   __call__(x) {
 *     this.sow(nnx.Intermediate, "doubled", x.mul(2));
 *     return x;
 *   }
 * }
 * const [y, sown] = nnx.capture(new Net(), nnx.Intermediate)(jnp.array([1]));
 * sown.get("doubled").get()[0].tolist() // => [2]
 */
export function capture<A extends readonly unknown[], R>(
  fn: (...args: A) => R,
  ...rest: readonly (VariableClass | CaptureOptions)[]
): (...args: A) => Captured<R> {
  if (typeof fn !== "function")
    throw new TypeError(`nnx.capture: "fn" expected a module or a function, got ${describe(fn)}`);
  const types = rest.filter((x): x is VariableClass => typeof x === "function");
  const options = (rest.find((x) => typeof x !== "function") ?? {}) as CaptureOptions;
  assertNames(options, "nnx.capture", ["init", "methodOutputs"]);
  const { init, methodOutputs } = options;
  return (...args) => {
    const root: unknown = hasBrand(fn, "Module") ? fn : args[0];
    assertGraph(root, "capture");
    const modules = [...modulesIn(root)];
    const before = modules.map(([, module]) => capturing.get(module));
    for (const [path, module] of modules) capturing.set(module, start(path, types, init));
    const restore = methodOutputs ? recordMethods(modules, methodOutputs) : () => {};
    try {
      const result = fn(...args);
      const [states] = partition([...recorded(modules, types)], types.length === 0 ? [false] : types, "capture");
      return types.length === 0 ? [result] : [result, ...states];
    } finally {
      restore();
      modules.forEach(([, module], i) => setRecords(module, before[i]));
    }
  };
}

function start(path: Path, types: readonly VariableClass[], init: State | undefined): Records {
  const records: Records = new Map(types.map((type) => [type, new Map()]));
  const here = init === undefined || !init.has(...path) ? undefined : init.get<State>(...path);
  for (const [[name, ...below], leaf] of here ?? []) {
    if (below.length > 0 || !hasBrand(leaf, "Variable")) continue;
    const type = leaf.constructor as unknown as VariableClass;
    (records.get(type) ?? records.set(type, new Map()).get(type)!).set(
      String(name),
      (leaf as Variable<VariableValue>).getRawValue(),
    );
  }
  return records;
}

function recorded(modules: readonly (readonly [Path, CallableModule])[], types: readonly VariableClass[]): State {
  const entries = new Map<string, Entry>();
  for (const [path, module] of modules) {
    for (const [type, values] of capturing.get(module) ?? []) {
      if (!types.includes(type)) continue;
      for (const [name, value] of values)
        entries.set(pathKey([...path, name]), [[...path, name], make(type, value, {})]);
    }
  }
  return fromFlatState(entries.values());
}

/** Makes the methods of the modules' classes record what they return, until the function it gives is called. */
function recordMethods(modules: readonly (readonly [Path, CallableModule])[], type: VariableClass): () => void {
  const prototypes = new Set(modules.map(([, module]) => Object.getPrototypeOf(module) as object));
  const originals: [object, string, PropertyDescriptor][] = [];
  for (const prototype of prototypes) {
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      const method: unknown = descriptor.value;
      if (typeof method !== "function" || name === "constructor" || (name.startsWith("_") && name !== "__call__"))
        continue;
      originals.push([prototype, name, descriptor]);
      Object.defineProperty(prototype, name, {
        ...descriptor,
        value(this: object, ...args: unknown[]) {
          const result: unknown = method.apply(this, args);
          if (capturing.has(this)) sow(this, type, name, result);
          return result;
        },
      });
    }
  }
  return () => originals.forEach(([prototype, name, descriptor]) => Object.defineProperty(prototype, name, descriptor));
}
