/**
 * Writes ONNX models, as far as the benches need them: float32 and int64 tensors, nodes with numbers as attributes.
 * Source of the field numbers: onnx.proto, opset 20.
 */

const OPSET = 20;
const IR_VERSION = 9;
const FLOAT = 1;
const INT32 = 6;
const INT64 = 7;
const BOOL = 9;
const TYPES = { float32: FLOAT, int32: INT32, int64: INT64, bool: BOOL } as const;

/** Integers are ints; a float attribute has to say so, for 1.0 is an integer to JavaScript. */
export type Attribute = number | readonly number[] | { readonly float: number } | { readonly text: string };

/** A graph under construction. Values are known by their names, which the methods return. */
export class OnnxGraph {
  readonly #nodes: Message[] = [];
  readonly #initializers: Message[] = [];
  readonly #inputs: Message[] = [];
  readonly #outputs: Message[] = [];
  #names = 0;

  /** An input that each call brings. */
  input(name: string, shape: readonly number[], type: keyof typeof TYPES = "float32"): string {
    this.#inputs.push(valueInfo(name, TYPES[type], shape));
    return name;
  }

  /** Weights, which the session prepares once. */
  constant(shape: readonly number[], data: Float32Array): string {
    return this.#initializer(FLOAT, shape, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }

  /** A list of int64, such as the shape that Reshape takes. */
  indices(values: readonly number[]): string {
    return this.#initializer(INT64, [values.length], new Uint8Array(BigInt64Array.from(values, BigInt).buffer));
  }

  node(op: string, inputs: readonly string[], attributes: Readonly<Record<string, Attribute>> = {}): string {
    const output = this.#name();
    this.#nodes.push(node(op, inputs, output, attributes));
    return output;
  }

  /** The result, called `name` from outside; the library finds out a shape that is not given. */
  output(name: string, value: string, shape?: readonly number[], type: keyof typeof TYPES = "float32"): void {
    this.#nodes.push(node("Identity", [value], name, {}));
    this.#outputs.push(valueInfo(name, TYPES[type], shape));
  }

  /** The bytes of the ModelProto. */
  encode(): Uint8Array {
    const graph = new Message();
    for (const message of this.#nodes) graph.message(1, message);
    graph.text(2, "bench");
    for (const message of this.#initializers) graph.message(5, message);
    for (const message of this.#inputs) graph.message(11, message);
    for (const message of this.#outputs) graph.message(12, message);
    return new Message()
      .int(1, IR_VERSION)
      .message(7, graph)
      .message(8, new Message().text(1, "").int(2, OPSET))
      .bytes();
  }

  #initializer(type: number, shape: readonly number[], bytes: Uint8Array): string {
    const name = this.#name();
    const tensor = new Message();
    for (const size of shape) tensor.int(1, size);
    this.#initializers.push(tensor.int(2, type).text(8, name).chunk(9, bytes));
    return name;
  }

  #name(): string {
    return `v${this.#names++}`;
  }
}

function valueInfo(name: string, type: number, shape?: readonly number[]): Message {
  const tensor = new Message().int(1, type);
  if (shape !== undefined) {
    const dimensions = new Message();
    for (const size of shape) dimensions.message(1, new Message().int(1, size));
    tensor.message(2, dimensions);
  }
  return new Message().text(1, name).message(2, new Message().message(1, tensor));
}

function node(
  op: string,
  inputs: readonly string[],
  output: string,
  attributes: Readonly<Record<string, Attribute>>,
): Message {
  const message = new Message();
  for (const name of inputs) message.text(1, name);
  message.text(2, output).text(4, op);
  for (const [name, value] of Object.entries(attributes)) message.message(5, attribute(name, value));
  return message;
}

function attribute(name: string, value: Attribute): Message {
  const message = new Message().text(1, name);
  if (typeof value === "number") return message.int(3, value).int(20, 2);
  if ("float" in value) return message.float(2, value.float).int(20, 1);
  if ("text" in value) return message.text(4, value.text).int(20, 3);
  for (const item of value) message.int(8, item);
  return message.int(20, 7);
}

/** A protobuf message as the list of its parts: large tensors are copied once, at the end. */
class Message {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  int(field: number, value: number): this {
    return this.#push(varint(field << 3), varint(value));
  }

  float(field: number, value: number): this {
    return this.#push(varint((field << 3) | 5), new Uint8Array(Float32Array.of(value).buffer));
  }

  text(field: number, value: string): this {
    return this.chunk(field, new TextEncoder().encode(value));
  }

  chunk(field: number, bytes: Uint8Array): this {
    return this.#push(varint((field << 3) | 2), varint(bytes.length), bytes);
  }

  message(field: number, message: Message): this {
    return this.#push(varint((field << 3) | 2), varint(message.#length), ...message.#parts);
  }

  bytes(): Uint8Array {
    const bytes = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }

  #push(...parts: Uint8Array[]): this {
    for (const part of parts) this.#length += part.length;
    this.#parts.push(...parts);
    return this;
  }
}

/** Seven bits a byte, the lowest first; negative numbers as 64-bit two's complement. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Uint8Array.from([...bytes, Number(rest)]);
}
