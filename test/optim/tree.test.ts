import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nnx, numpy as jnp, optax } from "../../src/index.ts";

const { tree } = optax;

class Net extends nnx.Module {
  readonly b = new nnx.Param([1, 2]);
  readonly layers = new nnx.List([new nnx.Param([3]), new nnx.Param([4])]);
}

function values(any: unknown): unknown[] {
  return tree.leaves(any).map((x) => (x as { tolist(): unknown }).tolist());
}

describe("the order of leaves", () => {
  it("names by code point, indices by number, nothing of null", () => {
    const names = { b: 1, B: 2, "10": 3, "9": 4, "\u{1F600}": 5, "\uFF00": 6, a: [7, null, [8]] };
    expect(tree.leaves(names)).toEqual([3, 4, 2, 7, 8, 1, 6, 5]);
  });

  it("that of a State is Flax's, and paths are its own", () => {
    const state = nnx.state(new Net());
    expect(tree.leavesWithPath(state).map(([path]) => path)).toEqual([["b"], ["layers", 0], ["layers", 1]]);
    expect(tree.leaves(state).map((x) => (x as { tolist(): unknown }).tolist())).toEqual([[1, 2], [3], [4]]);
  });

  it("unflatten puts leaves back, whatever the tree", () => {
    const leaf = fc.oneof(fc.integer(), fc.constant(null));
    const trees = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie("tree"), { maxLength: 4 }),
        fc.dictionary(fc.string({ maxLength: 3 }), tie("tree"), { maxKeys: 4, noNullPrototype: true }),
      ),
    })).tree;
    fc.assert(
      fc.property(trees, (any) => {
        const [leaves, unflatten] = tree.flatten(any);
        expect(unflatten(leaves)).toEqual(any);
        expect(tree.leaves(unflatten(leaves.map((x) => (x as number) + 1)))).toEqual(
          leaves.map((x) => (x as number) + 1),
        );
        expect(() => unflatten([...leaves, 0])).toThrow(/expected \d+, got/);
      }),
    );
  });

  it("lists keep their holes, objects their prototypes and odd names", () => {
    const holes: number[] = [];
    holes[3] = 1;
    const built = tree.map((x) => (x as unknown as number) + 1, holes);
    expect([built.length, 0 in built, built[3]]).toEqual([4, false, 2]);
    const bare = Object.assign(Object.create(null) as object, JSON.parse('{"__proto__": 1, "x": 2}'));
    const copy = tree.map((x) => (x as unknown as number) * 10, bare) as Record<string, number>;
    expect([Object.getPrototypeOf(copy), copy["__proto__"], copy["x"]]).toEqual([null, 10, 20]);
  });
});

