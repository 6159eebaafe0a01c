import { afterEach, describe, expect, it } from "vitest";
import { config, nnx, numpy as jnp, random, ShapeError } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";
import { onEachBackend } from "../backends.ts";
import { hexWords } from "../bits.ts";
import type { Encoded } from "../golden/load.ts";
import { decode, golden } from "../golden/load.ts";
import type { Case, MoreCase } from "./initializercases.ts";
import { initializerOf, more } from "./initializercases.ts";

const { initializers } = nnx;
const key = random.key(3);

function expectBits(drawn: NDArray, out: Encoded, what: string): void {
  expect(drawn.shape, what).toEqual(out.shape);
  expect(hexWords(drawn.data), what).toEqual(hexWords(decode(out)));
}

/** JAX's orthogonal matrices are LAPACK's: these agree to 4e-6. */
function expectClose(drawn: NDArray, out: Encoded, what: string): void {
  expect(drawn.shape, what).toEqual(out.shape);
  const wanted = decode(out);
  const differences = Array.from(drawn.data, (x, i) => Math.abs(x - wanted[i]!));
  expect(Math.max(0, ...differences), what).toBeLessThan(4e-6);
}

function check(drawn: NDArray, c: Case | MoreCase, what: string): void {
  (c.fn.endsWith("orthogonal") ? expectClose : expectBits)(drawn, c.out!, what);
}

afterEach(() => {
  config.profile = "fma";
});

onEachBackend("golden values of jax.nn.initializers", () => {
  it.each([
    ["fma", "initializers"],
    ["nofma", "nofma/initializers"],
  ] as const)("304 weights have JAX's bits, the orthogonal ones to 4e-6: %s", (profile, file) => {
    config.profile = profile;
    const cases = golden<Case>(file);
    expect(cases).toHaveLength(304);
    for (const c of cases) check(initializerOf(c)(random.key(BigInt(c.seed)), c.shape), c, `${c.fn} ${c.shape}`);
  });

  it("so they have with axes, scales and bounds of their own; what JAX refuses is refused", () => {
    const cases = golden<MoreCase>("initializers_more");
    expect(cases).toHaveLength(519);
    for (const c of cases) {
      const what = JSON.stringify({ ...c, out: undefined });
      if (c.error) expect(() => more(c), what).toThrow(RangeError);
      else check(more(c), c, what);
    }
  });
});

