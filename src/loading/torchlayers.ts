import type { NDArray } from "../array/index.ts";
import { concatenate, split as splitArray, toData, zeros } from "../array/index.ts";
import { hasBrand } from "../base/index.ts";
import { StateError } from "../nnx/index.ts";
import type { Rule, Target } from "./rules.ts";
import { add, split } from "./rules.ts";

/**
 * How PyTorch names and lays out a layer. A layer is known by what it has, so that a program carries no layers that it
 * does not use.
 */
export interface TorchLayer {
  /**
   * @param from - what stands before the names in the file
   * @param to - what stands before the names of the parameters
   */
  rules(from: string, to: string): Rule[];
  /** The parts of it whose parameters these rules cover. */
  readonly covers?: readonly string[];
}

interface LayerLike {
  readonly [name: string]: unknown;
}

export interface LayerContext {
  /** Whether a Linear's weight is (in, out) in the file. */
  readonly conv1d: boolean;
  /** Whether the layer is the cell of an RNN, forward or backward: PyTorch numbers its weights. */
  readonly rnn: "forward" | "backward" | undefined;
}

/** What PyTorch has for a module; undefined where it has nothing of the kind. */
export function torchLayerOf(module: object, context: LayerContext): TorchLayer | undefined {
  const layer = module as LayerLike;
  const isVariable = (name: string): boolean => hasBrand(layer[name], "Variable");
  const isModule = (name: string): boolean => hasBrand(layer[name], "Module");
  if (["query", "key", "value", "out"].every(isModule) && typeof layer["numHeads"] === "number")
    return attention(layer as never);
  if (["ii", "if_", "ig", "io", "hi", "hf", "hg", "ho"].every(isModule)) return lstm(context);
  if (["dense_i", "dense_h"].every(isModule) && typeof layer["hiddenFeatures"] === "number")
    return fusedCell(layer as never, context);
  if (isVariable("embedding")) return { rules: (from, to) => [[`${from}weight`, `${to}embedding`]] };
  if (isVariable("mean") && isVariable("var")) return batchNorm();
  if (isVariable("scale") && "epsilon" in layer) return norm();
  if (isVariable("negative_slope")) return prelu();
  if (!isVariable("kernel")) return undefined;
  if (Array.isArray(layer["kernelSize"])) return conv(layer);
  if (Array.isArray(layer["inFeatures"])) return linearGeneral(layer as never);
  return typeof layer["inFeatures"] === "number" ? linear(context) : undefined;
}

function linear({ conv1d }: LayerContext): TorchLayer {
  return {
    rules: (from, to) => [
      [`${from}weight`, `${to}kernel`, conv1d ? {} : { from: "linear" }],
      [`${from}bias`, `${to}bias`],
    ],
  };
}

interface LinearGeneralLike {
  readonly inFeatures: readonly number[];
  readonly outFeatures: readonly number[];
  readonly batchAxis: object;
}

function linearGeneral({ inFeatures, outFeatures, batchAxis }: LinearGeneralLike): TorchLayer | undefined {
  if (Object.keys(batchAxis).length > 0) return undefined;
  const fileShape = [product(outFeatures), product(inFeatures)];
  return {
    rules: (from, to) => [
      [`${from}weight`, `${to}kernel`, { from: "linear", reshape: [...inFeatures, ...outFeatures], fileShape }],
      [`${from}bias`, `${to}bias`, { reshape: outFeatures, fileShape: [product(outFeatures)] }],
    ],
  };
}

/** A transposed convolution that flips its kernel itself has it as PyTorch's, with the axes of a convolution. */
function conv(layer: LayerLike): TorchLayer {
  const from = layer["transposeKernel"] === false ? "convTranspose" : "conv";
  return {
    rules: (before, to) => [
      [`${before}weight`, `${to}kernel`, { from }],
      [`${before}bias`, `${to}bias`],
    ],
  };
}

function norm(): TorchLayer {
  return {
    rules: (from, to) => [
      [`${from}weight`, `${to}scale`],
      [`${from}bias`, `${to}bias`],
    ],
  };
}

function batchNorm(): TorchLayer {
  return {
    rules: (from, to) => [
      ...norm().rules(from, to),
      [`${from}running_mean`, `${to}mean`],
      [`${from}running_var`, `${to}var`],
      [`${from}num_batches_tracked`, null],
    ],
  };
}

function prelu(): TorchLayer {
  return { rules: (from, to) => [[`${from}weight`, `${to}negative_slope`, { reshape: [], fileShape: [1] }]] };
}

interface AttentionLike {
  readonly inFeatures: number;
  readonly inKvFeatures: number;
  readonly outFeatures: number;
  readonly qkvFeatures: number;
  readonly numHeads: number;
  readonly numKvHeads: number;
  readonly headDim: number;
}

