/** Chapters and rows of the sweep: a row is one operation on one shape, as each library has it. */
import type { Tensor } from "@tensorflow/tfjs-core";
import type * as Flaxen from "../../../src/index.ts";
import { flaxen } from "../libraries.ts";
import type { OnnxGraph } from "../onnx.ts";
import type { TfliteGraph, Value } from "../tflite.ts";

export type Shape = readonly number[];
type NDArray = Flaxen.NDArray;

/** What each chapter exports. */
export interface Chapter {
  readonly ROWS: readonly Row[];
  /** Why flaxen is behind in a row, by the row's name. */
  readonly REASONS?: Readonly<Record<string, string>>;
}

export interface Row {
  readonly name: string;
  /**
   * How far a peer's result may lie from flaxen's, as a part of the largest element. By default 1e-5, for the order of
   * sums differs; 0 where elements are only moved or compared.
   */
  readonly tolerance?: number;
  /** Draws inputs and weights, which takes memory: once the row's turn has come. */
  readonly contest: () => Contest;
}

/** The inputs that come with every call, and each library's function of them. A library that lacks it is left out. */
export interface Contest {
  readonly inputs: readonly Input[];
  flaxen(...inputs: readonly NDArray[]): NDArray;
  tensorflow?(...inputs: readonly Tensor[]): Tensor;
  onnx?(graph: OnnxGraph, ...inputs: readonly string[]): string;
  litert?(graph: TfliteGraph, ...inputs: readonly Value[]): Value;
  /**
   * The first input and the result are images, which onnxruntime-web takes and gives as [n, channels, rows, columns].
   */
  readonly images?: true;
  /** What onnxruntime-web's result is, if not float32. */
  readonly onnxType?: "int64" | "bool";
}

export interface Input {
  readonly shape: Shape;
  readonly data: Float32Array | Int32Array;
}

const { random } = flaxen as typeof Flaxen;
let keys = 0;

/** An input of normals. */
export function normals(...shape: Shape): Input {
  return { shape, data: weights(shape) };
}

/** An input of the absolute values of normals, whose sum does not cancel. */
export function magnitudes(...shape: Shape): Input {
  return { shape, data: weights(shape).map(Math.abs) };
}

/** Normals of a key of their own, times `scale`. */
export function weights(shape: Shape, scale = 1): Float32Array {
  const drawn = random.normal(random.key(keys++), [sizeOf(shape)]).data as Float32Array;
  return scale === 1 ? drawn : drawn.map((value) => value * scale);
}

/** `count` integers below `end`, of no order. */
export function indices(count: number, end: number): Input {
  return { shape: [count], data: Int32Array.from({ length: count }, (_, i) => (i * 7919) % end) };
}

function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}
