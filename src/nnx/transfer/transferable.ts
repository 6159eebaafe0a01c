import type { PackedArray } from "../../array/index.ts";
import { packArray, unpackArray } from "../../array/index.ts";
import { assertTakes, brandOf, describe, refuseSurplus } from "../../base/index.ts";
import { Key } from "../../random/index.ts";
import type { Entry } from "../graph/leaf.ts";
import { OptArray, OptState, OptVariable } from "../training/optvariables.ts";
import { isPlain } from "../tree/data.ts";
import * as kinds from "../variables/kinds.ts";
import type { Metadata, VariableClass, VariableValue } from "../variables/variable.ts";
import { make, Variable } from "../variables/variable.ts";
import { State } from "../states/state.ts";

/** The entry of a message's object that says what it stands for. */
const TYPE = "~flaxen";

type Packed =
  | ({ readonly [TYPE]: "NDArray" } & PackedArray)
  | { readonly [TYPE]: "Key"; readonly shape: readonly number[]; readonly words: Uint32Array }
  | { readonly [TYPE]: "Variable"; readonly kind: string; readonly value: unknown; readonly metadata: Metadata }
  | { readonly [TYPE]: "State"; readonly entries: readonly (readonly [path: Entry[0], leaf: unknown])[] };

/**
 * Arrays, keys, Variables and States, in plain arrays and objects, as plain data: what `postMessage`,
 * `structuredClone` and IndexedDB take. `nnx.fromTransferable` gives them back. The elements are copies, so that their
 * buffers may be transferred. Of a model, send the state.
 *
 * @returns plain objects, arrays and typed arrays
 * @throws TypeError for a module or a function; for an array without values, or whose buffer is detached
 * @example
 * const message = structuredClone(nnx.toTransferable(nnx.state(model)));
 * nnx.fromTransferable(message).get("kernel").shape // => [3, 4]
 */
export function toTransferable(x: unknown): unknown {
  if (arguments.length > 1) refuseSurplus("nnx.toTransferable", "x", arguments);
  switch (brandOf(x)) {
    case "NDArray":
      return { [TYPE]: "NDArray", ...packArray(x as never) };
    case "Key": {
      const { shape, words } = x as Key;
      return { [TYPE]: "Key", shape: [...shape], words };
    }
    case "Variable": {
      const variable = x as Variable<VariableValue>;
      const kind = kindOf(variable.constructor as unknown as VariableClass);
      const [value, metadata] = [variable.getRawValue(), variable.metadata].map(toTransferable);
      return { [TYPE]: "Variable", kind, value, metadata };
    }
    case "State":
      return {
        [TYPE]: "State",
        entries: Array.from(x as State, ([path, leaf]) => [[...path], toTransferable(leaf)]),
      };
  }
  if (typeof x === "function" || brandOf(x) !== undefined) throw unsendableError(x);
  if (typeof x !== "object" || x === null || !isPlain(x)) return x;
  return mapPlain(x, toTransferable);
}

/** What `fromTransferable` is told. */
export interface FromTransferableOptions {
  /** Your own classes of Variables that the message may hold, which are told by `static kind`, else by their names. */
  readonly types?: readonly VariableClass[];
}

/**
 * What was given to `nnx.toTransferable`, on the other side. The elements of the message become those of the arrays.
 *
 * @returns the same arrays, keys, Variables and States, in the same containers
 * @throws TypeError if the message holds a class of Variables that is neither flaxen's nor among `types`, or if it was
 * damaged
 * @example
 * nnx.fromTransferable(nnx.toTransferable([jnp.ones([2]), "text"]))[0].tolist() // => [1, 1]
 */
export function fromTransferable<T = unknown>(message: unknown, options: FromTransferableOptions = {}): T {
  assertTakes(arguments, "nnx.fromTransferable", "message options", ["types"]);
  const { types = [] } = options;
  const known = [...types, ...Object.values(kinds), Variable, OptState, OptArray, OptVariable] as VariableClass[];
  const unpack = (x: unknown): unknown => {
    if (typeof x !== "object" || x === null || !isPlain(x)) return x;
    if (!(TYPE in x)) return mapPlain(x, unpack);
    const packed = x as unknown as Packed;
    switch (packed[TYPE]) {
      case "NDArray":
        return unpackArray(packed);
      case "Key":
        return new Key(packed.words, packed.shape);
      case "Variable": {
        const type = known.find((one) => kindOf(one) === packed.kind);
        if (type === undefined) throw kindError(packed.kind);
        return make(type, unpack(packed.value), unpack(packed.metadata) as Metadata);
      }
      case "State":
        return new State(packed.entries.map(([path, leaf]) => [path, unpack(leaf)] as Entry));
    }
  };
  return unpack(message) as T;
}

/** The name under which two copies of the package, or two threads, know a class of Variables. */
function kindOf(type: VariableClass): string {
  return Object.hasOwn(type, "kind") ? (type as unknown as typeof Variable).kind : (type as { name: string }).name;
}

function mapPlain(x: object, f: (item: unknown) => unknown): unknown {
  return Array.isArray(x) ? x.map(f) : Object.fromEntries(Object.entries(x).map(([key, item]) => [key, f(item)]));
}

function unsendableError(x: unknown): TypeError {
  return new TypeError(
    `nnx.toTransferable: "x" expected arrays, keys, Variables, States and plain data, got ${describe(x)}.\n` +
      "  wrong: postMessage(nnx.toTransferable(model))\n" +
      "  right: postMessage(nnx.toTransferable(nnx.state(model))), and there\n" +
      "         nnx.update(model, nnx.fromTransferable(message))",
  );
}

function kindError(kind: string): TypeError {
  return new TypeError(
    `nnx.fromTransferable: "types" expected to have the class of Variables "${kind}", got none of it. ` +
      `nnx.fromTransferable(message, { types: [${kind}] })`,
  );
}
