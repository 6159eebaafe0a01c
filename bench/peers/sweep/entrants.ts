/** Makes the entrants of a contest: JavaScript array in, JavaScript array out, weights prepared once. */
import type * as Flaxen from "../../../src/index.ts";
import { flaxen, ort, tf } from "../libraries.ts";
import { compile } from "../litert.ts";
import { OnnxGraph } from "../onnx.ts";
import type { Entrant, Values } from "../race.ts";
import { valuesOf } from "../tensorflow.ts";
import { TfliteGraph } from "../tflite.ts";
import { transposed } from "../transposed.ts";
import type { Contest, Input, Shape } from "./contest.ts";

const { numpy } = flaxen as typeof Flaxen;

/** The entrants, flaxen first. */
export async function entrantsOf(contest: Contest): Promise<Entrant[]> {
  const entrants = [ours(contest)];
  if (contest.tensorflow) entrants.push(tensorflow(contest));
  if (contest.onnx) entrants.push(await onnx(contest));
  if (contest.litert) entrants.push(await litert(contest));
  return entrants;
}

function ours(contest: Contest): Entrant {
  const call = (): Values => {
    const arrays = contest.inputs.map(({ data, shape }) => numpy.asarray(data, { copy: false }).reshape([...shape]));
    return contest.flaxen(...arrays).data as Values;
  };
  return { name: "flaxen", call };
}

function tensorflow(contest: Contest): Entrant {
  const call = (): Values =>
    valuesOf(() =>
      contest.tensorflow!(...contest.inputs.map(({ data, shape }) => tf.tensor(data, [...shape], typeOf(data)))),
    );
  return { name: "TensorFlow.js", call };
}

async function onnx(contest: Contest): Promise<Entrant> {
  const graph = new OnnxGraph();
  const inputs = contest.images ? contest.inputs.map(channelsFirst) : contest.inputs;
  const names = inputs.map(({ shape, data }, i) => graph.input(`x${i}`, shape, typeOf(data)));
  graph.output("y", contest.onnx!(graph, ...names), undefined, contest.onnxType);
  const session = await ort.InferenceSession.create(graph.encode(), { executionProviders: ["wasm"] });
  const run = async (): Promise<InstanceType<typeof ort.Tensor>> => {
    const feeds = inputs.map(({ shape, data }, i) => [names[i]!, new ort.Tensor(typeOf(data), data, shape)] as const);
    const { y } = await session.run(Object.fromEntries(feeds));
    return y!;
  };
  const { dims } = await run();
  return {
    name: "onnxruntime-web",
    call: async () => (await run()).data as Values,
    ...(contest.images && { reorder: (values) => channelsLast(values as Float32Array, dims) }),
    dispose: () => session.release(),
  };
}

async function litert(contest: Contest): Promise<Entrant> {
  const graph = new TfliteGraph();
  const values = contest.inputs.map(({ shape, data }) => graph.input(shape, typeOf(data)));
  const session = await compile(graph, contest.litert!(graph, ...values));
  const inputs = contest.inputs.map(({ data }) => data);
  return { name: "LiteRT.js", call: () => session.run(...inputs), dispose: session.dispose };
}

function typeOf(data: Float32Array | Int32Array): "float32" | "int32" {
  return data instanceof Float32Array ? "float32" : "int32";
}

/** The images of a contest come first; what else comes with a call is as it is. */
function channelsFirst({ shape, data }: Input, index: number): Input {
  if (index > 0) return { shape, data };
  const [n, h, w, c] = shape;
  return { shape: [n!, c!, h!, w!], data: transposed(data as Float32Array, shape, [0, 3, 1, 2]) };
}

function channelsLast(values: Float32Array, shape: Shape): Float32Array {
  return transposed(values, shape, [0, 2, 3, 1]);
}
