import { createHash } from "node:crypto";
import { nnx, numpy as jnp } from "flaxen";
import { loadInto, readSafetensors } from "flaxen/weights";
import { expect, it } from "vitest";
import { idx } from "../../training/data.ts";
import { DigitsCNN } from "../digits/model.ts";
import { bytesOf, jsonOf } from "./golden.ts";

interface TestSet {
  readonly count: number;
  readonly correct: number;
  readonly sha256_file: string;
  readonly sha256_argmax_uint8: string;
  readonly wrong_indices: number[];
}

it("reads all test images of MNIST as Flax does: the same class for each, 9,928 of 10,000 right", async () => {
  const { test_set: golden } = jsonOf<{ test_set: TestSet }>("digits/golden.json");
  const images = idx("t10k-images-idx3-ubyte", 3);
  const labels = idx("t10k-labels-idx1-ubyte", 1);
  expect(createHash("sha256").update(images).update(labels).digest("hex")).toBe(golden.sha256_file);
  const model = new DigitsCNN({ rngs: new nnx.Rngs(0) });
  await loadInto(model, readSafetensors(bytesOf("digits/params.safetensors")));
  model.eval();
  const classes = new Uint8Array(golden.count);
  const batch = 500;
  for (let i = 0; i < golden.count; i += batch) {
    const pixels = Float32Array.from(images.subarray(i * 784, (i + batch) * 784), (pixel) => pixel / 255);
    const logits = model(jnp.array(pixels).reshape([batch, 28, 28, 1]));
    classes.set(jnp.argmax(logits, -1).tolist() as number[], i);
  }
  const wrong = [...classes.keys()].filter((i) => classes[i] !== labels[i]);
  expect(wrong).toEqual(golden.wrong_indices);
  expect(golden.count - wrong.length).toBe(golden.correct);
  expect(createHash("sha256").update(classes).digest("hex")).toBe(golden.sha256_argmax_uint8);
});
