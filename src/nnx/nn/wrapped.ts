import type { Path } from "../tree/path.ts";
import { Module } from "../modules/module.ts";
import { state } from "../states/state.ts";
import { Param } from "../variables/kinds.ts";

/** A layer that can be wrapped. */
export type Wrapped = Module<never[]>;

/** What a wrapping layer keeps for each Param of the wrapped one, under the Param's path as Python writes it. */
class ByPath extends Module {}

/** A ByPath of `entries`. */
export function byPath<T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.assign(new ByPath(), entries) as unknown as Readonly<Record<string, T>>;
}

/** `('kernel', 'u')`, the way a tuple reads as a part of a path in Flax. */
export function tuple(path: Path): string {
  const parts = path.map((part) => (typeof part === "string" ? `'${part}'` : String(part)));
  return `(${parts.join(", ")}${parts.length === 1 ? "," : ""})`;
}

export function paramsOf(layer: Wrapped): [Path, Param][] {
  return [...state(layer as object, Param)] as unknown as [Path, Param][];
}

/** There are no scales or statistics for a Param that was added after the layer was wrapped. */
export function newParamError(layer: string, path: Path): TypeError {
  return new TypeError(
    `nnx.${layer}: "layer" expected the Params it had when it was wrapped, got a new one at ${path.join("/")}`,
  );
}
