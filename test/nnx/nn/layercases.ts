import type { NDArray } from "../../../src/index.ts";
import { nnx, numpy as jnp, random } from "../../../src/index.ts";
import type { DType } from "../../../src/numpy.ts";
import type { Encoded } from "../../golden/load.ts";
import { decode } from "../../golden/load.ts";
import { camelCase } from "../calls.ts";

/** A layer of the golden file: what made it, its weights, one call. */
export interface LayerCase {
  layer: string;
  ctor: Record<string, unknown>;
  seed: number;
  state: Record<string, Encoded>;
  inputs: Encoded[];
  outputs: Encoded[];
  outputs_float64: Encoded[] | null;
}

type Layer = nnx.Module<NDArray[], NDArray>;

/** How a layer is made: the constructor's positional arguments by their Python names; all others are options. */
interface Recipe {
  readonly layer: new (...args: never[]) => nnx.Module<never[], unknown>;
  readonly positional: readonly string[];
}

/** Another layer is one more line here. */
const RECIPES: Record<string, Recipe> = {
  Linear: { layer: nnx.Linear, positional: ["in_features", "out_features"] },
  LinearGeneral: { layer: nnx.LinearGeneral, positional: ["in_features", "out_features"] },
  Einsum: { layer: nnx.Einsum, positional: ["einsum_str", "kernel_shape", "bias_shape"] },
  Embed: { layer: nnx.Embed, positional: ["num_embeddings", "features"] },
  Conv: { layer: nnx.Conv, positional: ["in_features", "out_features", "kernel_size"] },
  ConvTranspose: { layer: nnx.ConvTranspose, positional: ["in_features", "out_features", "kernel_size"] },
  LoRA: { layer: nnx.LoRA, positional: ["in_features", "lora_rank", "out_features"] },
  LoRALinear: { layer: nnx.LoRALinear, positional: ["in_features", "out_features"] },
  MultiHeadAttention: { layer: nnx.MultiHeadAttention, positional: ["num_heads", "in_features"] },
  LayerNorm: { layer: nnx.LayerNorm, positional: ["num_features"] },
  RMSNorm: { layer: nnx.RMSNorm, positional: ["num_features"] },
  GroupNorm: { layer: nnx.GroupNorm, positional: ["num_features"] },
  InstanceNorm: { layer: nnx.InstanceNorm, positional: ["num_features"] },
  BatchNorm: { layer: nnx.BatchNorm, positional: ["num_features"] },
  Dropout: { layer: nnx.Dropout, positional: ["rate"] },
  // So the generator calls the cell with one layer for all gates.
  LSTMCell: { layer: nnx.OptimizedLSTMCell, positional: ["in_features", "hidden_features"] },
  OptimizedLSTMCell: { layer: nnx.OptimizedLSTMCell, positional: ["in_features", "hidden_features"] },
  GRUCell: { layer: nnx.GRUCell, positional: ["in_features", "hidden_features"] },
  SimpleCell: { layer: nnx.SimpleCell, positional: ["in_features", "hidden_features"] },
};

/** Layers that are made of others, which the generator describes in words. */
const COMPOSED: Record<string, (rngs: nnx.Rngs) => nnx.Module<never[], unknown>> = {
  RNN: (rngs) => new nnx.RNN(new nnx.GRUCell(5, 8, { rngs })),
  PReLU: () => new nnx.PReLU(),
  Sequential: (rngs) => new nnx.Sequential(new nnx.Linear(4, 8, { rngs }), nnx.relu, new nnx.Linear(8, 2, { rngs })),
};

/** Whether there is a recipe for a case. */
export function isKnown({ layer }: { layer?: string }): boolean {
  return layer !== undefined && (Object.hasOwn(RECIPES, layer) || Object.hasOwn(COMPOSED, layer));
}

/** The options that a case names and need not name. */
export function optionsOf({ layer, ctor }: LayerCase): string[] {
  const needed = new Set(["lora_rank", "num_groups", "group_size", ...(RECIPES[layer]?.positional ?? [])]);
  return Object.keys(ctor).filter((name) => !needed.has(name));
}

/** The layer that a case describes, drawn from its seed. */
export function build({ layer, ctor, seed }: Pick<LayerCase, "layer" | "ctor" | "seed">): Layer {
  const composed = COMPOSED[layer];
  if (composed) return composed(new nnx.Rngs(seed)) as Layer;
  const { layer: Layer, positional } = RECIPES[layer]!;
  const args = positional.map((name) => ctor[name] ?? null);
  const options = Object.fromEntries(
    Object.entries(ctor)
      .filter(([name]) => !positional.includes(name))
      .map(([name, value]) => [camelCase(name), optionOf(value)]),
  );
  return new (Layer as new (...all: unknown[]) => Layer)(...args, { ...options, rngs: new nnx.Rngs(seed) });
}

/** An option of a golden file: arrays are encoded, functions of nnx and initializers named. */
function optionOf(given: unknown): unknown {
  if (isEncoded(given)) return toArray(given);
  const { function: name, initializer, arguments: args } = Object(given) as Record<string, unknown>;
  if (name !== undefined) return (nnx as unknown as Record<string, unknown>)[name as string];
  if (initializer === undefined) return given;
  const found = (nnx.initializers as unknown as Record<string, typeof nnx.initializers.normal>)[initializer as string]!;
  return (args as number[]).length > 0 ? found(...(args as [number])) : found;
}

/** An encoded array as ours. */
export function toArray(x: Encoded): NDArray {
  return jnp.array(decode(x), x.dtype as DType).reshape(x.shape);
}

/** A case's paths and shapes, and ours, for comparison. */
export function shapesOf(model: object): Record<string, readonly number[]> {
  return Object.fromEntries(nnx.toFlatState(nnx.state(model)).map(([path, leaf]) => [path.join("/"), leaf.shape]));
}

/** The array under a path of a model's state. */
export function valueAt(model: object, path: string): NDArray {
  const [, leaf] = nnx.toFlatState(nnx.state(model)).find(([at]) => at.join("/") === path)!;
  const value = leaf instanceof nnx.Variable ? leaf.get() : leaf;
  return value.dtype === "key<fry>" ? random.keyData(value as never) : (value as NDArray);
}

/** What the generator called the layer with, and the arrays that come out, in a row. */
export function run(model: Layer, { layer, inputs, outputs }: LayerCase): NDArray[] {
  const [x, ...rest] = inputs.map(toArray) as [NDArray, ...NDArray[]];
  const call = model as unknown as (...args: unknown[]) => unknown;
  const zero = (): NDArray => jnp.zeros(outputs[0]!.shape);
  if (layer.endsWith("Cell") && rest.length > 0)
    return [call(rest.length > 1 ? rest : rest[0], x)].flat(9) as NDArray[];
  if (layer === "LSTMCell") return [call([zero(), zero()], x)].flat(9) as NDArray[];
  if (layer.endsWith("Cell")) return [call(zero(), x)].flat(9) as NDArray[];
  if (layer === "Dropout") return outputs.map(() => call(x) as NDArray);
  return [call(x, ...rest)] as NDArray[];
}

function isEncoded(x: unknown): x is Encoded {
  return typeof x === "object" && x !== null && "b64" in x;
}
