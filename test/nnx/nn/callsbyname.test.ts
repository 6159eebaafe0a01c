/** Layers called with their input by its name, as Python allows: the call by place, bit for bit. */
import { describe, expect, it } from "vitest";
import { parametersOf, reasonFor } from "../../../scripts/surface/parameters.ts";
import type { NDArray } from "../../../src/index.ts";
import { nnx, random } from "../../../src/index.ts";
import { hexWords } from "../../bits.ts";
import { LAYERS } from "./everylayer.ts";

type Layer = (...args: unknown[]) => unknown;

const NAMED = new Set([".", "*"]);
const SIGNATURES = parametersOf("nnx");

/** Layers whose call begins with one array, and takes more, so that it has a name. */
const CASES = LAYERS.flatMap(({ name, shape, dtype, make }) => {
  const { layer } = make(new nnx.Rngs(0), {});
  const fn = `${layer.constructor.name}.__call__`;
  const [input, ...others] = SIGNATURES.get(fn) ?? [];
  const more = others.filter(({ name: other, kind }) => NAMED.has(kind) && reasonFor(`nnx.${fn}`, other) === undefined);
  if (input?.kind !== "." || more.length === 0 || layer instanceof nnx.RNNCellBase || name === "Embed.attend")
    return [];
  return [{ name, layer: layer as object, input: input.name, shape, dtype }];
});

const bitsOf = (y: unknown): string[] => [y].flat(9).flatMap((part) => hexWords((part as NDArray).data));

it("half the layers are in the table", () => expect(CASES.length).toBeGreaterThan(12));

describe.each(CASES)("$name", ({ layer, input, shape, dtype }) => {
  it(`takes ${input} by place and by name`, () => {
    const drawn = random.normal(random.key(1), [2, ...shape]);
    const x = dtype === undefined ? drawn : drawn.mul(5).astype(dtype);
    const [byPlace, byName] = [nnx.clone(layer), nnx.clone(layer)] as unknown as [Layer, Layer];
    expect(bitsOf(byName({ [input]: x }))).toEqual(bitsOf(byPlace(x)));
    expect(nnx.state(byName)).toEqual(nnx.state(byPlace));
  });
});
