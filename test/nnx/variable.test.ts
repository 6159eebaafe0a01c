import { expect, it } from "vitest";
import { nnx, numpy as jnp, random, ShapeError } from "../../src/index.ts";

it("get, getValue and value read; set keeps shape and dtype; setValue may change both", () => {
  const v = new nnx.Param([1, 2]);
  expect([v.get(), v.getValue(), v.value].every((x) => x === v.get())).toBe(true);
  v.set(jnp.array(Int32Array.of(3, 4)));
  expect([v.dtype, v.get().tolist()]).toEqual(["float32", [3, 4]]);
  v.value = [5, 6];
  expect(v.get().tolist()).toEqual([5, 6]);
  v.setValue(jnp.array(Int32Array.of(1)));
  expect([v.shape, v.dtype]).toEqual([[1], "int32"]);
});

it("a set of another shape is a ShapeError and changes nothing", () => {
  const v = new nnx.Param([1, 2]);
  expect(() => v.set([1, 2, 3])).toThrow(ShapeError);
  expect(() => v.set(5)).toThrow(/Param\.set: "value" expected shape \[2\], got \[\]/);
  expect(v.get().tolist()).toEqual([1, 2]);
});

it("unwraps wherever an array is taken", () => {
  const v = new nnx.Param([
    [1, 2],
    [3, 4],
  ]);
  expect(jnp.add(v, 1).tolist()).toEqual([
    [2, 3],
    [4, 5],
  ]);
  expect(jnp.array([1, 1]).matmul(v).tolist()).toEqual([4, 6]);
  expect(jnp.matmul(v, v).tolist()).toEqual([
    [7, 10],
    [15, 22],
  ]);
  expect(jnp.asarray(v).tolist()).toEqual(v.get().tolist());
});

it("keeps metadata, and its tag is what filters see", () => {
  const v = new nnx.Param([1], { tag: "encoder", sharding: ["x"] });
  expect(v.metadata).toEqual({ tag: "encoder", sharding: ["x"] });
  expect(v.tag).toBe("encoder");
});

it("kinds form a tree", () => {
  const count = new nnx.Rngs(0).default!.count;
  expect(count).toBeInstanceOf(nnx.RngCount);
  expect(count).toBeInstanceOf(nnx.RngState);
  expect(count).toBeInstanceOf(nnx.Variable);
  expect(count).not.toBeInstanceOf(nnx.Param);
  expect({}).not.toBeInstanceOf(nnx.Variable);
});

it.each([
  ["a string", "x"],
  ["null", null],
  ["undefined", undefined],
  ["an object", {}],
  ["a module", new (class extends nnx.Module {})()],
])("%s is no value", (_, x) => {
  expect(() => new nnx.Param(x as never)).toThrow(TypeError);
});

it("get and set take an index, as v[0, 1:] in Flax", () => {
  const v = new nnx.Param([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  expect(v.get(1).tolist()).toEqual([4, 5, 6]);
  expect(v.get(0, "1:").tolist()).toEqual([2, 3]);
  expect(v.get(null, -1).shape).toEqual([1, 3]);
  v.set(9, 0, [0, 2]);
  expect(v.get().tolist()).toEqual([
    [9, 2, 9],
    [4, 5, 6],
  ]);
  v.set([7, 8], "...", "1:");
  expect(v.get().tolist()).toEqual([
    [9, 7, 8],
    [4, 7, 8],
  ]);
  expect(() => v.set([1, 2, 3, 4], 0)).toThrow(/at\(\)\.set: /);
  expect(() => v.get(0, 0, 0)).toThrow(/slice: "index" expected at most 2 axes/);
  const key = new nnx.Variable(random.key(0));
  expect(() => key.get(0)).toThrow(/Variable\.get: "value" expected an array/);
});

it("an indexed set keeps the dtype", () => {
  const v = new nnx.Variable(jnp.arange(3));
  v.set(1.7, 0);
  expect([v.dtype, v.get().tolist()]).toEqual(["int32", [1, 1, 2]]);
});

it("has the properties of the array in it", () => {
  const array = jnp.array([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  const properties = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(array) as object))
    .filter(([, { get }]) => get !== undefined)
    .map(([name]) => name as "shape");
  expect(properties).toEqual(expect.arrayContaining(["T", "dtype", "mT", "nbytes", "ndim", "shape", "size"]));
  const variable = new nnx.Param(array);
  for (const name of properties) expect(variable[name], name).toEqual(array[name]);
});

it("every class of Variables goes by its own name", () => {
  const classes = Object.entries(nnx).filter(
    ([, x]) => typeof x === "function" && (x === nnx.Variable || x.prototype instanceof nnx.Variable),
  ) as unknown as readonly (readonly [string, { readonly kind: string }])[];
  expect(classes.length).toBeGreaterThan(8);
  for (const [name, { kind }] of classes) expect(kind).toBe(name);
});
