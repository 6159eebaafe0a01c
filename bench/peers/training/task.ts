/** The models that every library trains: their first weights and data, the same for all, in Flax's layouts. */
import type { Block, Cnn, Dense, Gpt, Mlp, Norm } from "../models/model.ts";
import { drawCnn, drawGpt, drawInput, drawMlp, SIDE } from "../models/model.ts";

/** Tokens of a sequence of the GPT. */
export const TOKENS = 128;

/** What updates the weights: `sgd` by the rate, or Adam with optax's defaults. */
export interface Rule {
  readonly name: "sgd" | "adam";
  readonly rate: number;
}

/** Images and their classes. */
export interface Batch {
  readonly images: Float32Array;
  readonly labels: Int32Array;
  readonly size: number;
}

/** 784-512-256-10 with relu between, on `batch` rows of 784. */
export interface MlpTask {
  readonly kind: "mlp";
  readonly model: Mlp;
  readonly batch: Batch;
  readonly rule: Rule;
}

/** Twice convolution, relu and max pooling, then a dense layer, on images of 28 x 28. */
export interface CnnTask {
  readonly kind: "cnn";
  readonly model: Cnn;
  readonly batch: Batch;
  readonly rule: Rule;
}

/** A decoder of four blocks, on one sequence, each token predicting the next one. */
export interface GptTask {
  readonly kind: "gpt";
  readonly model: Gpt;
  readonly tokens: Int32Array;
  readonly targets: Int32Array;
  readonly rule: Rule;
}

export type Task = MlpTask | CnnTask | GptTask;

/** A model that is being trained. */
export interface Trainer {
  /** Makes a step and gives the loss before it. */
  readonly step: () => number;
}

/** What each library's file exports; `undefined` where the library lacks a gradient that the task needs. */
export interface TrainingLibrary {
  readonly name: string;
  readonly train: (task: Task) => Trainer | undefined;
}

const CLASSES = 10;
const CNN_BATCH = 32;

export function mlpTask(size: number, rule: Rule): MlpTask {
  return { kind: "mlp", model: drawMlp(size), batch: drawBatch(size, 784), rule };
}

export function cnnTask(rule: Rule): CnnTask {
  return { kind: "cnn", model: drawCnn(), batch: drawBatch(CNN_BATCH, SIDE * SIDE), rule };
}

export function gptTask(rule: Rule): GptTask {
  const all = Int32Array.from({ length: TOKENS + 1 }, (_, i) => (i * i + 7 * i) % 256);
  return { kind: "gpt", model: drawGpt(), tokens: all.slice(0, TOKENS), targets: all.slice(1), rule };
}

function drawBatch(size: number, width: number): Batch {
  return {
    images: drawInput(size * width),
    labels: Int32Array.from({ length: size }, (_, i) => (i * i) % CLASSES),
    size,
  };
}

export type { Block, Dense, Norm };
