/** A step of decoding in one has the bits of its operations in sequence, and computes only what fits. */
import { expect, it } from "vitest";
import { affine, attentionToFirst, decodeStep, withRow } from "../../src/array/index.ts";
import type { KeyValueCache, Projection } from "../../src/array/index.ts";
import type { Projections } from "../../src/array/nn/decodestep.ts";
import type { NDArray } from "../../src/index.ts";
import { random } from "../../src/index.ts";
import { onEachBackend } from "../backends.ts";
import { hexWords } from "../bits.ts";

const SCORES = { scale: 0.5, masked: -1e30 };

const made = (...shape: number[]): NDArray => random.normal(random.key(shape.length), shape);
const projection = (inputs: number[], outputs: number[]): Projection => ({
  kernel: made(...inputs, ...outputs),
  bias: made(...outputs),
});

/** Two heads of 3 features, from 5 inputs to the axes `outputs`. */
function projections(outputs: number[] = [4]): Projections {
  const [query, key, value] = [projection([5], [2, 3]), projection([5], [2, 3]), projection([5], [2, 3])];
  return { query, key, value, out: projection([2, 3], outputs) };
}

const cacheOf = (tokens = 1): KeyValueCache => ({ key: made(7, 6, 2, 3), value: made(7, 6, 2, 3).mul(2), tokens });

onEachBackend("decodeStep", () => {
  it.each([[[4]], [[4, 2]], [[]]])("has the bits of the operations in sequence, to outputs %j", (outputs) => {
    const [x, cache] = [made(7, 1, 5), cacheOf()];
    const { query, key, value, out } = projections(outputs);
    const through = ({ kernel, bias }: Projection): NDArray => affine(x, kernel, bias);
    const keys = withRow(cache.key, 1, through(key));
    const values = withRow(cache.value, 1, through(value));
    const attended = attentionToFirst(2, through(query), keys, values, SCORES).reshape([7, 1, 6]);
    const expected = affine(attended, out.kernel.reshape([6, ...outputs]), out.bias);
    const step = decodeStep(x, { query, key, value, out }, SCORES, cache)!;
    expect([step.result.shape, step.cache.tokens]).toEqual([[7, 1, ...outputs], 2]);
    expect(hexWords(step.result.data)).toEqual(hexWords(expected.data));
    expect(hexWords(step.cache.key.data)).toEqual(hexWords(keys.data));
    expect(hexWords(step.cache.value.data)).toEqual(hexWords(values.data));
  });
});

it("takes projections without a bias, and the first and the last place of a cache", () => {
  const all = projections();
  const bare = Object.fromEntries(Object.entries(all).map(([name, { kernel }]) => [name, { kernel, bias: undefined }]));
  for (const tokens of [0, 5])
    for (const given of [all, bare as unknown as Projections])
      expect(decodeStep(made(7, 1, 5), given, SCORES, cacheOf(tokens))?.cache.tokens).toBe(tokens + 1);
});

const X = made(7, 1, 5);
const ALL = projections();

it.each([
  ["x of float16", X.astype("float16"), ALL, cacheOf()],
  ["two tokens", made(7, 2, 5), ALL, cacheOf()],
  ["other inputs", made(7, 1, 4), ALL, cacheOf()],
  ["another batch", made(6, 1, 5), ALL, cacheOf()],
  ["a full cache", X, ALL, cacheOf(6)],
  ["no place", X, ALL, cacheOf(-1)],
  ["keys of other heads", X, ALL, { ...cacheOf(), key: made(7, 6, 3, 2) }],
  ["fewer keys", X, ALL, { ...cacheOf(), key: made(7, 5, 2, 3) }],
  ["fewer values", X, ALL, { ...cacheOf(), value: made(7, 5, 2, 3) }],
  ["one axis of heads", X, { ...ALL, query: projection([5], [6]) }, cacheOf()],
  ...(["query", "key", "value"] as const).flatMap((name) => [
    [`${name} from other inputs`, X, { ...ALL, [name]: projection([4], [2, 3]) }, cacheOf()] as const,
    [`${name} to other heads`, X, { ...ALL, [name]: projection([5], [3, 2]) }, cacheOf()] as const,
    [`${name} with a small bias`, X, { ...ALL, [name]: { ...ALL[name], bias: made(3) } }, cacheOf()] as const,
  ]),
  ["out from other heads", X, { ...ALL, out: projection([3, 2], [4]) }, cacheOf()],
  ["out with another bias", X, { ...ALL, out: { ...ALL.out, bias: made(1) } }, cacheOf()],
  ...Object.entries(ALL).flatMap(([name, { kernel, bias }]: [string, Projection]) => [
    [`${name} of float16`, X, { ...ALL, [name]: { kernel: kernel.astype("float16"), bias } }, cacheOf()] as const,
    [
      `a bias of ${name} of float16`,
      X,
      { ...ALL, [name]: { kernel, bias: bias!.astype("float16") } },
      cacheOf(),
    ] as const,
  ]),
] as const)("leaves %s to the operations", (_, x, given, cache) => {
  expect(decodeStep(x, given, SCORES, cache)).toBeUndefined();
});
