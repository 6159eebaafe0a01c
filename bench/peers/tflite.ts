/**
 * Writes .tflite models, as far as the benches need them: one subgraph of float32 and int32 tensors.
 * Source of the numbers: tensorflow/compiler/mlir/lite/schema/schema.fbs.
 */
import { Builder } from "flatbuffers";

/** Where a tensor stands in the list of tensors. */
export type Value = number;
type Offset = number;
type Type = "float32" | "int32" | "bool";
export type Options = Readonly<Record<string, number>>;

export type OperatorName = keyof typeof OPERATORS;

const TYPES: Readonly<Record<Type, number>> = { float32: 0, int32: 2, bool: 6 };
const VERSION = 3;

interface Operator {
  readonly code: number;
  /** The number of its table of options in the union BuiltinOptions; 0 for none. */
  readonly options?: number;
  /** The fields of that table in their order, each with its type. */
  readonly fields?: readonly `${string}:${"byte" | "int" | "float"}`[];
}

const WINDOW = ["padding:byte", "strideW:int", "strideH:int"] as const;

const OPERATORS = {
  Add: { code: 0, options: 11 },
  AveragePool: { code: 1, options: 5, fields: [...WINDOW, "width:int", "height:int"] },
  Concatenation: { code: 2, options: 10, fields: ["axis:int"] },
  Conv: { code: 3, options: 1, fields: [...WINDOW, "activation:byte", "dilationW:int", "dilationH:int"] },
  DepthwiseConv: { code: 4, options: 2, fields: [...WINDOW, "multiplier:int", "activation:byte"] },
  FullyConnected: { code: 9, options: 8, fields: ["activation:byte"] },
  Logistic: { code: 14 },
  MaxPool: { code: 17, options: 5, fields: [...WINDOW, "width:int", "height:int"] },
  Mul: { code: 18, options: 21 },
  Relu: { code: 19 },
  ReluN1To1: { code: 20 },
  Relu6: { code: 21 },
  Reshape: { code: 22, options: 17 },
  Softmax: { code: 25, options: 9, fields: ["beta:float"] },
  Tanh: { code: 28 },
  Pad: { code: 34, options: 22 },
  Gather: { code: 36, options: 23, fields: ["axis:int"] },
  Transpose: { code: 39, options: 26 },
  Mean: { code: 40, options: 27, fields: ["keepDims:byte"] },
  Sub: { code: 41, options: 28 },
  Exp: { code: 47, options: 33 },
  LogSoftmax: { code: 50, options: 36 },
  Maximum: { code: 55, options: 39 },
  ArgMax: { code: 56, options: 40, fields: ["type:byte"] },
  Slice: { code: 65, options: 48 },
  Sin: { code: 66 },
  TransposeConv: { code: 67, options: 49, fields: WINDOW },
  Tile: { code: 69, options: 51 },
  Sum: { code: 74, options: 27, fields: ["keepDims:byte"] },
  Sqrt: { code: 75 },
  Rsqrt: { code: 76 },
  Prod: { code: 81, options: 27, fields: ["keepDims:byte"] },
  Max: { code: 82, options: 27, fields: ["keepDims:byte"] },
  Square: { code: 92, options: 66 },
  LeakyRelu: { code: 98, options: 75, fields: ["alpha:float"] },
  Abs: { code: 101, options: 78 },
  Reverse: { code: 105, options: 81 },
  Elu: { code: 111 },
  BatchMatMul: { code: 126, options: 101, fields: ["transposeX:byte", "transposeY:byte"] },
  CumSum: { code: 128, options: 102 },
  Gelu: { code: 150, options: 116, fields: ["approximate:byte"] },
} as const satisfies Readonly<Record<string, Operator>>;

/** Padding, a byte of many options; SAME is 0. */
export const VALID = 1;

/** Activations that an operator does itself. */
export const RELU = 1;
export const RELU6 = 3;

interface Tensor {
  readonly shape: readonly number[];
  readonly type: Type;
  readonly data?: Uint8Array;
}

interface Node {
  readonly operator: Operator;
  readonly inputs: readonly Value[];
  readonly output: Value;
  readonly options: Options;
}

/** A graph under construction. Values are known by their numbers, which the methods return. */
export class TfliteGraph {
  readonly #tensors: Tensor[] = [];
  readonly #nodes: Node[] = [];
  readonly #inputs: Value[] = [];
  readonly #outputs: Value[] = [];

  /** What each call brings. */
  input(shape: readonly number[], type: Type = "float32"): Value {
    const value = this.#tensor({ shape, type });
    this.#inputs.push(value);
    return value;
  }

  /** Weights, which the interpreter prepares once. */
  constant(shape: readonly number[], data: Float32Array): Value {
    return this.#tensor({ shape, type: "float32", data: bytesOf(data) });
  }

  /** A number as a tensor. */
  scalar(value: number): Value {
    return this.constant([], Float32Array.of(value));
  }

  /** A list of int32, such as axes, or what is laid out as `shape`. */
  indices(values: readonly number[], shape: readonly number[] = [values.length]): Value {
    return this.#tensor({ shape, type: "int32", data: bytesOf(Int32Array.from(values)) });
  }

  /** The result [shape] of an operator. */
  node(
    name: OperatorName,
    inputs: readonly Value[],
    shape: readonly number[],
    options: Options = {},
    type: Type = "float32",
  ): Value {
    const output = this.#tensor({ shape, type });
    this.#nodes.push({ operator: OPERATORS[name], inputs, output, options });
    return output;
  }

  output(value: Value): void {
    this.#outputs.push(value);
  }

  shapeOf(value: Value): readonly number[] {
    return this.#tensors[value]!.shape;
  }

