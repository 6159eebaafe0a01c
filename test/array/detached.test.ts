/** An array whose elements were sent to another thread is an error wherever it is used. */
import { expect, it } from "vitest";
import type { NDArray } from "../../src/index.ts";
import { grad, nnx, numpy as jnp, random } from "../../src/index.ts";

function detached(
  values: readonly number[][] = [
    [1, 2],
    [3, 4],
  ],
): NDArray {
  const x = jnp.array(values as never);
  const { data } = x;
  structuredClone(data.buffer, { transfer: [data.buffer as ArrayBuffer] });
  return x;
}

const other = jnp.ones([2, 2]);

it.each<[string, (x: NDArray) => unknown]>([
  ["add", (x) => x.add(1)],
  ["add, on the right", (x) => other.add(x)],
  ["add, broadcast", (x) => x.add(jnp.ones([2]))],
  ["multiply by itself", (x) => x.mul(x)],
  ["negative", (x) => x.neg()],
  ["exp", (x) => jnp.exp(x)],
  ["sum", (x) => x.sum()],
  ["mean, of an axis", (x) => jnp.mean(x, 0)],
  ["matmul", (x) => x.matmul(other)],
  ["matmul, on the right", (x) => other.matmul(x)],
  ["where", (x) => jnp.where(other.gt(0), other, x)],
  ["reshape", (x) => x.reshape([4])],
  ["slice", (x) => x.slice(0)],
  ["at", (x) => x.at(0).set(1)],
  ["concatenate", (x) => jnp.concatenate([other, x])],
  ["astype", (x) => x.astype("int32")],
  ["sort", (x) => jnp.sort(x)],
  ["tolist", (x) => x.tolist()],
  ["String", (x) => String(x)],
  ["data", (x) => x.data],
  ["JSON", (x) => JSON.stringify(x)],
  ["array", (x) => jnp.array(x)],
  ["a Param", (x) => new nnx.Param(x).get().add(1)],
  ["softmax", (x) => nnx.softmax(x)],
  ["a layer", (x) => new nnx.Linear(2, 3, { rngs: new nnx.Rngs(0) })(x)],
  ["random", (x) => random.categorical(random.key(0), x)],
  ["random, a parameter", (x) => random.gamma(random.key(0), x)],
  ["shuffle", (x) => random.permutation(random.key(0), x)],
  ["grad", (x) => grad((y: NDArray) => jnp.sum(y))(x)],
  ["toTransferable", (x) => nnx.toTransferable(x)],
])("%s", (_, use) => {
  expect(() => use(detached())).toThrow(/float32\[2, 2\] whose buffer is detached/);
});

it("an empty array is not taken for one", () => {
  const x = jnp.zeros([0, 2]);
  void x.data;
  expect(x.add(1).shape).toEqual([0, 2]);
});

it("an item of an array of one element that was sent away is an error", () => {
  expect(() => detached([[1]]).item()).toThrow(/float32\[1, 1\] whose buffer is detached/);
});
