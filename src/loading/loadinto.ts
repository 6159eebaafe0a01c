import { assertTakes, describe } from "../base/index.ts";
import type { PathPart, VariableValue } from "../nnx/index.ts";
import type { MemoryFile, WeightsFile } from "../weights/index.ts";
import { fileNames } from "./filenames.ts";
import { matchNames } from "./match.ts";
import { Mismatches } from "./mismatches.ts";
import { matchPaths } from "./naming.ts";
import type { LoadOptions, LoadReport } from "./options.ts";
import { LOAD_OPTIONS } from "./options.ts";
import { planLoading } from "./plan.ts";
import { readPlan } from "./read.ts";
import { underHint } from "./underhint.ts";
import type { ModelLeaf } from "./targets.ts";
import { leavesOf } from "./targets.ts";

/**
 * Loads weights from a file into a model, in place. Everything is planned and checked before anything is read, and read
 * before anything changes: after an error every bit of the model is as it was.
 *
 * Lists load by index, PRNG keys from their uint32 data, shared parameters by any of their paths. Arrays are read one
 * at a time: beside the model and its new weights the largest of them is in memory.
 *
 * @param model - a module, or an object of such
 * @param file - a file of `open`, `readSafetensors`, ... or of `flaxen/orbax`; it stays open
 * @returns what was loaded, and what was not
 * @throws StateError `MissingKeys`, `UnexpectedKeys` with both lists and the nearest names, `ShapeMismatch` with the
 * layout that would fit, `DtypeMismatch`, `AliasConflict`
 * @throws LoadError if the file is damaged; the reason of `signal`
 *
 * @example
 * const file = weights.readSafetensors(weights.save({ kernel: jnp.ones([3, 4]) }));
 * const copy = nnx.clone(model);
 * const report = await weights.loadInto(copy, file);
 * report.loaded // => ["kernel"]
 * copy([1, 2, 3]).tolist() // => [6, 6, 6, 6]
 */
export async function loadInto(
  model: object,
  file: WeightsFile | MemoryFile,
  options: LoadOptions = {},
): Promise<LoadReport> {
  assertTakes(arguments, "loadInto", "model file options", LOAD_OPTIONS);
  checkFile(file);
  checkOptions(options);
  const { map, only, under, signal } = options;
  signal?.throwIfAborted();
  const leaves = leavesOf(model, only);
  const names = fileNames(file, under);
  const mismatches = new Mismatches();
  const matched = map === undefined ? matchPaths(names, leaves) : matchNames(names, map);
  const plan = planLoading(names, leaves, matched, mismatches);
  const missing = plan.missing.map(({ name }) => name);
  const { strict = true } = options;
  mismatches.throwIfAny(
    file.source,
    strict === true || strict === "missing" ? missing : [],
    strict === true || strict === "unexpected" ? plan.unexpected : [],
    underHint(missing, plan.unexpected, plan.steps.length === 0),
  );
  const { values, ...read } = await readPlan(plan, file, names, options);
  signal?.throwIfAborted();
  commit(model, values);
  return {
    loaded: plan.steps.flatMap(({ sources }) => sources.map(names.original)),
    missing,
    unexpected: plan.unexpected.map(names.original),
    ignored: [...names.outside, ...plan.ignored.map(names.original)],
    ...read,
  };
}

/** Puts the values into the model. Nothing can fail any more when the first leaf changes. */
function commit(model: object, values: ReadonlyMap<ModelLeaf, VariableValue>): void {
  for (const [{ path, variable }, value] of values) {
    if (variable === undefined) itemsAt(model, path.slice(0, -1))[path.at(-1)!] = value;
    else variable.setRawValue(value);
  }
}

/** What is at `path`, as a record of what it has. */
function itemsAt(model: object, path: readonly PathPart[]): Record<PathPart, unknown> {
  return path.reduce((items, part) => items[part] as typeof items, model as Record<PathPart, unknown>);
}

function checkFile(file: unknown): void {
  const { get, names } = (file ?? {}) as Partial<WeightsFile>;
  if (typeof get === "function" && Array.isArray(names)) return;
  const fix = file instanceof Promise ? "Await it" : "Open it first: await weights.open(file)";
  throw new TypeError(`loadInto: "file" expected what weights.open gives, got ${describe(file)}. ${fix}`);
}

function checkOptions({ strict, dtype, under }: LoadOptions): void {
  if (strict !== undefined && typeof strict !== "boolean" && strict !== "missing" && strict !== "unexpected")
    throw new TypeError(`loadInto: "strict" expected true, false, "missing" or "unexpected", got ${describe(strict)}`);
  if (dtype !== undefined && dtype !== "model" && dtype !== "file")
    throw new TypeError(`loadInto: "dtype" expected "model" or "file", got ${describe(dtype)}`);
  if (under !== undefined && typeof under !== "string")
    throw new TypeError(`loadInto: "under" expected the beginning of names, got ${describe(under)}`);
}
