/** The tables of gradients in docs/conformance.md. */
import { useBackend } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";
import { largestError, rms } from "../../test/autodiff/acceptance.ts";
import { functionCases, gradientsOf as gradientsOfFunction } from "../../test/autodiff/functioncases.ts";
import { wordsOf } from "../../test/bits.ts";
import type { Encoded } from "../../test/golden/load.ts";
import { numbersOf, recorded } from "../../test/golden/training.ts";
import type { LayerCase } from "../../test/nnx/training/layercases.ts";
import { gradientsOf as gradientsOfLayer } from "../../test/nnx/training/layercases.ts";

/**
 * The gradients of one case: ours, JAX's in float32 and in float64; without the last only special values are at stake.
 */
interface Replay {
  readonly name: string;
  readonly run: () => NDArray[];
  readonly jax: readonly Encoded[];
  readonly exact: readonly Encoded[] | undefined;
}

/** The cases of a function, and the largest errors against float64, over the rms of the case's gradients. */
interface Row {
  cases: number;
  /** Those at ties, zeros, infinities and NaN. */
  borders: number;
  ours: number;
  jax: number;
}

function functions(): Replay[] {
  return functionCases()
    .filter(({ kind }) => kind !== "draw")
    .map((testCase) => ({
      name: testCase.fn,
      run: () => gradientsOfFunction(testCase),
      jax: testCase.grads,
      exact: testCase.grads64,
    }));
}

function layers(): Replay[] {
  return recorded<{ cases: LayerCase[] }>("grad_layers").cases.map((testCase) => {
    const { param_grads, param_grads64, input_grads, input_grads64 } = testCase;
    const names = Object.keys(param_grads);
    return {
      name: testCase.layer,
      run: () => {
        const { params, inputs } = gradientsOfLayer(testCase);
        return [...names.map((name) => params.get(name)!), ...inputs];
      },
      jax: [...names.map((name) => param_grads[name]!), ...input_grads],
      // Dropout has no float64 twin: its mask is another there.
      exact: [...names.map((name) => (param_grads64 ?? param_grads)[name]!), ...(input_grads64 ?? input_grads)],
    };
  });
}

/** @throws Error if the backends differ */
function measure({ name, run, jax, exact }: Replay, row: Row): void {
  const [core, wasm] = (["core", "wasm"] as const).map((backend) => {
    useBackend(backend);
    return run();
  });
  core!.forEach((gradient, i) => {
    const [a, b] = [gradient, wasm![i]!].map(({ data }) => wordsOf(data as Float32Array)) as [Uint32Array, Uint32Array];
    if (a.some((word, at) => word !== b[at])) throw new Error(`the backends differ in the gradient of ${name}`);
  });
  row.cases++;
  if (exact === undefined) {
    row.borders++;
    return;
  }
  const truth = exact.map(numbersOf);
  const scale = rms(truth) || 1;
  truth.forEach((values, i) => {
    row.ours = Math.max(row.ours, largestError(core![i]!.data, values) / scale);
    row.jax = Math.max(row.jax, largestError(numbersOf(jax[i]!), values) / scale);
  });
}

function verdict({ cases, borders, ours, jax }: Row): string {
  if (cases === borders) return " | |";
  if (ours === 0) return "exact | |";
  return `${ours.toExponential(1)} | ${jax === 0 ? "JAX exact" : (ours / jax).toFixed(2)} |`;
}

function table(title: string, first: string, replays: readonly Replay[]): string {
  const rows = new Map<string, Row>();
  for (const replay of replays) {
    const row = rows.get(replay.name) ?? { cases: 0, borders: 0, ours: 0, jax: 0 };
    rows.set(replay.name, row);
    measure(replay, row);
  }
  const lines = [...rows]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, row]) => `| ${name} | ${row.cases} | ${row.borders || ""} | ${verdict(row)}`);
  return [
    `### ${title}`,
    "",
    `| ${first} | cases | of these at borders | largest error | of JAX's |`,
    "| --- | --: | --: | --: | --: |",
    ...lines,
    "",
  ].join("\n");
}

const INTRODUCTION = `## Gradients

The largest error against JAX in float64, over the root mean square of the gradients of the case, and what multiple of
JAX's own in float32 that is: below 1 flaxen is nearer to the truth. "At borders" are ties, zeros, infinities and NaN,
where the gradients are those of JAX by convention.
`;

/** The section, from the recordings of gradients. */
export function gradientTables(): string {
  return [
    INTRODUCTION,
    table("Gradients of functions", "function", functions()),
    table("Gradients of layers", "layer", layers()),
  ].join("\n");
}
