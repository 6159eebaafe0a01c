import type { NDArray } from "../array/index.ts";
import type { VariableValue } from "../nnx/index.ts";
import { StateError } from "../nnx/index.ts";
import type { FileDType, MemoryFile, WeightsFile } from "../weights/index.ts";
import { dtypeOf, ProgressMeter } from "../weights/index.ts";
import type { FileNames } from "./filenames.ts";
import type { LoadOptions, LoadReport } from "./options.ts";
import type { Plan, Step } from "./plan.ts";
import type { ModelLeaf } from "./targets.ts";
import { haveSameBits, toLeafValue } from "./values.ts";

/** What was read. */
export interface ReadValues extends Pick<LoadReport, "cast" | "tied" | "bytes"> {
  readonly values: ReadonlyMap<ModelLeaf, VariableValue>;
}

/**
 * Reads what the plan says, each array of the file once and in its steps' order. An array of the file lives until the
 * step that needs it is done.
 *
 * @throws StateError `AliasConflict` if arrays that must be equal are not; what the file and the steps throw
 */
export async function readPlan(
  plan: Plan,
  file: WeightsFile | MemoryFile,
  names: FileNames,
  { dtype = "model", signal, onProgress }: LoadOptions,
): Promise<ReadValues> {
  const steps = [...plan.steps, ...plan.ties].map((step, i) => ({
    ...step,
    isTie: i >= plan.steps.length,
    arrays: step.sources.map((): NDArray | undefined => undefined),
    left: step.sources.length,
  }));
  const uses = new Map<string, [step: (typeof steps)[number], at: number][]>();
  for (const step of steps) {
    for (const [at, source] of step.sources.entries()) {
      const stored = names.stored(source);
      uses.set(stored, [...(uses.get(stored) ?? []), [step, at]]);
    }
  }

  const meter = onProgress && new ProgressMeter(onProgress);
  const sizes = new Map([...uses.keys()].map((name) => [name, file.info(name).bytes]));
  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  if (meter !== undefined) meter.total = bytes;

  const values = new Map<ModelLeaf, VariableValue>();
  const cast: LoadReport["cast"][number][] = [];
  const tied: [string, string][] = [];
  const later: [Step, readonly NDArray[]][] = [];
  for await (const [name, array] of file.read(uses.keys(), { ...(signal && { signal }) })) {
    meter?.add(sizes.get(name)!, name);
    for (const [step, at] of uses.get(name)!) {
      step.arrays[at] = array;
      if (--step.left > 0) continue;
      const results = step.recipe.forward(step.arrays as NDArray[]);
      step.arrays.fill(undefined);
      if (step.isTie && step.leaves.every((leaf) => leaf === undefined || values.has(leaf)))
        tied.push(...compare(step, results));
      else if (step.isTie) later.push([step, results]);
      else setValues(step, results);
    }
    uses.delete(name);
  }
  meter?.flush();
  for (const [step, results] of later) tied.push(...compare(step, results));
  return { values, cast, tied, bytes };

  function setValues(step: Step, results: readonly NDArray[]): void {
    const source = step.sources.map(names.original).join(", ");
    for (const [i, leaf] of step.leaves.entries()) {
      if (leaf === undefined) continue;
      values.set(leaf, toLeafValue(results[i]!, leaf, dtype, source));
      noteCast(step, values.get(leaf)!);
    }
  }

  function noteCast({ sources }: Step, { dtype: to }: VariableValue): void {
    for (const source of sources) {
      const from = dtypeName(names.info(source).dtype);
      if (to !== "key<fry>" && from !== to && !cast.some(({ name }) => name === names.original(source)))
        cast.push({ name: names.original(source), from, to });
    }
  }

  /** @throws StateError `AliasConflict` */
  function compare(step: Step, results: readonly NDArray[]): [string, string][] {
    const source = step.sources.map(names.original).join(", ");
    return step.leaves.flatMap((leaf, i): [string, string][] => {
      if (leaf === undefined) return [];
      const loaded = values.get(leaf) ?? (leaf.variable?.getRawValue() as VariableValue);
      if (!haveSameBits(toLeafValue(results[i]!, leaf, dtype, source), loaded))
        throw new StateError(
          "AliasConflict",
          `loadInto: ${JSON.stringify(source)} expected the values of ${leaf.name}, which the model shares, got others`,
        );
      return [[source, leaf.name]];
    });
  }
}

/** Element types that flaxen has no dtype for, by NumPy's names. */
const WIDE: Partial<Record<FileDType, string>> = { F64: "float64", I64: "int64", U64: "uint64" };

function dtypeName(dtype: FileDType): string {
  return WIDE[dtype] ?? (dtype.startsWith("F8") ? dtype : (dtypeOf(dtype) ?? dtype));
}
