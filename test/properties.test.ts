/** Every property of keys, arrays, Variables and States, each once. */
import { expect, it } from "vitest";
import { nnx, numpy as jnp, random } from "../src/index.ts";

it("a Key has the properties of an array of keys", () => {
  const one = random.key(7);
  const keys = random.split(one, [2, 3]);
  expect([one.shape, one.ndim, one.size, one.dtype]).toEqual([[], 0, 1, "key<fry>"]);
  expect([keys.shape, keys.ndim, keys.size, keys.dtype]).toEqual([[2, 3], 2, 6, "key<fry>"]);
  expect([...one.words]).toEqual([0, 7]);
  expect(keys.words.length).toBe(12);
  expect([...keys].map((row) => row.shape)).toEqual([[3], [3]]);
});

it("an NDArray has NumPy's properties", () => {
  const x = jnp.arange(24, { dtype: "float32" }).reshape([2, 3, 4]);
  expect([x.shape, x.ndim, x.size, x.dtype, x.itemsize, x.nbytes]).toEqual([[2, 3, 4], 3, 24, "float32", 4, 96]);
  expect(Array.from(x.data)).toEqual([...Array(24).keys()]);
  expect(x.T.shape).toEqual([4, 3, 2]);
  expect((x.T.tolist() as unknown[])[1]?.toString()).toBe("1,13,5,17,9,21");
  expect(x.mT.shape).toEqual([2, 4, 3]);
  expect((x.mT.tolist() as unknown[])[1]?.toString()).toBe("12,16,20,13,17,21,14,18,22,15,19,23");
  expect([...x].map((row) => row.shape)).toEqual([
    [3, 4],
    [3, 4],
  ]);
});

it("a Variable has the properties of its value, its metadata and its tag", () => {
  const param = new nnx.Param(jnp.zeros([2, 3]), { sharding: "x" });
  expect([param.shape, param.dtype, param.metadata, param.tag]).toEqual([
    [2, 3],
    "float32",
    { sharding: "x" },
    undefined,
  ]);
  expect(param.value.tolist()).toEqual(jnp.zeros([2, 3]).tolist());
  expect([...param].map((row) => row.shape)).toEqual([[3], [3]]);
  const stream = new nnx.Rngs({ dropout: 0 }).dropout;
  expect([stream.key.shape, stream.key.dtype, stream.key.tag]).toEqual([[], "key<fry>", "dropout"]);
  expect([stream.count.shape, stream.count.dtype, stream.count.tag]).toEqual([[], "uint32", "dropout"]);
});

it("a State has the number of its leaves", () => {
  const linear = new nnx.Linear(2, 3, { rngs: new nnx.Rngs(0) });
  expect(nnx.state(linear).size).toBe(2);
  expect(nnx.state(linear, nnx.BatchStat).size).toBe(0);
});
