import { LoadError } from "../weights/index.ts";
import type { Folder } from "./folder.ts";
import { readJson, subfolder } from "./folder.ts";
import { MANIFEST } from "./ocdbt/database.ts";
import { ZARRAY } from "./zarr/v2.ts";
import { ZARR_JSON } from "./zarr/v3.ts";

/** The name of the file that says which arrays there are. */
export const METADATA = "_METADATA";
/** Says which items a step has. */
const STEP_METADATA = "_CHECKPOINT_METADATA";
/** Stands beside the items of a checkpoint by `orbax.checkpoint.v1`. */
const V1_MARK = "orbax.checkpoint";
/** What Orbax calls the one item of a step that has one. */
const USUAL_ITEMS = ["default", "state", "pytree", "params", "model"];
/** Part of the name of the folder of a save that did not finish. */
const UNFINISHED = ".orbax-checkpoint-tmp";
/** The name of a step's folder: a number, with a prefix or without. */
const STEP = /\d+$/;

export interface LayoutOptions {
  /** The step to read, of a folder with several; without it the last one. */
  readonly step?: number | undefined;
  /** The item to read, of a step with several. */
  readonly item?: string | undefined;
}

/** The folder with the arrays. */
export interface Layout {
  readonly folder: Folder;
  /** The items beside it that are JSON, by name. */
  readonly others: ReadonlyMap<string, unknown>;
}

/**
 * Finds the arrays in `folder`: it may be their own, that of a step with items, or that of a CheckpointManager.
 *
 * @throws LoadError `Uncommitted`, `WrongFormat`, or `TensorMissing` if there is no such step or item
 */
export async function findLayout(folder: Folder, options: LayoutOptions, signal?: AbortSignal): Promise<Layout> {
  const last = folder.name
    .replace(/[?#].*$/, "")
    .replace(/[\\/]+$/, "")
    .split(/[\\/]/)
    .at(-1)!;
  if (last.includes(UNFINISHED)) throw uncommittedError(folder.name);
  if (options.step !== undefined) {
    const step = await findStep(folder, options.step);
    return await findItem(subfolder(folder, step), options, signal);
  }
  if (options.item === undefined && (await hasArrays(folder, signal))) return { folder, others: new Map() };
  if (await isStep(folder, options, signal)) return await findItem(folder, options, signal);
  const step = await findStep(folder, undefined);
  return await findItem(subfolder(folder, step), options, signal);
}

async function hasArrays(folder: Folder, signal: AbortSignal | undefined): Promise<boolean> {
  for (const file of [METADATA, MANIFEST]) if (await exists(folder, file, signal)) return true;
  if (folder.list === undefined) return false;
  for (const name of await folder.list(""))
    for (const file of [ZARRAY, ZARR_JSON]) if (await exists(folder, `${name}/${file}`, signal)) return true;
  return false;
}

async function exists(folder: Folder, path: string, signal: AbortSignal | undefined): Promise<boolean> {
  return (await folder.read(path, 0, 1, signal)) !== undefined;
}

async function isStep(folder: Folder, { item }: LayoutOptions, signal: AbortSignal | undefined): Promise<boolean> {
  for (const file of [STEP_METADATA, V1_MARK]) if (await exists(folder, file, signal)) return true;
  const names = item === undefined ? ((await folder.list?.("")) ?? USUAL_ITEMS) : [item];
  for (const name of names) if (!STEP.test(name) && (await hasArrays(subfolder(folder, name), signal))) return true;
  return false;
}

/** The folder of the step `step`, or of the last one. */
async function findStep(folder: Folder, step: number | undefined): Promise<string> {
  const names = (await folder.list?.("")) ?? [];
  if (step !== undefined && folder.list === undefined) return String(step);
  const steps = names
    .filter((name) => !name.includes(UNFINISHED) && STEP.test(name))
    .map((name) => ({ name, number: Number(/\d+$/.exec(name)![0]) }))
    .sort((a, b) => a.number - b.number);
  const found = step === undefined ? steps.at(-1) : steps.find(({ number }) => number === step);
  if (found !== undefined) return found.name;
  if (step !== undefined)
    throw stepError(
      folder.name,
      step,
      steps.map(({ number }) => number),
    );
  if (names.some((name) => name.includes(UNFINISHED))) throw uncommittedError(folder.name);
  throw formatError(folder, names);
}

/** The item of a step that has the arrays. */
async function findItem(folder: Folder, options: LayoutOptions, signal: AbortSignal | undefined): Promise<Layout> {
  if (options.item === undefined && (await hasArrays(folder, signal))) return { folder, others: new Map() };
  const names = options.item === undefined ? await itemNames(folder, signal) : [options.item];
  const found: string[] = [];
  const others = new Map<string, unknown>();
  for (const name of names) {
    const item = subfolder(folder, name);
    if (await hasArrays(item, signal)) found.push(name);
    else {
      const json = await readJson(item, "metadata", signal);
      if (json !== undefined) others.set(name, json);
    }
  }
  if (found.length === 1) return { folder: subfolder(folder, found[0]!), others };
  throw itemError(folder.name, options.item, found);
}

async function itemNames(folder: Folder, signal: AbortSignal | undefined): Promise<string[]> {
  const metadata = await readJson(folder, STEP_METADATA, signal);
  const { item_handlers: handlers } = Object(metadata) as Record<string, unknown>;
  const named = typeof handlers === "object" && handlers !== null ? Object.keys(handlers) : [];
  const listed = (await folder.list?.("")) ?? USUAL_ITEMS;
  return [...new Set([...named, ...listed])].filter((name) => !name.includes("/") && !/^\.+$/.test(name));
}

function uncommittedError(source: string): LoadError {
  const message = `expected a finished checkpoint, got the folder of a save that did not finish ("${UNFINISHED}")`;
  return new LoadError("Uncommitted", message, { source });
}

function formatError(folder: Folder, names: readonly string[]): LoadError {
  const expected = `expected an Orbax checkpoint: a folder with ${METADATA} or ${MANIFEST}, a step, or steps`;
  let fix = "";
  if (names.includes("checkpoint")) fix = '. The file "checkpoint" is Flax msgpack: use open of flaxen/weights';
  else if (folder.list === undefined)
    fix = ". Steps cannot be listed here: open the folder of one, or name it, { step }";
  return new LoadError("WrongFormat", `${expected}${fix}`, { source: folder.name });
}

function stepError(source: string, step: number, steps: readonly number[]): LoadError {
  const got = steps.length > 0 ? steps.join(", ") : "none";
  return new LoadError("TensorMissing", `expected step ${step}, got the steps ${got}`, { source });
}

function itemError(source: string, item: string | undefined, found: readonly string[]): LoadError {
  if (item !== undefined)
    return new LoadError("TensorMissing", `expected the item ${JSON.stringify(item)}`, { source });
  if (found.length === 0) return new LoadError("WrongFormat", "expected an item with arrays, got none", { source });
  const names = found.map((name) => JSON.stringify(name)).join(", ");
  return new LoadError("WrongFormat", `expected one item with arrays, got ${names}. Choose one: { item }`, { source });
}
