/**
 * Writes verse with a character GPT trained in Flax on Shakespeare's sonnets:
 * `npm run example -- write [prompt] [temperature] [seed]`. A temperature of 0 takes the likeliest letter always.
 *
 * The weights are the safetensors file that Python wrote, loaded by name. The output shares its weights with the
 * embedding, in the file as in the model.
 */
import { nnx, random } from "flaxen";
import { loadInto, open } from "flaxen/weights";
import { decode, encode, generateCached, greedy, sampled } from "./models/gpt/generate.ts";
import { CharGPT, CONFIG } from "./models/gpt/model.ts";

const [given = "Shall I compare thee to a summer's day?", temperature = "0.8", seed = "7"] = process.argv.slice(2);
const prompt = `${given}\n`;

const model = new CharGPT(CONFIG, new nnx.Rngs(0));
const file = await open(new URL("models/gpt/params.safetensors", import.meta.url));
const report = await loadInto(model, file);
await file.close();
model.eval();
process.stdout.write(`${report.loaded.length} arrays, ${report.bytes} bytes\n\n${prompt}`);

const tokens = encode(prompt).slice(-CONFIG.context + 1);
const choose = Number(temperature) === 0 ? greedy : sampled(random.key(Number(seed)), Number(temperature));
const start = performance.now();
let count = 0;
for (const token of generateCached(model, tokens, CONFIG.context, choose)) {
  process.stdout.write(decode([token]));
  count++;
}
process.stdout.write(
  `\n\n${(((performance.now() - start) / (count + tokens.length)) * 1000).toFixed(0)} us a letter\n`,
);
