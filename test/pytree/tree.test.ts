import { describe, expect, expectTypeOf, it } from "vitest";
import { jax, nnx, numpy as jnp, optax, tree, treeUtil } from "../../src/index.ts";

const params = { b: [jnp.array([1, 2]), null], a: { c: jnp.array(3) } };

const isPair = (x: unknown): boolean => Array.isArray(x);

const add = (a: number, b: number): number => a + b;

/** The sum of numbers, and of those in lists of them. */
const sumOf = (leaves: unknown[]): number => leaves.flat().reduce((a: number, b) => a + Number(b), 0);

const isList = (node: unknown): boolean => Array.isArray(node);

describe("jax.tree", () => {
  it("flattens in JAX's order and comes back", () => {
    const [leaves, structure] = tree.flatten(params);
    expect(leaves.map(String)).toEqual(["3.0", "[1. 2.]"]);
    expect(String(structure)).toBe("PyTreeDef(['a']['c'], ['b'][0])");
    expect(tree.unflatten(structure, [7, 8])).toEqual({ b: [8, null], a: { c: 7 } });
    expect(structure.equals(tree.structure({ b: [0, null], a: { c: 1 } }))).toBe(true);
    expect(structure.equals(tree.structure({ b: [0, 1], a: { c: 1 } }))).toBe(false);
  });

  it("maps over a State, whose Variables stay", () => {
    const model = new nnx.Linear(2, 3, { rngs: new nnx.Rngs(0) });
    const doubled = tree.map((x: jnp.NDArray) => x.mul(2), nnx.state(model, nnx.Param));
    expect(doubled).toBeInstanceOf(nnx.State);
    nnx.update(model, doubled as never);
    expect(model.kernel.value.shape).toEqual([2, 3]);
    expect(tree.leaves(nnx.state(model)).length).toBe(2);
  });

  it("types the leaves: of a State they are arrays, of a plain tree what it has", () => {
    const model = nnx.state(new nnx.Linear(2, 3, { rngs: new nnx.Rngs(0) }), nnx.Param);
    expectTypeOf(tree.leaves(model)).toEqualTypeOf<jnp.NDArray[]>();
    expectTypeOf(tree.flatten({ a: 1, b: [2] })[0]).toEqualTypeOf<number[]>();
    expectTypeOf(tree.leavesWithPath(model)[0]![1]).toEqualTypeOf<jnp.NDArray>();
    expectTypeOf(tree.flattenWithPath(model)[0][0]![1]).toEqualTypeOf<jnp.NDArray>();
    expect(tree.leaves(model).reduce((sum, x) => sum + x.size, 0)).toBe(9);
    expect(tree.reduce((sum, x) => sum + x.size, model, 0)).toBe(9);
    expect(tree.reduce((a, b) => a.flatten().add(b.sum()), { a: jnp.ones([2]), b: jnp.ones([3]) }).tolist()).toEqual([
      4, 4,
    ]);
  });

  it("takes isLeaf by place and by name, and no other option", () => {
    expect(tree.leaves({ a: [1, 2] }, isPair)).toEqual([[1, 2]]);
    expect(tree.leaves({ a: [1, 2] }, { isLeaf: isPair })).toEqual([[1, 2]]);
    expect(tree.map((x: number[]) => x.length, { a: [1, 2] }, { isLeaf: isPair })).toEqual({ a: 2 });
    expect(() => tree.leaves({ a: 1 }, { is_leaf: isPair } as never)).toThrow(
      /tree\.leaves: "options" expected isLeaf/,
    );
    expect(() => tree.leaves({ a: 1 }, { isLeaf: 1 } as never)).toThrow(/"isLeaf" expected a function, got 1/);
    expect(() => (tree.leaves as (...x: unknown[]) => unknown)({}, null, 5)).toThrow(/5 is one too many/);
    const functions: Readonly<Record<string, unknown>> = tree;
    for (const fn of ["leaves", "leavesWithPath", "flatten", "flattenWithPath", "structure", "all", "allLeaves"])
      expect(() => (functions[fn] as (...x: unknown[]) => unknown)([], 1), fn).toThrow(
        `tree.${fn}: "isLeaf" expected a function, got 1`,
      );
  });

  it.each([
    ["a function", isPair, { a: [6] }],
    ["null", null, { a: [3, 3] }],
    ["undefined", undefined, { a: [3, 3] }],
  ])("takes several trees before an isLeaf that is %s", (_, isLeaf, expected) => {
    const one = { a: [1, 1] };
    const merged = (...args: unknown[]): unknown => (isLeaf === isPair ? [sumOf(args)] : sumOf(args));
    expect(tree.map(merged, one, one, one, { isLeaf })).toEqual(expected);
    expect(tree.mapWithPath((_path, ...args: unknown[]) => merged(...args), one, one, one, { isLeaf })).toEqual(
      expected,
    );
  });

  it("broadcasts a prefix, whose leaves isLeaf can say", () => {
    expect(tree.broadcast({ a: [1, 2] }, { a: { x: 0, y: [0] } }, isList)).toEqual({ a: { x: [1, 2], y: [[1, 2]] } });
    const isNull = { isLeaf: (node: unknown) => node === null };
    expect(tree.broadcast({ a: null, b: 7 }, { a: [0, 0], b: 0 }, isNull)).toEqual({ a: [null, null], b: 7 });
    expect(() => tree.leaves([1], 5 as never)).toThrow('tree.leaves: "isLeaf" expected a function, got 5');
    expect(() => tree.broadcast({ a: null }, { a: [0, 0] })).toThrow("trees expected one structure");
    expect(() => tree.broadcast(1, 1, { leaf: isList } as never)).toThrow('tree.broadcast: "options" expected isLeaf');
  });

  it("does not take a tree of one name isLeaf for the option", () => {
    expect(tree.map((a: number, b: number) => a + b, { isLeaf: 1 }, { isLeaf: 2 })).toEqual({ isLeaf: 3 });
  });

  it("reduces with and without a first value", () => {
    expect([tree.reduce(add, [1, 2, 3]), tree.reduce(add, [1, 2, 3], 10), tree.reduce(add, [], 10)]).toEqual([
      6, 16, 10,
    ]);
  });

  it("knows registered classes, and so do optimizers", () => {
    class Pair {
      readonly a: unknown;
      readonly b: unknown;
      constructor(a: unknown, b: unknown) {
        this.a = a;
        this.b = b;
      }
    }
    tree.registerPytreeNode(
      Pair,
      (pair) => [[pair.a, pair.b], null],
      (_: null, [a, b]: [unknown, unknown]) => new Pair(a, b),
    );
    const stepped = optax.applyUpdates(new Pair(jnp.array(1), jnp.array(2)), new Pair(jnp.array(10), jnp.array(20)));
    expect(stepped).toBeInstanceOf(Pair);
    expect(treeUtil.treeLeaves(stepped).map(String)).toEqual(["11.0", "22.0"]);
  });

  it("registers classes alone, and says by what name it was asked", () => {
    expect(() => tree.registerDataclass(5 as never, [])).toThrow('tree.registerDataclass: "target" expected a class');
    expect(() => tree.registerPytreeNode(5 as never, () => [[], null], Object)).toThrow(
      'tree.registerPytreeNode: "target" expected a class',
    );
  });

  it("is the same by all its names", () => {
    expect([jax.tree.map, jax.treeUtil.treeMap]).toEqual([tree.map, treeUtil.treeMap]);
    expect(treeUtil.treeMap).toBe(tree.map);
  });
});
