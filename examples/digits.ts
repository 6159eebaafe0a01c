/**
 * Reads handwritten digits with a network trained in Flax: `npm run example -- digits [number of a picture]`.
 *
 * The weights are the safetensors file that Python wrote, loaded by name.
 */
import { readFileSync } from "node:fs";
import { nnx, numpy as jnp } from "flaxen";
import { loadInto, open } from "flaxen/weights";
import { DigitsCNN } from "./models/digits/model.ts";

const FOLDER = new URL("models/digits/", import.meta.url);
const SIZE = 28;
const SHADES = " .:-=+*#%@";

const model = new DigitsCNN({ rngs: new nnx.Rngs(0) });
const file = await open(new URL("params.safetensors", FOLDER));
const report = await loadInto(model, file);
await file.close();
model.eval();
console.log(`${report.loaded.length} arrays, ${report.bytes} bytes, from ${file.metadata.get("model")} in Flax`);

const golden = JSON.parse(readFileSync(new URL("golden.json", FOLDER), "utf8")) as { images: { b64: string } };
const pixels = new Uint8Array(Buffer.from(golden.images.b64, "base64"));
const count = pixels.length / SIZE ** 2;
const number = Number(process.argv[2] ?? 0);
if (!Number.isInteger(number) || number < 0 || number >= count) {
  console.error(`digits: expected the number of a picture, 0 to ${count - 1}, got ${process.argv[2]}`);
  process.exitCode = 2;
} else {
  const image = pixels.slice(number * SIZE ** 2, (number + 1) * SIZE ** 2);
  for (let row = 0; row < SIZE; row++) {
    const line = Array.from(image.subarray(row * SIZE, (row + 1) * SIZE), (pixel) => SHADES[Math.floor(pixel / 25.6)]);
    console.log(line.join(""));
  }
  const start = performance.now();
  const input = jnp.array(Float32Array.from(image, (pixel) => pixel / 255)).reshape([1, SIZE, SIZE, 1]);
  const chances = nnx.softmax(model(input)).reshape([-1]).tolist() as number[];
  const ms = performance.now() - start;
  const best = [...chances.keys()].sort((a, b) => chances[b]! - chances[a]!).slice(0, 3);
  console.log(
    best.map((digit) => `${digit}: ${(100 * chances[digit]!).toFixed(2)} %`).join("   "),
    `(${ms.toFixed(1)} ms)`,
  );
}
