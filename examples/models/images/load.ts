/** MobileNetV2 from the files of the package. */
import { createRequire } from "node:module";
import { originalFile } from "../originals.ts";
import type { WeightGroup } from "../tfjs.ts";
import type { MobileNetV2 } from "./model.ts";
import { loadMobileNetV2 } from "./model.ts";

/** What model.json of a layers model has. */
export interface LayersModel {
  readonly modelTopology: object;
  readonly weightsManifest: WeightGroup[];
}

const FOLDER = "nsfwjs/dist/models/mobilenet_v2";

/** The model as the package has it: JSON, and its shards as text, in CommonJS modules. */
export function readPackage(): { json: LayersModel; shards: Uint8Array } {
  const require = createRequire(import.meta.url);
  const json = require(originalFile(`${FOLDER}/model.min.js`)) as LayersModel;
  const shards = json.weightsManifest[0]!.paths.map((path) => {
    const base64 = require(originalFile(`${FOLDER}/${path}.min.js`)) as string;
    return Buffer.from(base64, "base64");
  });
  return { json, shards: new Uint8Array(Buffer.concat(shards)) };
}

export async function loadFromPackage(): Promise<MobileNetV2> {
  const { json, shards } = readPackage();
  return await loadMobileNetV2(json.weightsManifest, shards);
}