/** `nn.MultiheadAttention`, whose queries, keys and values are one matrix where their inputs are equally wide. */
function attention(layer: AttentionLike): TorchLayer {
  const { inFeatures, inKvFeatures, outFeatures, qkvFeatures, numHeads, numKvHeads, headDim } = layer;
  const heads = [numHeads, headDim];
  const kvHeads = [numKvHeads, headDim];
  const fused = inFeatures === inKvFeatures && numHeads === numKvHeads;
  return {
    covers: ["query", "key", "value", "out"],
    rules(from, to) {
      const all = `${to}{query,key,value}`;
      const layout = {
        axis: 0,
        from: "linear",
        reshape: [inFeatures, ...heads],
        fileShape: [qkvFeatures, inFeatures],
      } as const;
      const bias = { axis: 0, reshape: heads, fileShape: [qkvFeatures] };
      const out = { from: "linear", reshape: [...heads, outFeatures], fileShape: [outFeatures, qkvFeatures] } as const;
      return [
        ...(fused ? ([[`${from}in_proj_weight`, split(`${all}.kernel`, layout)]] as const) : []),
        ...(numHeads === numKvHeads ? ([[`${from}in_proj_bias`, split(`${all}.bias`, bias)]] as const) : []),
        ...projection(from, to, "query", inFeatures, heads),
        ...projection(from, to, "key", inKvFeatures, kvHeads),
        ...projection(from, to, "value", inKvFeatures, kvHeads),
        [`${from}out_proj.weight`, `${to}out.kernel`, out],
        [`${from}out_proj.bias`, `${to}out.bias`],
        [`${from}o_proj.weight`, `${to}out.kernel`, out],
        [`${from}o_proj.bias`, `${to}out.bias`],
      ];
    },
  };
}

/** A projection that is apart, as `nn.MultiheadAttention` and as other libraries name it. */
function projection(from: string, to: string, name: string, width: number, own: readonly number[]): Rule[] {
  const layout = { from: "linear", reshape: [width, ...own], fileShape: [product(own), width] } as const;
  return [
    [`${from}${name[0]}_proj.weight`, `${to}${name}.kernel`, layout],
    [`${from}${name[0]}_proj_weight`, `${to}${name}.kernel`, layout],
    [`${from}${name[0]}_proj.bias`, `${to}${name}.bias`, { reshape: own, fileShape: [product(own)] }],
  ];
}

/** The ends of the names of a cell's weights: `nn.LSTM` numbers its layers, `nn.LSTMCell` has one. */
function endsOf({ rnn }: LayerContext): readonly string[] {
  if (rnn === "backward") return ["_l0_reverse"];
  return rnn === "forward" ? ["_l0", ""] : ["", "_l0"];
}

/** PyTorch's gates are one matrix, in the order i, f, g, o, and its two biases are added. */
function lstm(context: LayerContext): TorchLayer {
  return {
    covers: ["ii", "if_", "ig", "io", "hi", "hf", "hg", "ho"],
    rules: (from, to) =>
      endsOf(context).flatMap((end): Rule[] => [
        [`${from}weight_ih${end}`, split(`${to}{ii,if_,ig,io}.kernel`, { axis: 0, from: "linear" })],
        [`${from}weight_hh${end}`, split(`${to}{hi,hf,hg,ho}.kernel`, { axis: 0, from: "linear" })],
        [[`${from}bias_ih${end}`, `${from}bias_hh${end}`], add(split(`${to}{hi,hf,hg,ho}.bias`, { axis: 0 }))],
      ]),
  };
}

interface CellLike {
  readonly hiddenFeatures: number;
  readonly dense_i: { readonly outFeatures?: unknown };
}

/** Cells whose gates are one matrix: `OptimizedLSTMCell` with four, `GRUCell` with three, `SimpleCell` without. */
function fusedCell(layer: CellLike, context: LayerContext): TorchLayer | undefined {
  const gates = Number(layer.dense_i.outFeatures) / layer.hiddenFeatures;
  if (![1, 3, 4].includes(gates)) return undefined;
  return {
    covers: ["dense_i", "dense_h"],
    rules: (from, to) =>
      endsOf(context).flatMap((end): Rule[] => [
        [`${from}weight_ih${end}`, `${to}dense_i.kernel`, { from: "linear" }],
        [`${from}weight_hh${end}`, `${to}dense_h.kernel`, { from: "linear" }],
        [
          [`${from}bias_ih${end}`, `${from}bias_hh${end}`],
          gates === 3
            ? gruBias(`${to}dense_i.bias`, `${from}bias_hh${end}`)
            : add(`${to}dense_${gates === 4 ? "h" : "i"}.bias`),
        ],
      ]),
  };
}

/**
 * The biases of a GRU. PyTorch computes n = tanh(W x + b_in + r * (U h + b_hn)); `nnx.GRUCell` has no bias inside the
 * product with r.
 */
function gruBias(to: string, name: string): Target {
  return {
    to,
    recipe: () => ({
      shapes: (from) => [from[0]],
      forward([input, hidden]) {
        const [r, z, n] = splitArray(hidden!, 3, 0) as [NDArray, NDArray, NDArray];
        const inside = toData(n, "torch").storage.data.find((value) => value !== 0);
        if (inside !== undefined) throw gruError(to, name, inside);
        return [input!.add(concatenate([r, z, zeros(n.shape)]))];
      },
      backward: ([bias]) => [bias!, zeros(bias!.shape)],
    }),
  };
}

function gruError(to: string, name: string, value: number): StateError {
  return new StateError(
    "GraphMismatch",
    `torch: ${JSON.stringify(name)} expected zeros in its last third, got ${value}. PyTorch adds that bias ` +
      `(b_hn) inside the product with the reset gate, where nnx.GRUCell, and so ${to}, has none`,
  );
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((a, b) => a * b, 1);
}
