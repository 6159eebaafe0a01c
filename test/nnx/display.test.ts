import { expect, it, vi } from "vitest";
import type { NDArray } from "../../src/index.ts";
import { nnx, numpy as jnp, random } from "../../src/index.ts";

function relu(): void {}

class Block extends nnx.Module {
  readonly kernel = new nnx.Param(jnp.ones([2, 3]), { sharding: ["x", null] });
  readonly scale = new nnx.BatchStat(0.5);
  readonly buffer = jnp.ones([2]);
  readonly width = 3;
  readonly relu = relu;
  readonly stream = new nnx.RngStream(0, { tag: "dropout" });
}

const TEXT = `List([
  Block( # Param: 6 (24 B), RngState: 2 (12 B), BatchStat: 1 (4 B), Total: 9 (40 B)
    kernel=Param( # 6 (24 B)
      value=Array(shape=[2, 3], dtype=float32),
      sharding=["x", null]
    ),
    scale=BatchStat( # 1 (4 B)
      value=Array(0.5, dtype=float32)
    ),
    buffer=Array(shape=[2], dtype=float32),
    width=3,
    relu=<function relu>,
    stream=RngStream( # RngState: 2 (12 B)
      tag="dropout",
      key=RngKey( # 1 (8 B)
        value=Key(shape=[], dtype=key<fry>),
        tag="dropout"
      ),
      count=RngCount( # 1 (4 B)
        value=Array(0, dtype=uint32),
        tag="dropout"
      )
    )
  ),
  Block(...),
  [
    Param( # 1 (4 B)
      value=ShapeDtypeStruct(shape=[1], dtype=float32)
    )
  ],
  {}
])`;

it("a model prints as a tree, what is shared once", () => {
  const block = new Block();
  const list = new nnx.List<unknown>([block, block, nnx.data([nnx.asAbstract(new nnx.Param([1]))]), {}]);
  expect(String(list)).toBe(TEXT);
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  nnx.display(list, jnp.ones([2]));
  expect(log.mock.calls).toEqual([[TEXT], ["Array(shape=[2], dtype=float32)"]]);
  log.mockRestore();
});

it("plain lists and objects of data print inside one another, each line two columns further in", () => {
  const data = { w: new nnx.Param([1]), inner: { b: jnp.ones([2]), list: [jnp.ones([3])] } };
  expect(String(new nnx.Dict({ data: nnx.data(data) }))).toBe(`Dict( # Param: 1 (4 B)
  data={
    w: Param( # 1 (4 B)
      value=Array(shape=[1], dtype=float32)
    ),
    inner: {
      b: Array(shape=[2], dtype=float32),
      list: [
        Array(shape=[3], dtype=float32)
      ]
    }
  }
)`);
});

it("counts are in thousands and bytes in larger units, as in Flax; a Param in two places counts once", () => {
  const weight = new nnx.Param(jnp.zeros([1000, 300]));
  expect(String(new nnx.Dict({ a: weight, b: weight })).split("\n")[0]).toBe("Dict( # Param: 300,000 (1.2 MB)");
  expect(String(new nnx.Dict())).toBe("Dict()");
});

it("a Variable of lists and objects counts all arrays in it", () => {
  const nested = { a: jnp.ones([2]), list: [jnp.ones([3]), { key: random.split(random.key(0), 4) }], text: "none" };
  expect(String(new nnx.Dict({ held: new nnx.Variable(nested as never) }))).toContain("held=Variable( # 9 (52 B)");
});

/** How an array is printed as an attribute of a module. */
function shown(x: NDArray): string {
  return String(Object.assign(new nnx.Dict({}), { x }))
    .split("\n")[1]!
    .trim();
}

it("a scalar is printed as its dtype has it", () => {
  expect(shown(jnp.array(0.1))).toBe("x=Array(0.1, dtype=float32)");
  expect(shown(jnp.array(16777216))).toBe("x=Array(16777216, dtype=float32)");
  expect(shown(jnp.array(5, "int32"))).toBe("x=Array(5, dtype=int32)");
  expect(shown(jnp.array(0.1).astype("bfloat16"))).toBe("x=Array(0.10009765625, dtype=bfloat16)");
  expect(shown(jnp.array(0.1).astype("float16"))).toBe("x=Array(0.0999755859375, dtype=float16)");
});
