import { numpy as jnp } from "flaxen";
import { expect, it } from "vitest";
import { loadFromPackage, readPackage } from "../images/load.ts";
import { SIZE } from "../images/model.ts";
import { picture, PICTURES } from "../images/pictures.ts";
import { originalFile, originalModule } from "../originals.ts";

/** What is needed of TensorFlow.js. */
interface Core {
  tensor(data: Float32Array, shape: readonly number[]): Tensor;
  setBackend(name: string): Promise<boolean>;
  getBackend(): string;
  readonly io: { fromMemory(artifacts: object): object };
}

interface Tensor {
  data(): Promise<Float32Array>;
  dispose(): void;
}

interface Layers {
  loadLayersModel(source: object): Promise<{ predict(x: Tensor): Tensor }>;
}

/** The probabilities that the original runtime gives for each picture. */
async function original(pictures: readonly Float32Array[]): Promise<Float32Array[]> {
  const tf = originalModule<Core>("@tensorflow/tfjs-core");
  const wasm = originalModule<{ setWasmPaths(folder: string): void }>("@tensorflow/tfjs-backend-wasm");
  wasm.setWasmPaths(originalFile("@tensorflow/tfjs-backend-wasm/dist/"));
  await tf.setBackend("wasm");
  expect(tf.getBackend()).toBe("wasm");
  const { json, shards } = readPackage();
  const artifacts = {
    modelTopology: json.modelTopology,
    weightSpecs: json.weightsManifest[0]!.weights,
    weightData: shards.buffer.slice(shards.byteOffset, shards.byteOffset + shards.length),
  };
  const layers = originalModule<Layers>("@tensorflow/tfjs-layers");
  const model = await layers.loadLayersModel(tf.io.fromMemory(artifacts));
  const results: Float32Array[] = [];
  for (const pixels of pictures) {
    const x = tf.tensor(pixels, [1, SIZE, SIZE, 3]);
    const y = model.predict(x);
    results.push(await y.data());
    x.dispose();
    y.dispose();
  }
  return results;
}

const best = (chances: ArrayLike<number>): number => Array.from(chances).indexOf(Math.max(...Array.from(chances)));

it("MobileNetV2 sees in 16 pictures what it sees in TensorFlow.js, within 1e-6 of a probability", async () => {
  const pictures = Array.from({ length: PICTURES }, (_, i) => picture(i));
  const theirs = await original(pictures);
  const model = await loadFromPackage();
  for (const [i, pixels] of pictures.entries()) {
    const ours = model(jnp.array(pixels).reshape([1, SIZE, SIZE, 3]))
      .reshape([-1])
      .tolist() as number[];
    expect([i, best(ours)]).toEqual([i, best(theirs[i]!)]);
    expect(Math.max(...ours.map((chance, j) => Math.abs(chance - theirs[i]![j]!)))).toBeLessThanOrEqual(1e-6);
  }
});
