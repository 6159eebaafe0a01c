/** The weights in an ONNX file: just enough of protobuf to find the initializers of the graph. */
import type { NDArray } from "flaxen";
import { numpy as jnp } from "flaxen";

/** Fields of the messages that are read (onnx.proto): ModelProto, GraphProto, TensorProto. */
const MODEL = { graph: 7 };
const GRAPH = { initializer: 5 };
const TENSOR = { dims: 1, dataType: 2, name: 8, rawData: 9 };
const FLOAT = 1;

/** The float32 initializers of an ONNX model, by name. */
export function readInitializers(bytes: Uint8Array): Map<string, NDArray> {
  const arrays = new Map<string, NDArray>();
  for (const graph of parts(bytes, MODEL.graph)) {
    for (const tensor of parts(graph, GRAPH.initializer)) {
      const [name] = parts(tensor, TENSOR.name);
      const [type] = numbers(tensor, TENSOR.dataType);
      const [raw] = parts(tensor, TENSOR.rawData);
      if (type !== FLOAT || raw === undefined) continue;
      // Bytes of a message are where they are: a copy is aligned.
      const values = new Float32Array(new Uint8Array(raw).buffer);
      arrays.set(new TextDecoder().decode(name), jnp.array(values).reshape(numbers(tensor, TENSOR.dims)));
    }
  }
  return arrays;
}

/** The values of a field that are bytes: texts, messages, packed numbers. */
function parts(message: Uint8Array, field: number): Uint8Array[] {
  return [...fields(message)].filter(([id]) => id === field).map(([, value]) => value as Uint8Array);
}

/** The values of a field that are numbers, one by one or packed. */
function numbers(message: Uint8Array, field: number): number[] {
  return [...fields(message)]
    .filter(([id]) => id === field)
    .flatMap(([, value]) => (typeof value === "number" ? [value] : [...varints(value)]));
}

function* varints(bytes: Uint8Array): Generator<number> {
  for (let at = 0; at < bytes.length;) {
    const [value, next] = varint(bytes, at);
    at = next;
    yield value;
  }
}

function* fields(message: Uint8Array): Generator<[field: number, value: number | Uint8Array]> {
  for (let at = 0; at < message.length;) {
    const [tag, start] = varint(message, at);
    const kind = tag & 7;
    if (kind === 0) {
      const [value, next] = varint(message, start);
      at = next;
      yield [tag >>> 3, value];
      continue;
    }
    const [length, from] = kind === 2 ? varint(message, start) : [kind === 5 ? 4 : 8, start];
    at = from + length;
    yield [tag >>> 3, message.subarray(from, at)];
  }
}

function varint(bytes: Uint8Array, start: number): [value: number, next: number] {
  let value = 0;
  for (let at = start, scale = 1; ; at++, scale *= 128) {
    value += (bytes[at]! & 127) * scale;
    if (bytes[at]! < 128) return [value, at + 1];
  }
}
