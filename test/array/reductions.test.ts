import { describe, expect, it } from "vitest";
import { nnx, numpy as jnp } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";
import { onEachBackend } from "../backends.ts";
import { firstDifference } from "../bits.ts";
import { camelCase, expectClose, expectSame, load, toArray } from "../nnx/nn/goldennorms.ts";

const CASES = load("norms").filter(({ group }) => group === "reduction" || group === "cumulative" || group === "norm");
const FUNCTIONS = { ...jnp, norm: jnp.linalg.norm } as unknown as Record<string, (...args: unknown[]) => NDArray>;

onEachBackend("reductions", () => {
  it.each(
    CASES.map((item, i) => {
      const [x] = item.inputs;
      return [`${item.fn} #${i} ${JSON.stringify([x!.dtype, x!.shape, item.options, item.arguments])}`, item] as const;
    }),
  )("%s is JAX's", (_, item) => {
    const f = FUNCTIONS[camelCase(item.fn!)]!;
    const x = toArray(item.inputs[0]!);
    const run = (): NDArray => (item.group === "cumulative" ? f(x, ...item.arguments) : f(x, item.options));
    if (item.error !== undefined) return expect(run).toThrow(RangeError);
    if (item.outputs_float64 === null) expectSame(run(), item.outputs[0]!);
    else expectClose(run(), item.outputs[0]!, item.outputs_float64[0]);
  });
});

describe("reductions", () => {
  const x = jnp.array(Array.from({ length: 120 }, (_, i) => ((i * i * 7) % 24) / 24 - 0.5)).reshape([2, 3, 4, 5]);

  it.each(["bool", "uint8", "int16", "int32", "float32", "bfloat16"] as const)(
    "any and all see each element of %s, wherever its line begins",
    (dtype) => {
      const [rows, columns] = [3, 67];
      for (let place = 0; place < rows * columns; place++) {
        const few = new Float32Array(rows * columns);
        few[place] = dtype === "bool" ? 1 : 100;
        const one = jnp.array(few).reshape([rows, columns]).astype(dtype);
        const others = jnp
          .array(few.map((x) => (x === 0 ? 1 : -0)))
          .reshape([rows, columns])
          .astype(dtype);
        const row = Array.from({ length: rows }, (_, i) => Number(i === Math.floor(place / columns)));
        const column = Array.from({ length: columns }, (_, i) => Number(i === place % columns));
        expect([one.any().item(), one.all().item(), others.any().item(), others.all().item()]).toEqual([1, 0, 1, 0]);
        expect([...one.any(1).data]).toEqual(row);
        expect([...others.all(1).data]).toEqual(row.map((x) => 1 - x));
        expect([...one.any(0).data]).toEqual(column);
        expect([...others.all(0).data]).toEqual(column.map((x) => 1 - x));
      }
      const bytes = [0, 1, 2, 3, 4, 5, 6, 7].map((i) =>
        jnp
          .arange(24)
          .astype("int32")
          .mod(i + 2)
          .astype(dtype),
      );
      for (const x of bytes) {
        const list = [...x.data].map(Number);
        for (const shape of [
          [3, 8],
          [2, 3, 4],
          [2, 2, 6],
        ]) {
          const inner = shape.at(-1)!;
          const n = shape.at(-2)!;
          const lines = Array.from({ length: 24 / n }, (_, i) =>
            list.filter((_x, at) => at % inner === i % inner && Math.floor(at / (n * inner)) === Math.floor(i / inner)),
          );
          const y = x.reshape(shape);
          expect([...y.any(-2).data]).toEqual(lines.map((line) => Number(line.some((v) => v !== 0))));
          expect([...y.all(-2).data]).toEqual(lines.map((line) => Number(line.every((v) => v !== 0))));
        }
      }
      const zeros = jnp.zeros([2, 0, 70], dtype);
      expect([...zeros.any(1).data, ...zeros.all(1).data].every((x, i) => x === Number(i >= 140))).toBe(true);
      expect([jnp.zeros([130], dtype).any().item(), jnp.ones([130], dtype).all().item()]).toEqual([0, 1]);
    },
  );

  it("the bits of a sum do not depend on which axes stand where", () => {
    const all = x.sum([1, 3]);
    const rows = all.tolist() as number[][];
    const list = x.tolist() as number[][][][];
    for (const [i, j] of [
      [0, 0],
      [1, 3],
    ] as const) {
      const terms = list[i]!.flatMap((matrix) => matrix[j]!);
      expect(jnp.sum(terms).item()).toBe(rows[i]![j]);
    }
  });

  it("methods and functions agree, axis by position or in options", () => {
    expect(x.sum(1).tolist()).toEqual(jnp.sum(x, { axis: 1 }).tolist());
    expect(x.mean([0, 2], { keepdims: true }).shape).toEqual([1, 3, 1, 5]);
    expect(x.max().item()).toBe(jnp.max(x).item());
    expect(x.min(-1).tolist()).toEqual(jnp.min(x, 3).tolist());
    expect(x.var(0).tolist()).toEqual(jnp.var(x, 0).tolist());
    expect(x.std(0).tolist()).toEqual(jnp.std(x, 0).tolist());
    expect(x.prod(0).tolist()).toEqual(jnp.prod(x, 0).tolist());
    expect(x.argmax(2).tolist()).toEqual(jnp.argmax(x, 2).tolist());
    expect(x.argmin(2).tolist()).toEqual(jnp.argmin(x, { axis: 2 }).tolist());
    expect([x.any().item(), x.all().item()]).toEqual([1, 0]);
    expect(x.cumsum().tolist()).toEqual(jnp.cumsum(x).tolist());
    expect(x.cumsum(1).tolist()).toEqual(jnp.cumsum(x, 1).tolist());
  });

  it("wrong axes are named", () => {
    expect(() => x.sum(4)).toThrow(/sum: "axis" expected an axis from -4 to 3, got 4/);
    expect(() => jnp.max(x, [0, 0])).toThrow(RangeError);
    expect(() => jnp.sum(x, "0" as never)).toThrow(TypeError);
    expect(() => jnp.sum(x, 0, { keepdims: 1 as never })).toThrow(TypeError);
    expect(() => jnp.var(x, { ddof: NaN })).toThrow(TypeError);
    expect(() => jnp.linalg.norm(x, { ord: 3, axis: 0 })).toThrow(RangeError);
    expect(() => jnp.linalg.norm(x, { ord: 1 })).toThrow(RangeError);
  });

  it("logsumexp is nnx.logsumexp", () => {
    expect(firstDifference(nnx.logsumexp(x, 1).data, jnp.logsumexp(x, 1).data)).toBe(-1);
  });
});
