/**
 * Compares pictures by what a MobileNetV2 sees in them: `npm run example -- images`.
 *
 * The weights are in the npm package nsfwjs (MIT), uint8-quantised for TensorFlow.js; they were trained to moderate,
 * and serve here as the backbone of anything: `npm ci --prefix examples/models/originals` installs it.
 */
import { numpy as jnp } from "flaxen";
import { loadFromPackage } from "./models/images/load.ts";
import { similarity, SIZE } from "./models/images/model.ts";
import { picture, PICTURES, titleOf } from "./models/images/pictures.ts";

const model = await loadFromPackage();
const numbers = Array.from({ length: PICTURES }, (_, i) => i).filter((i) => i % 4 < 3 && i < 12);
const start = performance.now();
const features = numbers.map((number) =>
  model.features(jnp.array(picture(number)).reshape([1, SIZE, SIZE, 3])).reshape([-1]),
);
console.log(`${((performance.now() - start) / numbers.length).toFixed(0)} ms a picture`);
for (const [i, number] of numbers.entries()) {
  const row = features.map((other) => similarity(features[i]!, other).toFixed(2).padStart(6));
  console.log(row.join(""), "", titleOf(number));
}
