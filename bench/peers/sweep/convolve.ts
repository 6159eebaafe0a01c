/** A row of a convolution, padding "SAME", without bias: dense, in groups or depthwise. */
import type { Tensor4D } from "@tensorflow/tfjs-core";
import type * as Flaxen from "../../../src/index.ts";
import { flaxen, tf } from "../libraries.ts";
import type { Contest, Row, Shape } from "./contest.ts";
import { normals, weights } from "./contest.ts";
import { inputsLast, outputsFirst, same } from "./images.ts";

const { nnx, numpy } = flaxen as typeof Flaxen;

export interface Convolution {
  /** [n, rows, columns, features]. */
  readonly image: Shape;
  readonly kernel: number | readonly [rows: number, columns: number];
  readonly to: number;
  readonly stride?: number;
  readonly dilation?: number;
  readonly groups?: number;
}

export function convolution(work: string, options: Convolution): Row {
  const { image, to } = options;
  const [rows, columns] = kernelOf(options);
  const name = `${work} ${rows}x${columns} [${image.join(", ")}] to ${to}${suffix(options)}`;
  return { name, contest: () => contest(options) };
}

function kernelOf({ kernel }: Convolution): readonly [rows: number, columns: number] {
  return typeof kernel === "number" ? [kernel, kernel] : kernel;
}

function suffix({ stride = 1, dilation = 1, groups = 1, to }: Convolution): string {
  const words = [stride > 1 && `stride ${stride}`, dilation > 1 && `dilation ${dilation}`];
  const grouped = groups > 1 && groups < to && `${groups} groups`;
  const text = [...words, grouped].filter(Boolean).join(", ");
  return text && `, ${text}`;
}

function contest(options: Convolution): Contest {
  const { image, to, stride = 1, dilation = 1, groups = 1 } = options;
  const [, height, width, from] = image as [number, number, number, number];
  const [rows, columns] = kernelOf(options);
  const shape = [rows, columns, from / groups, to];
  const kernel = weights(shape, 0.1);

  const layer = new nnx.Conv(from, to, [rows, columns], {
    strides: stride,
    kernelDilation: dilation,
    featureGroupCount: groups,
    useBias: false,
    rngs: new nnx.Rngs(0),
  });
  layer.kernel.set(numpy.array(kernel).reshape(shape));

  const [top, bottom, outRows] = same(height, rows, stride, dilation);
  const [left, right, outColumns] = same(width, columns, stride, dilation);
  const attributes = {
    strides: [stride, stride],
    pads: [top, left, bottom, right],
    group: groups,
    dilations: [dilation, dilation],
  };
  const outputs = [image[0]!, outRows, outColumns, to];
  const depthwise = groups > 1 && groups === from;
  return {
    inputs: [normals(...image)],
    images: true,
    flaxen: (x) => layer(x),
    ...((groups === 1 || depthwise) && { tensorflow: tensorflow(kernel, shape, options, depthwise) }),
    onnx: (graph, x) => {
      const filter = graph.constant([to, from / groups, rows, columns], outputsFirst(kernel, shape));
      return graph.node("Conv", [x, filter], attributes);
    },
    litert: (graph, x) => {
      const bias = graph.constant([to], new Float32Array(to));
      const steps = { strideW: stride, strideH: stride, dilationW: dilation, dilationH: dilation };
      if (depthwise) {
        const filter = graph.constant([1, rows, columns, to], kernel);
        return graph.node("DepthwiseConv", [x, filter, bias], outputs, { ...steps, multiplier: to / from });
      }
      const filter = graph.constant([to, rows, columns, from / groups], inputsLast(kernel, shape));
      return graph.node("Conv", [x, filter, bias], outputs, steps);
    },
  };
}

/** TensorFlow.js has no groups but those of one feature. */
function tensorflow(
  kernel: Float32Array,
  [rows, columns, from, to]: Shape,
  { stride = 1, dilation = 1 }: Convolution,
  depthwise: boolean,
): (x: Tensor4D) => Tensor4D {
  if (!depthwise) {
    const filter = tf.tensor4d(kernel, [rows!, columns!, from!, to!]);
    return (x) => tf.conv2d(x, filter, stride, "same", "NHWC", dilation);
  }
  const filter = tf.tensor4d(kernel, [rows!, columns!, to!, 1]);
  return (x) => tf.depthwiseConv2d(x, filter, stride, "same", "NHWC", dilation);
}
