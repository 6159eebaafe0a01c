/** Every error of calls whose arguments are too many, unknown or of another kind. */
import { nnx, numpy as jnp, random } from "../../src/index.ts";
import type { Failure } from "./failure.ts";

const x = jnp.array([1, 2]);
const key = random.key(0);

/** Calls that the types refuse. */
const loosely = <T>(f: T): ((...args: unknown[]) => unknown) => f as never;

export const CALLS: readonly Failure[] = [
  [
    "TypeError: pad: expected at most 3 arguments by place (array, padWidth, mode), got 4: 2 is one too many. By name there are constantValues, statLength, endValues, reflectType",
    () => loosely(jnp.pad)(x, 1, "edge", 2),
  ],
  [
    "TypeError: pad: expected its arguments, got an element, its index and the list. Write list.map((x) => pad(x))",
    () => [x].map(loosely(jnp.pad)),
  ],
  [
    'TypeError: random.uniform: "options" expected key, shape, dtype, minval, maxval, got "min_val". Did you mean "minval"?',
    () => loosely(random.uniform)(key, [2], { min_val: 1 }),
  ],
  [
    'TypeError: pad: "mode" expected once, got it by place and by name',
    () => jnp.pad(x, 1, "edge", { mode: "reflect" }),
  ],
  [
    'TypeError: nnx.Conv: "inFeatures" expected a value, got none. Write new nnx.Conv(inFeatures, outFeatures, kernelSize, { rngs })',
    () => loosely((options: object) => new nnx.Conv(options as never))({ kernelSize: [3] }),
  ],
  [
    'TypeError: nnx.Dropout: "deterministic" expected a boolean, got 1',
    () => {
      const layer = new nnx.Dropout(0.5);
      (layer as { deterministic: unknown }).deterministic = 1;
      return layer([1]);
    },
  ],
  ["TypeError: nnx.vmap: expected f by place, got it by name", () => loosely(nnx.vmap)({ f: () => 0 })],
  [
    'TypeError: nnx.Param: expected at most 1 argument by place (value), got 2: "x" is one too many',
    () => loosely((value: number, metadata: string) => new nnx.Param(value, metadata as never))(1, "x"),
  ],
  [
    'TypeError: ones: "dtype" expected a dtype, got 3. Sizes stand in brackets: ones([2, 3])',
    () => loosely(jnp.ones)(2, 3),
  ],
  [
    'RangeError: max: "initial" expected a number, since "where" is given, got none',
    () => jnp.max(x, { where: [true, false] }),
  ],
  ['TypeError: sum: "keepdims" expected a boolean, got 1', () => loosely(jnp.sum)(x, 0, { keepdims: 1 })],
  [
    "TypeError: nnx.relu: expected at most 1 argument by place (x), got 2: 1 is one too many",
    () => loosely(nnx.relu)(x, 1),
  ],
];
