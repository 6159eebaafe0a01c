/**
 * Whole models beside the other libraries: JavaScript array in, JavaScript array out, the same weights prepared once.
 */
import { printTable } from "../table.ts";
import { library as flaxen } from "./models/flaxen.ts";
import { library as jaxJs } from "./models/jaxjs.ts";
import { library as litert } from "./models/litert.ts";
import type { ModelLibrary, Runner } from "./models/model.ts";
import { drawCnn, drawGpt, drawInput, drawMlp, SIDE } from "./models/model.ts";
import { library as onnx } from "./models/onnx.ts";
import { library as plainJs } from "./models/plain.ts";
import { library as tensorflow } from "./models/tensorflow.ts";
import { multiplyRowExactly } from "./plain.ts";
import type { Entrant } from "./race.ts";
import { bestRatio, cells, race } from "./race.ts";

const LIBRARIES = [flaxen, tensorflow, onnx, litert, jaxJs, plainJs];
const NAMES = LIBRARIES.map(({ name }) => name);
const TOKEN = 65;

// A copy of its own, so that the float32 code has not seen float64 arrays. The name is not a literal, for TypeScript
// knows no queries.
const float64 = "./models/plain.ts?float64";
const { plain } = (await import(float64)) as typeof import("./models/plain.ts");
const exact = plain((size) => new Float64Array(size), multiplyRowExactly);

const cnn = drawCnn();
const gpt = drawGpt();

const ROWS = [
  ...[1, 128].map((batch) => {
    const weights = drawMlp(batch);
    return row(`MLP 784-512-256-10, batch ${batch}`, drawInput(batch * 784), exact.mlp(weights), ({ mlp }) =>
      mlp?.(weights),
    );
  }),
  row("CNN 28x28, batch 1", drawInput(SIDE * SIDE), exact.cnn(cnn), (library) => library.cnn?.(cnn)),
  row("GPT step, 4 x 256, cache 256", TOKEN, exact.gpt(gpt), (library) => library.gpt?.(gpt)),
];

interface Row {
  readonly label: string;
  readonly run: () => Promise<string[]>;
}

function row<Input>(
  label: string,
  input: Input,
  reference: { run: (input: Input) => Float64Array },
  make: (library: ModelLibrary) => Runner<Input> | Promise<Runner<Input>> | undefined,
): Row {
  const run = async (): Promise<string[]> => {
    const expected = reference.run(input);
    const entrants: Entrant[] = [];
    for (const library of LIBRARIES) {
      const runner = await make(library);
      if (runner !== undefined)
        entrants.push({
          name: library.name,
          call: () => runner.run(input),
          ...(runner.dispose && { dispose: runner.dispose }),
        });
    }
    const timings = await race(
      label,
      entrants,
      expected,
      1e-5 * expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
    );
    return [...cells(NAMES, timings), bestRatio(timings)];
  };
  return { label, run };
}

const asked = process.argv.slice(2);
const rows: string[][] = [];
for (const { label, run } of ROWS) {
  if (asked.length > 0 && !asked.some((word) => label.toLowerCase().includes(word.toLowerCase()))) continue;
  rows.push([label, ...(await run())]);
}
if (rows.length > 0)
  printTable(
    "whole models: us a call, median (min..max), times flaxen's",
    ["model", ...NAMES, "best library / flaxen (by least)"],
    rows,
  );
