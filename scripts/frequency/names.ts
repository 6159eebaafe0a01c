/**
 * Which names of JAX, Flax and optax public NNX programs use, and whether flaxen has them: test/golden/frequency.tsv
 * (a name a line, with how many files and repositories use it, and what stands for it) and frequency-files.tsv (a file
 * a line, with its names).
 */
import { readFileSync } from "node:fs";
import * as flaxen from "../../src/index.ts";
import * as orbax from "../../src/orbax/index.ts";
import { isAbsent } from "../surface/absentnames.ts";
import { camelCase } from "../surface/camelcase.ts";

/** What is said of a name. */
interface Entry {
  readonly repositories: number;
  /** `here`, `as` (something else does it), `not needed`, or `not`. */
  readonly state: string;
  /** What stands for it, or the chapter that it belongs to. */
  readonly note: string;
}

/** The fate of a name: flaxen has it, it is not counted, or it is missing. */
export type Fate = "here" | "not counted" | "missing";

/** Python's packages by flaxen's namespaces; the longest that fits counts. */
const SPACES: readonly (readonly [python: string, space: object])[] = [
  ["flax.traverse_util", flaxen.traverseUtil],
  ["flax.nnx", flaxen.nnx],
  ["jax.numpy", flaxen.numpy],
  ["jax.tree_util", flaxen.treeUtil],
  ["orbax.checkpoint", orbax],
  ["jnp", flaxen.numpy],
  ["nnx", flaxen.nnx],
  ["optax", flaxen.optax],
  ["jax", flaxen.jax],
];

/** Chapters that do not count: other work, or what one process without a compiler has no use of. */
const NOT_COUNTED = /^(?:gradients|checkpoints|devices)/;

/** Types, which leave nothing behind at run time, by what has them. */
const TYPES: ReadonlySet<string> = new Set(["nnx.Initializer", "optax.GradientTransformation"]);

function lines(file: string): string[][] {
  return readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split("\t"));
}

/** Whether a path of names leads somewhere. */
function leads(from: object, path: readonly string[]): boolean {
  let at: unknown = from;
  for (const name of path) {
    if ((typeof at !== "object" && typeof at !== "function") || at === null || !(name in at)) return false;
    at = (at as Record<string, unknown>)[name];
  }
  return !isAbsent(at);
}

/** Whether flaxen has a name of Python's. */
export function isHere(name: string): boolean {
  if (TYPES.has(name)) return true;
  const found = SPACES.find(([python]) => name === python || name.startsWith(`${python}.`));
  if (found === undefined) return false;
  const [python, space] = found;
  return leads(
    space,
    name
      .slice(python.length + 1)
      .split(".")
      .filter((part) => part !== "")
      .map(camelCase),
  );
}

/** The fates of all names and of all files. */
export interface Frequency {
  /** For each name its fate, and how many repositories use it. */
  readonly names: ReadonlyMap<string, { readonly fate: Fate; readonly repositories: number; readonly note: string }>;
  /** For each file the names that are missing. */
  readonly files: ReadonlyMap<string, readonly string[]>;
}

/** Reads the two files of a folder. */
export function frequencyOf(folder: string): Frequency {
  const entries = new Map(
    lines(`${folder}/frequency.tsv`).map(([name, , repositories, , state, note]): [string, Entry] => [
      name!,
      { repositories: Number(repositories), state: state!, note: note ?? "" },
    ]),
  );
  const names = new Map<string, { fate: Fate; repositories: number; note: string }>();
  const nameOf = (name: string): Fate => {
    const known = names.get(name);
    if (known !== undefined) return known.fate;
    const entry = entries.get(name);
    const fate = fateOf(name, entry);
    names.set(name, { fate, repositories: entry?.repositories ?? 0, note: entry?.note ?? "" });
    return fate;
  };
  const files = new Map(
    lines(`${folder}/frequency-files.tsv`).map(([file, used = ""]) => [
      file!,
      used.split(" ").filter((name) => name !== "" && nameOf(name) === "missing"),
    ]),
  );
  return { names, files };
}

function fateOf(name: string, entry: Entry | undefined): Fate {
  if (isHere(name)) return "here";
  if (entry === undefined) return "missing";
  if (entry.state === "as" && standsThere(entry.note)) return "here";
  if (entry.state === "not needed" || (entry.state === "not" && NOT_COUNTED.test(entry.note))) return "not counted";
  return "missing";
}

/** Whether what stands for a name is there: `nnx.softmax`, `NDArray`. */
function standsThere(note: string): boolean {
  return (
    note === "(ignored)" ||
    leads(
      flaxen,
      note
        .replace(/^jnp\./, "numpy.")
        .split(".")
        .map(camelCase),
    )
  );
}
