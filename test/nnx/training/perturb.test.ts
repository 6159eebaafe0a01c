import { expect, it, vi } from "vitest";
import { nnx, numpy as jnp } from "../../../src/index.ts";
import type { NDArray } from "../../../src/index.ts";

class Net extends nnx.Module<[x: NDArray], NDArray> {
  override __call__(x: NDArray): NDArray {
    const y = this.perturb("before", x.mul(2));
    this.sow(nnx.Intermediate, "value", y);
    return y.mul(y).sum();
  }
}

it("perturb: the gradient towards a perturbation is that towards the value", () => {
  const net = new Net();
  const x = jnp.array([1, 2]);
  const [, perturbations] = nnx.capture(net, nnx.Perturbation)(x);
  expect((perturbations!.get("before") as nnx.Perturbation).get().tolist()).toEqual([0, 0]);
  expect(perturbations!.get("before")).toBeInstanceOf(nnx.Perturbation);
  const loss = (model: Net, perturbations: nnx.State, x: NDArray): readonly [NDArray, nnx.State] => {
    const [value, sown] = nnx.capture(model, nnx.Intermediate, { init: perturbations })(x);
    return [value, sown!];
  };
  const [[grads, perturbed], sown] = nnx.grad(loss, { argnums: [0, 1], hasAux: true })(net, perturbations!, x);
  expect(grads.size).toBe(0);
  expect((perturbed.get("before") as nnx.Variable).get().tolist()).toEqual([4, 8]);
  expect(((sown.get("value") as nnx.Variable).getRawValue() as unknown as NDArray[])[0]!.tolist()).toEqual([2, 4]);
  expect(nnx.mergeState(perturbed, sown).size).toBe(2);
});

it("perturb: outside of capture it is an attribute, and a warning says so once", () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const net = new Net();
  const x = jnp.array([3]);
  net(x);
  net(x);
  expect(warn.mock.calls.filter(([text]) => String(text).includes("perturb outside nnx.capture")).length).toBe(1);
  warn.mockRestore();
  const wrt = new nnx.DiffState(0, nnx.Perturbation);
  const g = nnx.grad((model: Net, x: NDArray) => model(x), { argnums: wrt })(net, x);
  expect((g.get("before") as nnx.Variable).get().tolist()).toEqual([12]);
  (net as unknown as { before: unknown }).before = 1;
  expect(() => net(x)).toThrow(/perturb: "name" expected one that is free or a Perturbation, got "before", which is 1/);
});

it("perturb: a collection that is not captured is left alone", () => {
  const net = new Net();
  const [value] = nnx.capture(net, nnx.Intermediate)(jnp.array([1]));
  expect(value.item()).toBe(4);
  expect(nnx.state(net).size).toBe(0);
  expect(nnx.variableTypeFromName("perturbations")).toBe(nnx.Perturbation);
});
