/** In jest, by require: what jest, lodash, Vue and MobX see of flaxen's objects. */
const assert = require("node:assert");
const { reactive, isReactive } = require("@vue/reactivity");
const _ = require("lodash");
const mobx = require("mobx");
const { nnx, numpy: jnp, random } = require("flaxen");
const { Param } = require("flaxen/nnx");

const linear = (seed) => new nnx.Linear(2, 2, { rngs: new nnx.Rngs(seed) });

/** Things that differ from one another, by what they are. */
const DIFFERENT = {
  elements: () => [jnp.array([1, 2]), jnp.array([1, 3])],
  shapes: () => [jnp.ones([2, 3]), jnp.ones([3, 2])],
  "empty shapes": () => [jnp.ones([0, 3]), jnp.ones([0, 4])],
  dtypes: () => [jnp.ones([2]), jnp.ones([2], "int32")],
  "scalars by dtype": () => [jnp.array(1), jnp.array(1).astype("int32")],
  "empty dtypes": () => [jnp.ones([0]), jnp.ones([0], "int32")],
  keys: () => [random.key(0), random.key(1)],
  "lists of keys": () => [random.split(random.key(0)), random.split(random.key(1))],
  Params: () => [new Param([1]), new Param([2])],
  States: () => [nnx.state(linear(0)), nnx.state(linear(1))],
  models: () => [linear(0), linear(1)],
};

describe.each(Object.entries(DIFFERENT))("different %s", (what, make) => {
  const [a, b] = make();
  test("differ in jest", () => {
    expect(a).not.toEqual(b);
    expect(a).not.toStrictEqual(b);
  });
  test("differ in lodash and node", () => {
    expect(_.isEqual(a, b)).toBe(false);
    expect(() => assert.deepStrictEqual(a, b)).toThrow();
    expect(() => assert.deepEqual(a, b)).toThrow();
  });
  // Models are functions, which none of these compares.
  if (what !== "models")
    test("are equal to what was made alike", () => {
      const [same] = make();
      expect(a).toStrictEqual(same);
      expect(_.isEqual(a, same)).toBe(true);
      assert.deepStrictEqual(a, same);
    });
});

test("Vue's reactive reads arrays, Params, keys, States and models", () => {
  const held = reactive({
    x: jnp.array([1, 2]),
    param: new Param([1, 2]),
    key: random.key(3),
    state: nnx.state(linear(0)),
    model: linear(0),
  });
  expect(isReactive(held.param)).toBe(true);
  expect(held.param.get().tolist()).toEqual([1, 2]);
  held.param.set([3, 4]);
  expect(held.x.add(held.param).tolist()).toEqual([4, 6]);
  expect(random.normal(held.key, [2]).tolist()).toEqual(random.normal(random.key(3), [2]).tolist());
  expect(held.state.get("kernel").shape).toEqual([2, 2]);
  expect(held.model(held.x).tolist()).toEqual(linear(0)([1, 2]).tolist());
});

test("MobX observes them", () => {
  const held = mobx.observable({ param: new Param([1, 2]), key: random.key(3), state: nnx.state(linear(0)) });
  const seen = [];
  mobx.autorun(() => seen.push(held.param.get().tolist()));
  mobx.runInAction(() => (held.param = new Param([5])));
  expect(seen).toEqual([[1, 2], [5]]);
  expect(random.normal(held.key, [1]).shape).toEqual([1]);
  expect(held.state.get("kernel").shape).toEqual([2, 2]);
});
