import { brandOf, describe, hasBrand, int } from "../../base/index.ts";
import type { NDArray } from "../../array/index.ts";
import { capture } from "./capture.ts";
import { isPlain } from "../tree/data.ts";
import { evalShape } from "../states/evalshape.ts";
import { iterModules } from "./iterate.ts";
import type { Module } from "./module.ts";
import type { Path } from "../tree/path.ts";
import { comparePaths, pathKey } from "../tree/path.ts";
import { formatBytes, group, sizesOf } from "./sizes.ts";
import { clone } from "../states/split.ts";
import { layOut, wrap } from "./table.ts";

/** How `tabulate` looks at a model; told from the model's own options by its keys. */
export interface TabulateOptions {
  /** Modules below this many path parts are left out; all are shown, if left out. */
  readonly depth?: number;
  /** The method that is called, default `"__call__"`. */
  readonly method?: string;
  /** Columns of text, default 80. */
  readonly width?: number;
}

const OPTIONS = new Set(["depth", "method", "width"]);
const HEADINGS = ["path", "type", "inputs", "outputs", "params", "bytes"];

/** What a module was called with, and what it gave. */
interface Call {
  readonly inputs: readonly unknown[];
  readonly output: unknown;
}

/**
 * A text table of a model: for every module its path, type, the inputs and outputs of its first call, how many numbers
 * its Params have, and the bytes of all its Variables, those of the modules below included; then the totals by kind.
 *
 * The model is called on a copy and under `nnx.evalShape`: nothing is computed and nothing changes.
 *
 * @param args what the model is called with; a last object of `TabulateOptions` is not passed on
 * @returns lines of at most `width` columns
 * @throws TypeError if `model` is not a module or has no such method
 *
 * Source: Flax 0.12.8 `flax/nnx/summary.py` (`tabulate`).
 * @example
 * nnx.tabulate(model, jnp.ones([2, 3])).includes("float32[2,4]") // => true
 */
export function tabulate(model: object, ...args: readonly unknown[]): string {
  if (!hasBrand(model, "Module"))
    throw new TypeError(`nnx.tabulate: "model" expected a module, got ${describe(model)}`);
  const last = args.at(-1);
  const options = isOptions(last) ? last : {};
  const { method = "__call__" } = options;
  const depth = options.depth === undefined ? Infinity : int(options.depth, 'nnx.tabulate: "depth"');
  const width = int(options.width ?? 80, 'nnx.tabulate: "width"');
  const calls = callsOf(model as Module, method, isOptions(last) ? args.slice(0, -1) : args);
  const modules = [...iterModules(model)]
    .filter(([path]) => path.length <= depth)
    .sort(([a], [b]) => comparePaths(a, b));
  const shown = modules.filter(
    ([path, module]) => calls.has(pathKey(path)) || typeof module.__call__ === "function" || path.length === 0,
  );
  const rows = shown.map(([path, module]) => rowOf(path, module, calls.get(pathKey(path))));
  const totals = [...sizesOf(model)].map(([kind, [count, bytes]]) => `${group(count)} ${kind} (${formatBytes(bytes)})`);
  return [
    ...layOut(HEADINGS, rows, width),
    ...wrap(`Total: ${totals.length === 0 ? "no Variables" : totals.join(", ")}`, width),
  ].join("\n");
}

function isOptions(x: unknown): x is TabulateOptions {
  return (
    typeof x === "object" &&
    x !== null &&
    isPlain(x) &&
    !Array.isArray(x) &&
    Object.keys(x).length > 0 &&
    Object.keys(x).every((key) => OPTIONS.has(key))
  );
}

/** The first call of every module of a copy of `model`, by path. */
function callsOf(model: Module, method: string, args: readonly unknown[]): ReadonlyMap<string, Call> {
  const copy = clone(model) as Module & Record<string, unknown>;
  if (typeof copy[method] !== "function")
    throw new TypeError(`nnx.tabulate: "method" expected one of ${model.constructor.name}'s, got ${describe(method)}`);
  const calls = new Map<string, Call>();
  for (const [path, module] of iterModules(copy))
    listen(
      module,
      path.length === 0 ? method : "__call__",
      (call) => void (calls.has(pathKey(path)) || calls.set(pathKey(path), call)),
    );
  const run = (module: Module & Record<string, unknown>): unknown =>
    (module[method] as (...args: readonly unknown[]) => unknown)(...args);
  // Captured, so that what modules sow is no attribute of the copy and no warning.
  evalShape(() => capture(run)(copy)[0]);
  return calls;
}

function listen(module: object, method: string, heard: (call: Call) => void): void {
  const original: unknown = (module as Record<string, unknown>)[method];
  if (typeof original !== "function") return;
  Object.defineProperty(module, method, {
    value(this: object, ...inputs: unknown[]): unknown {
      const output: unknown = original.apply(this, inputs);
      heard({ inputs, output });
      return output;
    },
  });
}

function rowOf(path: Path, module: Module, call: Call | undefined): string[] {
  const sizes = sizesOf(module);
  const bytes = [...sizes.values()].reduce((sum, [, own]) => sum + own, 0);
  const params = sizes.get("Param")?.[0] ?? 0;
  return [
    path.join("/"),
    module.constructor.name,
    call ? call.inputs.map(shapeOf).join(", ") : "",
    call ? shapeOf(call.output) : "",
    params === 0 ? "" : group(params),
    bytes === 0 ? "" : formatBytes(bytes),
  ];
}

/** `float32[2,3]`; the parts of a list or object; other values as they are. */
function shapeOf(x: unknown): string {
  if (brandOf(x) === "NDArray" || brandOf(x) === "Key" || brandOf(x) === "Variable")
    return `${(x as NDArray).dtype}[${(x as NDArray).shape.join(",")}]`;
  if (ArrayBuffer.isView(x)) return `${x.constructor.name}[${(x as Uint8Array).length}]`;
  if (Array.isArray(x)) return `[${x.map(shapeOf).join(", ")}]`;
  if (typeof x === "object" && x !== null && isPlain(x))
    return `{${Object.entries(x)
      .map(([key, value]) => `${key}: ${shapeOf(value)}`)
      .join(", ")}}`;
  return typeof x === "object" && x !== null ? x.constructor.name : String(x);
}
