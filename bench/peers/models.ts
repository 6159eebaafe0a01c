/**
 * Whole models beside the other libraries: JavaScript array in, JavaScript array out, the same weights prepared once.
 * Words choose models by their names.
 */
import { commandLine, failUsage, hasWord } from "../../scripts/commandline.ts";
import { printTable } from "../table.ts";
import { library as flaxen } from "./models/flaxen.ts";
import { library as fused } from "./models/fused.ts";
import { library as jaxJs } from "./models/jaxjs.ts";
import { lstm as exactLstm } from "./models/lstm/exact.ts";
import { drawLstm, FEATURES, STEPS } from "./models/lstm/model.ts";
import { library as litert } from "./models/litert.ts";
import { mobilenet as exactMobileNet } from "./models/mobilenet/exact.ts";
import { drawMobileNet, IMAGE } from "./models/mobilenet/model.ts";
import type { ModelLibrary, Runner } from "./models/model.ts";
import { drawCnn, drawGpt, drawInput, drawMlp, SIDE } from "./models/model.ts";
import { library as onnx } from "./models/onnx.ts";
import { library as plainJs } from "./models/plain.ts";
import { library as tensorflow } from "./models/tensorflow.ts";
import { multiplyRowExactly } from "./plain.ts";
import type { Entrant } from "./race.ts";
import { bestRatio, cells, race } from "./race.ts";

const LIBRARIES = [flaxen, fused, tensorflow, onnx, litert, jaxJs, plainJs];
const NAMES = LIBRARIES.map(({ name }) => name);
const TOKEN = 65;

// A copy of its own, so that the float32 code has not seen float64 arrays. The name is not a literal, for TypeScript
// knows no queries.
const float64 = "./models/plain.ts?float64";
const { plain } = (await import(float64)) as typeof import("./models/plain.ts");
const exact = plain((size) => new Float64Array(size), multiplyRowExactly);

interface Row {
  readonly label: string;
  readonly run: () => Promise<string[]>;
}

/** Weights are drawn when the row's turn has come. */
const ROWS: readonly Row[] = [
  ...[1, 128].map((batch) => ({
    label: `MLP 784-512-256-10, batch ${batch}`,
    run: () => {
      const weights = drawMlp(batch);
      return compete(drawInput(batch * 784), exact.mlp(weights), ({ mlp }) => mlp?.(weights));
    },
  })),
  {
    label: "CNN 28x28, batch 1",
    run: () => {
      const weights = drawCnn();
      return compete(drawInput(SIDE * SIDE), exact.cnn(weights), ({ cnn }) => cnn?.(weights));
    },
  },
  ...[false, true].map((folded) => ({
    label: `MobileNetV2 224x224, norms ${folded ? "folded" : "as layers"}`,
    run: () => {
      const weights = drawMobileNet(folded);
      const [input, reference] = [drawInput(IMAGE * IMAGE * 3), exactMobileNet(weights)];
      // Fifty layers: each adds its rounding.
      return compete(input, reference, ({ mobilenet }) => mobilenet?.(weights), { tolerance: 1e-4 });
    },
  })),
  {
    label: `LSTM 256, ${STEPS} steps`,
    run: () => {
      const weights = drawLstm();
      return compete(drawInput(STEPS * FEATURES), exactLstm(weights), ({ lstm }) => lstm?.(weights));
    },
  },
  { label: "GPT step, 4 x 256, cache 256", run: () => gptStep() },
  { label: "GPT step, 4 x 256, cache 256, cold weights", run: () => gptStep({ before: cacheEvictor() }) },
];

interface Options {
  /** The largest difference from float64, as a part of the largest element. */
  readonly tolerance?: number;
  /** Runs before every call, untimed. */
  readonly before?: () => void;
}

/** Makes the model in each library that has it, and times them. */
async function compete<Input>(
  input: Input,
  reference: { run: (input: Input) => Float64Array },
  make: (library: ModelLibrary) => Runner<Input> | Promise<Runner<Input>> | undefined,
  { tolerance = 1e-5, before }: Options = {},
): Promise<string[]> {
  const expected = reference.run(input);
  const entrants: Entrant[] = [];
  for (const library of LIBRARIES) {
    const runner = await make(library);
    if (runner === undefined) continue;
    entrants.push({
      name: library.name,
      call: () => runner.run(input),
      ...(runner.dispose && { dispose: runner.dispose }),
    });
  }
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const timings = await race("model", entrants, expected, tolerance * largest, before);
  return [...cells(NAMES, timings), bestRatio(timings)];
}

function gptStep(options?: Options): Promise<string[]> {
  const weights = drawGpt();
  return compete(TOKEN, exact.gpt(weights), ({ gpt }) => gpt?.(weights), options);
}

/** A function that reads more than a processor's caches hold: the model's weights are then in none. */
function cacheEvictor(): () => void {
  const numbers = new Float64Array(2 ** 24).fill(1);
  let sum = 0;
  return () => {
    for (let i = 0; i < numbers.length; i += 8) sum += numbers[i]!;
    if (Number.isNaN(sum)) throw new Error("never: so that the loop is not left out");
  };
}

const { positionals: words } = commandLine(import.meta.url, {}, Infinity);
const asked = ROWS.filter(({ label }) => hasWord(label, words));
if (asked.length === 0)
  failUsage(import.meta.url, `expected words of ${ROWS.map(({ label }) => label).join("; ")}, got ${words.join(" ")}`);
const rows: string[][] = [];
for (const { label, run } of asked) rows.push([label, ...(await run())]);
printTable(
  "whole models: us a call, median (min..max), times flaxen's",
  ["model", ...NAMES, "best library / flaxen (by least)"],
  rows,
);
