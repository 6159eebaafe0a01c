/**
 * A small GPT that writes text letter by letter: `npm run example -- gpt [seed] [prompt]`.
 *
 * Its weights are as they are drawn, nobody trained them, so that it babbles; but the same on every machine.
 */
import { nnx } from "flaxen";
import { Gpt } from "./gpt/model.ts";
import { sample } from "./gpt/sample.ts";

const LETTERS = "\n !$&',-.3:;?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const [seed = "0", prompt = "First citizen: "] = process.argv.slice(2);

const model = new Gpt(
  { vocabulary: LETTERS.length, length: 128, width: 64, heads: 4, layers: 3 },
  new nnx.Rngs(Number(seed)),
);
const parameters = nnx
  .toFlatState(nnx.state(model, nnx.Param))
  .reduce((sum, [, { shape }]) => sum + shape.reduce((size, n) => size * n, 1), 0);
process.stdout.write(`${parameters} parameters from seed ${seed}\n${prompt}`);

const tokens = Array.from(prompt, (letter) => Math.max(0, LETTERS.indexOf(letter)));
const options = {
  count: 128 - tokens.length,
  temperature: 0.8,
  topK: 20,
  rngs: new nnx.Rngs({ sample: Number(seed) }),
};
for (const token of sample(model, tokens, options)) process.stdout.write(LETTERS[token]!);
process.stdout.write("\n");