  /** The shapes of what a call brings, in the order of `input`. */
  get inputShapes(): (readonly number[])[] {
    return this.#inputs.map((value) => this.shapeOf(value));
  }

  /** The bytes of the Model. */
  encode(): Uint8Array {
    return new Writer().model(this.#tensors, this.#nodes, this.#inputs, this.#outputs);
  }

  #tensor(tensor: Tensor): Value {
    return this.#tensors.push(tensor) - 1;
  }
}

/** Tables are written from the leaves up: a table's parts first, then the table, as flatbuffers want it. */
class Writer {
  readonly #builder = new Builder(1 << 16);

  model(
    tensors: readonly Tensor[],
    nodes: readonly Node[],
    inputs: readonly Value[],
    outputs: readonly Value[],
  ): Uint8Array {
    const codes = [...new Set(nodes.map(({ operator }) => operator.code))];
    const subgraph = this.#subgraph(tensors, nodes, codes, inputs, outputs);
    const subgraphs = this.#offsets([subgraph]);
    const operatorCodes = this.#offsets(codes.map((code) => this.#operatorCode(code)));
    // The first buffer is empty: tensors without data name it.
    const contents = [undefined, ...tensors.flatMap(({ data }) => data ?? [])];
    const buffers = this.#offsets(contents.map((data) => this.#buffer(data)));
    const builder = this.#builder;
    builder.startObject(5);
    builder.addFieldInt32(0, VERSION, 0);
    builder.addFieldOffset(1, operatorCodes, 0);
    builder.addFieldOffset(2, subgraphs, 0);
    builder.addFieldOffset(4, buffers, 0);
    builder.finish(builder.endObject(), "TFL3");
    return builder.asUint8Array().slice();
  }

  #subgraph(
    tensors: readonly Tensor[],
    nodes: readonly Node[],
    codes: readonly number[],
    inputs: readonly Value[],
    outputs: readonly Value[],
  ): Offset {
    let buffers = 0;
    const tensorOffsets = tensors.map((tensor, i) => this.#tensor(tensor, i, tensor.data ? ++buffers : 0));
    const tensorList = this.#offsets(tensorOffsets);
    const nodeList = this.#offsets(nodes.map((node) => this.#node(node, codes.indexOf(node.operator.code))));
    const [inputList, outputList] = [this.#ints(inputs), this.#ints(outputs)];
    const builder = this.#builder;
    builder.startObject(4);
    builder.addFieldOffset(0, tensorList, 0);
    builder.addFieldOffset(1, inputList, 0);
    builder.addFieldOffset(2, outputList, 0);
    builder.addFieldOffset(3, nodeList, 0);
    return builder.endObject();
  }

  #tensor({ shape, type }: Tensor, index: number, buffer: number): Offset {
    const builder = this.#builder;
    const [name, dimensions] = [builder.createString(`t${index}`), this.#ints(shape)];
    builder.startObject(4);
    builder.addFieldOffset(0, dimensions, 0);
    builder.addFieldInt8(1, TYPES[type], 0);
    builder.addFieldInt32(2, buffer, 0);
    builder.addFieldOffset(3, name, 0);
    return builder.endObject();
  }

  #node({ operator, inputs, output, options }: Node, code: number): Offset {
    const builder = this.#builder;
    const [inputList, outputList] = [this.#ints(inputs), this.#ints([output])];
    const table = operator.options === undefined ? 0 : this.#options(operator, options);
    builder.startObject(5);
    builder.addFieldInt32(0, code, 0);
    builder.addFieldOffset(1, inputList, 0);
    builder.addFieldOffset(2, outputList, 0);
    builder.addFieldInt8(3, operator.options ?? 0, 0);
    builder.addFieldOffset(4, table, 0);
    return builder.endObject();
  }

  /** What is not named is left out, which means its default. */
  #options({ fields = [] }: Operator, options: Options): Offset {
    const builder = this.#builder;
    builder.startObject(fields.length);
    fields.forEach((field, slot) => {
      const [name, type] = field.split(":") as [string, string];
      const value = options[name];
      if (value === undefined) return;
      if (type === "byte") builder.addFieldInt8(slot, value, 0);
      else if (type === "int") builder.addFieldInt32(slot, value, 0);
      else builder.addFieldFloat32(slot, value, 0);
    });
    return builder.endObject();
  }

  /** Codes above 126 stand in the fourth field only. */
  #operatorCode(code: number): Offset {
    const builder = this.#builder;
    builder.startObject(4);
    builder.addFieldInt8(0, Math.min(code, 127), 0);
    builder.addFieldInt32(3, code, 0);
    return builder.endObject();
  }

  #buffer(data: Uint8Array | undefined): Offset {
    const builder = this.#builder;
    const bytes = data && this.#bytes(data);
    builder.startObject(1);
    if (bytes !== undefined) builder.addFieldOffset(0, bytes, 0);
    return builder.endObject();
  }

  /** At a multiple of 16 bytes, which `createByteVector` alone does not see to. */
  #bytes(data: Uint8Array): Offset {
    this.#builder.startVector(1, data.length, 16);
    return this.#builder.createByteVector(data);
  }

  #ints(values: readonly number[]): Offset {
    const builder = this.#builder;
    builder.startVector(4, values.length, 4);
    for (const value of values.toReversed()) builder.addInt32(value);
    return builder.endVector();
  }

  #offsets(offsets: readonly Offset[]): Offset {
    const builder = this.#builder;
    builder.startVector(4, offsets.length, 4);
    for (const offset of offsets.toReversed()) builder.addOffset(offset);
    return builder.endVector();
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | Int32Array): Uint8Array {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}