describe("what an initializer is given", () => {
  it("xavier is glorot and kaiming is he", () => {
    expect([initializers.xavierNormal, initializers.xavierUniform]).toEqual([
      initializers.glorotNormal,
      initializers.glorotUniform,
    ]);
    expect([initializers.kaimingNormal, initializers.kaimingUniform]).toEqual([
      initializers.heNormal,
      initializers.heUniform,
    ]);
  });

  it("zeros, ones and constant take any key and dtype", () => {
    expect(initializers.zeros(null, [2], "int32")).toEqual(jnp.zeros([2], "int32"));
    expect(initializers.ones(new nnx.Rngs(0), 2, "bool").tolist()).toEqual([true, true]);
    const whole = initializers.constant(2.5, "int32")(key, [2]);
    expect([whole.dtype, whole.tolist()]).toEqual(["int32", [2, 2]]);
    expect(initializers.constant(2.5, "int32")(key, [1], "float32").tolist()).toEqual([2.5]);
    expect(Object.is(initializers.constant(-0)(key, [1]).item(), -0)).toBe(true);
    expect(initializers.constant(1)(key, [0, 2]).shape).toEqual([0, 2]);
  });

  it("a constant that does not fit is a ShapeError", () => {
    expect(() => initializers.constant([1, 2])(key, [2, 3])).toThrow(ShapeError);
    expect(() => initializers.constant([1, 2])(key, [1])).toThrow(
      /initializers\.constant: "value" expected a shape that broadcasts to \[1\], got \[2\]/,
    );
    expect(() => initializers.constant("1" as never)).toThrow(TypeError);
  });

  it("wrong numbers and names are errors when the initializer is made", () => {
    expect(() => initializers.normal("1" as never)).toThrow(
      /initializers\.normal: "stddev" expected a number, got "1"/,
    );
    expect(() => initializers.uniform(null as never)).toThrow(
      /initializers\.uniform: "scale" expected a number, got null/,
    );
    expect(() => initializers.truncatedNormal(1, { lower: "a" as never })).toThrow(/"lower" expected a number/);
    expect(() => initializers.varianceScaling(1n as never, "fan_in", "normal")).toThrow(
      /"scale" expected a number, got 1n/,
    );
    expect(() => initializers.varianceScaling(1, "fanIn" as never, "normal")).toThrow(
      /"mode" expected fan_in, fan_out, fan_avg, fan_geo_avg, got "fanIn"/,
    );
    expect(() => initializers.varianceScaling(1, "fan_in", "toString" as never)).toThrow(
      /"distribution" expected truncated_normal, normal, uniform, got "toString"/,
    );
  });

  it("wrong shapes and axes are errors that name them", () => {
    expect(() => initializers.lecunNormal()(key, [3])).toThrow(/"shape" expected at least 2 axes, got \[3\]/);
    expect(() => initializers.lecunNormal()(key, [0, 3])).toThrow(/"shape" expected sizes of at least 1, got \[0, 3\]/);
    expect(() => initializers.heUniform({ batchAxis: 2 })(key, [2, 3])).toThrow(
      /"batchAxis" expected an axis of shape \[2, 3\], got 2/,
    );
    expect(() => initializers.heUniform({ inAxis: "0" as never })(key, [2, 3])).toThrow(
      /"inAxis" expected a number, got "0"/,
    );
    expect(() => initializers.heNormal()(5 as never, [2, 3])).toThrow(/random\.key\(5\)/);
    expect(() => initializers.glorotUniform()(key, [2, 3], "int32" as never)).toThrow(/"dtype" expected "float32"/);
  });

  it("orthogonal matrices need rows and columns, delta kernels a middle", () => {
    expect(() => initializers.orthogonal()(key, [3])).toThrow(
      /initializers\.orthogonal: "shape" expected at least 2 axes, got \[3\]/,
    );
    expect(() => initializers.orthogonal(1, { columnAxis: 2 })(key, [3, 3])).toThrow(
      /"columnAxis" expected an axis of shape \[3, 3\], got 2/,
    );
    expect(() => initializers.orthogonal("1" as never)).toThrow(/"scale" expected a number/);
    expect(() => initializers.deltaOrthogonal()(key, [3, 3])).toThrow(/"shape" expected 3 to 5 axes.*got \[3, 3\]/);
    expect(() => initializers.deltaOrthogonal()(key, [3, 3, 2])).toThrow(ShapeError);
    expect(initializers.orthogonal()(key, [0, 3]).shape).toEqual([0, 3]);
  });

  it("a negative scale gives NaN, as in JAX", () => {
    expect(initializers.varianceScaling(-1, "fan_in", "normal")(key, [1, 2]).tolist()).toEqual([[NaN, NaN]]);
  });

  it("a dtype is given when the initializer is made or when it is called", () => {
    expect(initializers.lecunNormal({ dtype: "float32" })(key, [2, 3]).dtype).toBe("float32");
    expect(initializers.normal(1, "float32")(key, [2], "float32").dtype).toBe("float32");
    expect(() => initializers.normal(1, "int32" as never)(key, [2])).toThrow(/"dtype"/);
  });
});

it("without a scale a kernel is orthogonal of scale 1", () => {
  const key = random.key(0);
  for (const make of [nnx.initializers.orthogonal, nnx.initializers.deltaOrthogonal])
    expect(make()(key, [3, 4, 4]).tolist()).toEqual(make(1)(key, [3, 4, 4]).tolist());
});

it("zerosInit and onesInit make the initializers of these names", () => {
  const { onesInit, zerosInit } = nnx.initializers;
  expect([zerosInit()(random.key(0), [2]).tolist(), onesInit()(random.key(0), [2]).tolist()]).toEqual([
    [0, 0],
    [1, 1],
  ]);
});
