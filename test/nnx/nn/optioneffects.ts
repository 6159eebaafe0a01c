/** What an option of a layer changes, found by comparing the layer with one without it. */
import type { NDArray } from "../../../src/index.ts";
import { nnx, random } from "../../../src/index.ts";
import { hexWords } from "../../bits.ts";
import type { Effect, LayerOptionsCase, OptionCase } from "./optioncases.ts";

/** What can be seen of a layer, each as text. */
interface Seen {
  readonly state: string;
  readonly metadata: string;
  readonly output: string;
  readonly layer: object;
}

/** The effects of an option in the order output, state, metadata, attribute. */
export function effectsOf(item: LayerOptionsCase, name: string, { value, beside }: OptionCase): Effect[] {
  const before = see(item, beside);
  const after = see(item, { ...beside, [name]: value });
  const found: Effect[] = [];
  for (const effect of ["output", "state", "metadata"] as const)
    if (before[effect] !== after[effect]) found.push(effect);
  const kept = (after.layer as Record<string, unknown>)[name];
  if (Object.is(kept, value) || sameText(kept, value) || sameText(kept, [value])) found.push("attribute");
  return found;
}

/** The attributes of a layer that are not part of its state. */
export function attributesOf(layer: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(layer).filter(
      ([, x]) => !(x instanceof nnx.Variable || x instanceof nnx.Module || x instanceof nnx.RngStream),
    ),
  );
}

/** Numbers and lists of them; layers keep one number as a list where it may be one for each axis. */
function sameText(a: unknown, b: unknown): boolean {
  const text = JSON.stringify(a) as string | undefined;
  return text !== undefined && text === JSON.stringify(b);
}

function see(item: LayerOptionsCase, options: Record<string, unknown>): Seen {
  const layer = item.make(options);
  const leaves = nnx.toFlatState(nnx.state(layer));
  const metadata = leaves.map(([path, leaf]) => [path, leaf instanceof nnx.Variable ? leaf.getMetadata() : {}]);
  const types = leaves.map(([path, leaf]) => [path, leaf.constructor.name]);
  const state = JSON.stringify([types, leaves.map(([, leaf]) => textOf(leaf))]);
  return { layer, state, metadata: JSON.stringify(metadata), output: outputOf(item, layer) };
}

function outputOf({ run }: LayerOptionsCase, layer: object): string {
  try {
    return textOf(run(layer as never));
  } catch (error) {
    return String(error);
  }
}

/** The dtype, the shape and the bits of all arrays in a result. */
function textOf(x: unknown): string {
  if (x instanceof nnx.State)
    return nnx
      .toFlatState(x)
      .map(([, leaf]) => textOf(leaf))
      .join();
  if (x instanceof nnx.Variable) return textOf(x.get());
  if (Array.isArray(x)) return x.map(textOf).join();
  const array = (x as NDArray).dtype === ("key<fry>" as never) ? random.keyData(x as never) : (x as NDArray);
  return `${array.dtype} ${array.shape.join()} ${hexWords(array.data).join(" ")}`;
}
