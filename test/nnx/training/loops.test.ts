import { expect, it } from "vitest";
import { nnx, numpy as jnp, random } from "../../../src/index.ts";
import type { NDArray } from "../../../src/index.ts";

const rngs = (): nnx.Rngs => new nnx.Rngs(0);
const leaves = (state: nnx.State): unknown[] =>
  [...state].map(([path, leaf]) => [path.join("/"), (leaf as nnx.Variable).get().tolist()]);

it("vmap of grad gives the gradients of each example", () => {
  const f = (x: NDArray, y: NDArray): NDArray => x.mul(x).mul(y).sum();
  const xs = jnp.array([
    [1, 2],
    [3, 4],
  ]);
  const ys = jnp.array([10, 100]);
  const each = nnx.vmap((x: NDArray, y: NDArray) => nnx.grad(f)(x, y))(xs, ys);
  expect(each.tolist()).toEqual([
    [20, 40],
    [600, 800],
  ]);
});

it("vmap of grad towards a model gives States, stacked", () => {
  const layer = new nnx.Linear(2, 1, { rngs: rngs() });
  const loss = (m: nnx.Linear, x: NDArray): NDArray => m(x).sum();
  const xs = jnp.array([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
  const per = nnx.vmap((m: nnx.Linear, x: NDArray) => nnx.grad(loss)(m, x), { inAxes: [null, 0] })(layer, xs);
  expect(leaves(per)).toEqual([
    ["bias", [[1], [1], [1]]],
    [
      "kernel",
      [
        [[1], [2]],
        [[3], [4]],
        [[5], [6]],
      ],
    ],
  ]);
});

it("vmap of grad over a stack of models", () => {
  const stack = nnx.vmap((key: random.Key) => new nnx.Linear(2, 1, { rngs: new nnx.Rngs(key) }))(
    random.split(random.key(0), 3),
  );
  const loss = (m: nnx.Linear, x: NDArray): NDArray => m(x).sum();
  const grads = nnx.vmap((m: nnx.Linear, x: NDArray) => nnx.grad(loss)(m, x))(
    stack,
    jnp.array([
      [1, 2],
      [3, 4],
      [5, 6],
    ]),
  );
  expect(leaves(grads)[1]).toEqual([
    "kernel",
    [
      [[1], [2]],
      [[3], [4]],
      [[5], [6]],
    ],
  ]);
});

it("grad of vmap and of scan sees through the loops", () => {
  const xs = jnp.array([
    [1, 2],
    [3, 4],
  ]);
  const each = nnx.vmap((x: NDArray) => x.mul(x).sum());
  expect(
    nnx
      .grad((x: NDArray) =>
        each(x)
          .mul(jnp.array([1, 10]))
          .sum(),
      )(xs)
      .tolist(),
  ).toEqual([
    [2, 4],
    [60, 80],
  ]);
  const sums = nnx.scan((carry: NDArray, x: NDArray) => [carry.mul(x), carry] as const);
  const gradient = nnx.grad((x: NDArray) => (sums(jnp.array(1), x) as readonly NDArray[])[0]!)(jnp.array([2, 3, 4]));
  expect(gradient.tolist()).toEqual([12, 8, 6]);
});

it("grad of a scan through a stack of layers", () => {
  const stack = nnx.vmap((key: random.Key) => new nnx.Linear(2, 2, { rngs: new nnx.Rngs(key) }))(
    random.split(random.key(1), 3),
  );
  const forward = nnx.scan((x: NDArray, layer: nnx.Linear) => jnp.tanh(layer(x)), {
    inAxes: [nnx.Carry, 0],
    outAxes: nnx.Carry,
  });
  const x = jnp.array([0.5, -1]);
  const g = nnx.grad((m: nnx.Linear, x: NDArray) => forward(x, m).sum())(stack, x);
  // By hand, layer by layer.
  const kernels = stack.kernel.get().unstack();
  const biases = stack.bias!.get().unstack();
  const byHand = nnx.grad(
    (k: NDArray[], b: NDArray[]) => k.reduce((y, kernel, i) => jnp.tanh(y.matmul(kernel).add(b[i]!)), x).sum(),
    { argnums: [0, 1] },
  )(kernels, biases);
  expect((g.get("kernel") as nnx.Param).get().tolist()).toEqual(jnp.stack(byHand[0]).tolist());
  expect((g.get("bias") as nnx.Param).get().tolist()).toEqual(jnp.stack(byHand[1]).tolist());
});

it("cond, switch and loops are differentiated where they go", () => {
  const f = (x: NDArray): NDArray =>
    nnx
      .cond(
        x.gt(0),
        (y: NDArray) => y.mul(2),
        (y: NDArray) => y.mul(-3),
        x,
      )
      .add(nnx.switch(1, [(y: NDArray) => y, (y: NDArray) => y.mul(y)], x))
      .add(nnx.foriLoop(0, 3, (_, y: NDArray) => y.mul(x), x));
  expect(nnx.grad(f)(2).item()).toBe(2 + 4 + 4 * 8);
  expect(
    nnx
      .grad((x: NDArray) =>
        nnx.whileLoop(
          (y: NDArray) => y.lt(100),
          (y: NDArray) => y.mul(y),
          x,
        ),
      )(2)
      .item(),
  ).toBe(8 * 128);
});