describe("map", () => {
  it("gives a State for a State, Variables for Variables", () => {
    const state = nnx.state(new Net(), nnx.Param);
    const doubled = tree.scale(2, state);
    expect(doubled).toBeInstanceOf(nnx.State);
    expect(doubled.get("layers", 1)).toBeInstanceOf(nnx.Param);
    expect(doubled.get<nnx.Param>("layers", 1).get().tolist()).toEqual([8]);
    expect(tree.map((x) => x.ndim > 1, state).get("b")).toBe(false);
    expect((tree.scale(2, nnx.asPure(state)) as nnx.State).get("b")).toBeInstanceOf(Object);
  });

  it("a State matches nested objects and lists of the same names, either first", () => {
    const state = nnx.asPure(nnx.state(new Net())) as nnx.State;
    const nested = { b: jnp.ones([2]), layers: [jnp.ones([1]), jnp.ones([1])] };
    const first = tree.add(state, nested);
    expect((first.get("b") as unknown as { tolist(): unknown }).tolist()).toEqual([2, 3]);
    const second = tree.add(nested, state);
    expect(second.layers[1]!.tolist()).toEqual([5]);
  });

  it("the first tree may be a prefix of the others", () => {
    const seen: unknown[] = [];
    tree.map((_, below) => seen.push(below), { a: 1, b: 2 }, { a: { x: 5 }, b: [6, 7] });
    expect(seen).toEqual([{ x: 5 }, [6, 7]]);
  });

  it("null is kept, whatever the others have there", () => {
    expect(tree.map((x) => x, { a: null, b: 1 }, { a: 5, b: 2 })).toEqual({ a: null, b: 1 });
  });

  it.each([
    ["another name", { a: 1 }, { b: 1 }, "got a and b at the root"],
    ["one more", { a: { x: 1 } }, { a: { x: 1, y: 2 } }, "got x and x, y at a"],
    ["a leaf for a tree", { a: [1] }, { a: 1 }, "got 0 and a leaf at a"],
    ["a list of another length", [1], [1, 2], "got 0 and 0, 1 at the root"],
    ["a masked part", { a: new optax.MaskedNode() }, { a: 1 }, "got nothing and a leaf at a"],
  ])("trees that differ, %s: an error with the place", (_, a, b, text) => {
    expect(() => tree.map((x) => x, a, b)).toThrow(RangeError);
    expect(() => tree.map((x) => x, a, b)).toThrow(`tree: trees expected one structure, ${text}`);
  });

  it("mapWithPath tells names and indices apart", () => {
    expect(tree.mapWithPath((path) => path.join("."), { a: [1, { b: 2 }] })).toEqual({ a: ["a.0", { b: "a.1.b" }] });
  });
});

describe("arithmetic", () => {
  const a = { x: jnp.array([1, -2]), y: jnp.array(3) };

  it("leaf by leaf", () => {
    expect(values(tree.add(a, a, a))).toEqual([[3, -6], 9]);
    expect(values(tree.sub(a, a))).toEqual([[0, 0], 0]);
    expect(values(tree.mul(a, a))).toEqual([[1, 4], 9]);
    expect(values(tree.div(a, a))).toEqual([[1, 1], 1]);
    expect(values(tree.addScale(a, -1, a))).toEqual([[0, 0], 0]);
    expect(values(tree.where(true, a, tree.zerosLike(a)))).toEqual([[1, -2], 3]);
    expect(values(tree.clip(a, null, 0))).toEqual([[0, -2], 0]);
    expect(values(tree.onesLike(a, "int32"))).toEqual([[1, 1], 1]);
  });

  it("over all leaves", () => {
    expect(tree.sum(a).item()).toBe(2);
    expect(tree.vdot(a, a).item()).toBe(14);
    expect(tree.norm(a, { ord: 1 }).item()).toBe(6);
    expect(tree.norm(a, { ord: Infinity }).item()).toBe(3);
    expect(tree.norm(a, { squared: true }).item()).toBe(14);
    expect([tree.max(a).item(), tree.min(a).item(), tree.size(a)]).toEqual([3, -2, 3]);
    expect([tree.sum({}).item(), tree.norm([]).item(), tree.max([]).item(), tree.min([]).item()]).toEqual([
      0,
      0,
      -Infinity,
      Infinity,
    ]);
    expect(() => tree.norm(a, { ord: 3 })).toThrow(/"ord" expected 1, 2 or Infinity, got 3/);
  });

  it("dtypes: the highest and the lowest", () => {
    const mixed = { a: jnp.ones([1], "bfloat16"), b: jnp.ones([1]) };
    expect([tree.dtype(mixed, "highest"), tree.dtype(mixed, "lowest"), tree.dtype({}, "lowest")]).toEqual([
      "float32",
      "bfloat16",
      "float32",
    ]);
    expect(tree.cast(mixed, null)).toBe(mixed);
    expect(tree.allclose(mixed, tree.castLike(tree.cast(mixed, "float32"), mixed))).toBe(true);
    expect(tree.allclose(a, tree.scale(1.1, a))).toBe(false);
  });
});
