/** What a call leaves behind: nothing. Not in the layer, not in its input, not in what earlier calls gave. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { NDArray } from "../../../src/index.ts";
import { nnx, numpy as jnp, useBackend } from "../../../src/index.ts";
import { hexWords } from "../../bits.ts";
import { floats } from "../../contract/backends.ts";
import type { Dtypes, EveryLayer } from "./everylayer.ts";
import { FUNCTIONS, LAYERS } from "./everylayer.ts";

/** Every layer of the table computes in each of these; functions have no dtypes. */
const DTYPES: readonly (readonly [string, Dtypes])[] = [
  ["float32", {}],
  ["bfloat16", { dtype: "bfloat16" }],
];

const CASES = [
  ...DTYPES.flatMap(([name, dtypes]) => LAYERS.map((item) => [`${item.name}, ${name}`, item, dtypes] as const)),
  ...FUNCTIONS.map((item) => [item.name, item, {}] as const),
];

function inputFor({ shape, dtype }: EveryLayer, batch: readonly number[], seed: number): NDArray {
  const size = [...batch, ...shape].reduce((a, b) => a * b, 1);
  const values = floats(size, seed, false);
  return jnp
    .array(dtype === "int32" ? Int32Array.from(values, (x) => Math.abs(Math.trunc(x)) % 31) : values)
    .reshape([...batch, ...shape]);
}

function bitsOf(arrays: readonly NDArray[]): string[][] {
  return arrays.map((y) => [y.dtype, y.shape.join(), ...hexWords(y.data)]);
}

/**
 * Everything a layer owns, by its path, except for the counts of keys: an RNN takes keys for its first carry. Reading
 * an array's elements tells the layer that they may be written to: only after the calls.
 */
function stateOf(layer: object): [string, string[][]][] {
  if (!(layer instanceof nnx.Module)) return [];
  return nnx.toFlatState(nnx.state(layer, nnx.Not(nnx.RngCount))).map(([path, leaf]) => {
    const value: unknown = leaf instanceof nnx.Variable ? leaf.get() : leaf;
    return [
      path.join("/"),
      value instanceof Object && "tolist" in value ? bitsOf([value as NDArray]) : [[String(value)]],
    ];
  });
}

afterAll(() => useBackend("auto"));

describe.each(["core", "wasm", "auto"] as const)(
  "on %s, a call of a layer changes nothing that a later one reads",
  (backend) => {
    beforeAll(() => useBackend(backend));

    describe.each([
      ["unbatched", []],
      ["a batch of 3", [3]],
    ] as const)("%s", (_, batch) => {
      it.each(CASES.filter(([, item]) => batch.length > 0 || item.unbatched !== false))("%s", (_name, item, dtypes) => {
        const make = () => item.make(new nnx.Rngs(3), dtypes);
        const [x, other] = [inputFor(item, batch, 1), inputFor(item, batch, 2)];
        const { layer, run } = make();
        const first = run(layer, x);
        const between = run(layer, other);
        const again = run(layer, x);
        const third = run(layer, x);

        const fresh = make();
        const expected = bitsOf(fresh.run(fresh.layer, inputFor(item, batch, 1)));
        const lone = make();
        expect(bitsOf(first), "the first call").toEqual(expected);
        expect(bitsOf(between), "a call with other numbers").toEqual(
          bitsOf(lone.run(lone.layer, inputFor(item, batch, 2))),
        );
        expect(bitsOf(again), "the same call again").toEqual(expected);
        expect(bitsOf(third), "and once more").toEqual(expected);
        expect(stateOf(layer), "the state").toEqual(stateOf(make().layer));
        expect(bitsOf([x, other]), "the inputs").toEqual(bitsOf([inputFor(item, batch, 1), inputFor(item, batch, 2)]));
      });
    });
  },
);
