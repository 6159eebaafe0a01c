import { describe, expect, it } from "vitest";
import type { NDArray } from "../../../src/index.ts";
import { nnx, numpy as jnp, random, ShapeError } from "../../../src/index.ts";
import { onEachBackend } from "../../backends.ts";
import { hexWords } from "../../bits.ts";
import type { Encoded } from "../../golden/load.ts";
import { decode, golden } from "../../golden/load.ts";
import type { AttentionCase, DecodeCase, LayerCase } from "./attentioncases.ts";
import { toOptions } from "./attentioncases.ts";
import { excess, flat, numbers } from "./closeness.ts";
import { shapesOf, toArray, valueAt } from "./layercases.ts";

const CASES = golden<AttentionCase>("attention");
const LAYERS = CASES.filter((c): c is LayerCase => c.fn === "MultiHeadAttention");
const DECODES = CASES.filter((c): c is DecodeCase => c.fn === "decode");

function make(
  heads: number,
  features: number,
  options: object,
  seeds: Record<string, number> = { params: 3, dropout: 4 },
): nnx.MultiHeadAttention {
  return new nnx.MultiHeadAttention(heads, features, { ...options, rngs: new nnx.Rngs(seeds) });
}

/** The paths, the shapes and the bits of weights, streams and counts; what a cache holds is compared by its error. */
function expectWeights(model: object, state: Record<string, Encoded>): void {
  const paths = Object.keys(state);
  expect(Object.keys(shapesOf(model))).toEqual(paths);
  for (const path of paths) {
    const value = valueAt(model, path) as NDArray | random.Key;
    const ours = value instanceof random.Key ? random.keyData(value) : value;
    expect(ours.shape, path).toEqual(state[path]!.shape);
    if (!path.startsWith("cached")) expect(hexWords(ours.data), path).toEqual(hexWords(decode(state[path]!)));
  }
}

/** Token t of [...batch, length, features], as [...batch, 1, features]. */
function token(x: NDArray, t: number): NDArray {
  const [length, features] = x.shape.slice(-2) as [number, number];
  const batch = x.size / length / features;
  const data = Array.from({ length: batch }, (_, b) => [
    ...x.data.subarray((b * length + t) * features, (b * length + t + 1) * features),
  ]).flat();
  return jnp.array(data).reshape([...x.shape.slice(0, -2), 1, features]);
}

/** A layer that decodes, its cache empty. */
function decoder(capacity = 4): nnx.MultiHeadAttention {
  const model = make(2, 8, { decode: true });
  model.initCache([1, capacity, 8]);
  return model;
}

function step(model: nnx.MultiHeadAttention, seed: number): NDArray {
  return model(random.normal(random.key(seed), [1, 1, 8]));
}

onEachBackend("MultiHeadAttention has Flax's weights and answers", () => {
  it.each(LAYERS.map((c) => [c.name, c] as const))("%s", (_, c) => {
    const model = make(c.heads, c.features, c.options, c.seeds);
    expectWeights(model, c.state);
    c.out.forEach((expected, i) => {
      const out = model(...(c.inputs.map((x) => x && toArray(x)) as [NDArray]), toOptions(c.call));
      expect(out.shape).toEqual(expected.shape);
      expect(excess(flat(out), numbers(expected), numbers(c.float64[i]!)), `call ${i}`).toBeLessThanOrEqual(0);
    });
  });

  it.each(DECODES.map((c) => [c.name, c] as const))("decoding: %s", (_, c) => {
    const model = make(c.heads, c.features, { ...c.options, decode: true });
    const tokens = toArray(c.tokens);
    model.initCache([...tokens.shape.slice(0, -2), c.capacity, c.features]);
    c.out.forEach((expected, t) => {
      const out = model(token(tokens, t), toOptions(c.call));
      expect(excess(flat(out), numbers(expected), numbers(c.float64[t]!)), `step ${t}`).toBeLessThanOrEqual(0);
    });
    expectWeights(model, c.state);
    for (const path of ["cached_key", "cached_value"]) {
      expect(
        excess(flat(valueAt(model, path)), numbers(c.state[path]!), numbers(c.state64[path]!)),
        path,
      ).toBeLessThanOrEqual(0);
    }
  });

  it("gives decoded tokens the bits of a causal call on the whole sequence", () => {
    for (const options of [{}, { qkvFeatures: 48, numKvHeads: 2, normalizeQk: true }]) {
      const model = make(4, 24, options);
      const x = random.normal(random.key(1), [2, 37, 24]);
      const whole = model(x, { decode: false, isCausal: true });
      model.initCache(x.shape);
      for (let t = 0; t < 37; t++) {
        expect(hexWords(model(token(x, t), { decode: true }).data), `token ${t}`).toEqual(
          hexWords(token(whole, t).data),
        );
      }
    }
  });
});

onEachBackend("a cache whose elements a caller holds", () => {
  it("is attended to as the caller leaves it, also after steps that nobody saw", () => {
    const [ours, fresh] = [decoder(6), decoder(6)];
    for (let t = 0; t < 3; t++) step(ours, t);
    for (const name of ["cached_key", "cached_value"] as const) {
      const data = ours[name]!.get().data as Float32Array;
      data[0] = 3;
      data[5] = -2;
      fresh[name]!.setValue(jnp.array(data).reshape([1, 6, 2, 4]));
    }
    fresh.cache_index!.set(3);
    for (let t = 3; t < 6; t++)
      expect(hexWords(step(ours, t).data), `step ${t}`).toEqual(hexWords(step(fresh, t).data));
  });
});

describe("the cache of MultiHeadAttention", () => {
  it("is three Variables with Flax's names", () => {
    const model = decoder();
    const paths = nnx
      .toFlatState(nnx.state(model, nnx.Cache))
      .map(([path, leaf]) => [path.join("/"), leaf.shape, leaf.dtype]);
    expect(paths).toEqual([
      ["cache_index", [], "int32"],
      ["cached_key", [1, 4, 2, 4], "float32"],
      ["cached_value", [1, 4, 2, 4], "float32"],
    ]);
  });

  it("never changes an array that somebody holds, whenever it is looked at", () => {
    const model = decoder(6);
    const held: NDArray[] = [];
    const seen: unknown[] = [];
    for (let t = 0; t < 6; t++) {
      held.push(model.cached_key!.get());
      if (t % 2 === 1) seen[t] = held[t]!.tolist();
      step(model, t);
    }
    const again = decoder(6);
    for (let t = 0; t < 6; t++) {
      const expected = again.cached_key!.get().tolist();
      expect(held[t]!.tolist(), `after ${t} tokens`).toEqual(expected);
      if (t % 2 === 1) expect(seen[t]).toEqual(expected);
      step(again, t);
    }
  });

  it("gives the same tokens whether or not somebody looks on", () => {
    const [watched, alone] = [decoder(), decoder()];
    for (let t = 0; t < 4; t++) {
      expect(watched.cached_value!.get().data.length).toBe(32);
      expect(hexWords(step(watched, t).data)).toEqual(hexWords(step(alone, t).data));
    }
    expect(watched.cached_value!.get().tolist()).toEqual(alone.cached_value!.get().tolist());
  });

  it("can branch: two layers that start from one cache do not meet in it", () => {
    const [a, b] = [decoder(), decoder()];
    step(a, 0);
    for (const name of ["cached_key", "cached_value", "cache_index"] as const) b[name]!.setValue(a[name]!.get());
    const fresh = decoder();
    step(fresh, 0);
    step(a, 1);
    expect(hexWords(step(b, 2).data)).toEqual(hexWords(step(fresh, 2).data));
    step(a, 3);
    expect(b.cached_key!.get().tolist()).toEqual(fresh.cached_key!.get().tolist());
  });

  it("takes a cache that a caller puts there, and starts again at an index that a caller sets", () => {
    const [a, b] = [decoder(), decoder()];
    for (let t = 0; t < 3; t++) step(a, t);
    a.cache_index!.set(1);
    for (const t of [0, 5]) step(b, t);
    const out = step(a, 5);
    expect(a.cache_index!.get().item()).toBe(2);
    b.cache_index!.set(1);
    expect(hexWords(step(b, 5).data)).toEqual(hexWords(out.data));
  });

  it("refuses more than it holds, more than a token, and another batch, and stays as it was", () => {
    const model = decoder(1);
    expect(() => model(jnp.ones([1, 2, 8]))).toThrow(
      /one token with the cache's batch, keys \[1, 1, 2, 4\], got \[1, 2, 2, 4\]/,
    );
    expect(() => model(jnp.ones([2, 1, 8]))).toThrow(ShapeError);
    expect(model.cache_index!.get().item()).toBe(0);
    step(model, 0);
    expect(() => step(model, 1)).toThrow(/token 2 for 1 places. initCache makes a new one/);
    expect(() => make(2, 8, { decode: true })(jnp.ones([1, 1, 8]))).toThrow(
      /expected a cache, got none. Call initCache/,
    );
    expect(() => model.initCache([8])).toThrow(ShapeError);
    expect(() => model.initCache([1, 4, 8], "int32")).toThrow(TypeError);
  });

  it("decodes as ever with isCausal", () => {
    const [plain, causal] = [decoder(), decoder()];
    for (let t = 0; t < 3; t++) {
      const x = random.normal(random.key(t), [1, 1, 8]);
      expect(hexWords(causal(x, { isCausal: true }).data)).toEqual(hexWords(plain(x).data));
    }
  });
});

describe("MultiHeadAttention", () => {
  const x = jnp.ones([2, 3, 8]);

  it("wants to be told whether to decode, and with a dropout rate whether to drop and where to draw", () => {
    expect(() => make(2, 8, {})(x)).toThrow(/"decode" expected true or false/);
    expect(() => make(2, 8, { decode: false, dropoutRate: 0.5 })(x)).toThrow(/"deterministic" expected true or false/);
    const model = make(2, 8, { decode: false, dropoutRate: 0.5, deterministic: false, keepRngs: false });
    expect(model.rngs).toBeNull();
    expect(() => model(x)).toThrow(/"rngs" expected an nnx.Rngs at the call/);
    const rngs = new nnx.Rngs({ dropout: 7 });
    const first = model(x, { rngs });
    expect(rngs.dropout.count.get().item()).toBe(1);
    expect(hexWords(model(x, { rngs: new nnx.Rngs({ dropout: 7 }).dropout }).data)).toEqual(hexWords(first.data));
  });

  it("draws for dropout only where there is dropout", () => {
    const model = make(2, 8, { decode: false, dropoutRate: 0.5, deterministic: false });
    model(x, { deterministic: true });
    expect(model.rngs!.count.get().item()).toBe(0);
    model(x);
    expect(model.rngs!.count.get().item()).toBe(1);
  });

  it("takes keys and values from the query where they are not given, but not values alone", () => {
    const model = make(2, 8, { decode: false });
    const y = random.normal(random.key(0), [2, 5, 8]);
    expect(hexWords(model(x, x, x).data)).toEqual(hexWords(model(x).data));
    expect(hexWords(model(x, y, undefined, {}).data)).toEqual(hexWords(model(x, y, y).data));
    expect(() => model(x, null, y)).toThrow(/"inputsK" expected an array/);
  });

  it("refuses sizes that do not divide or are none, and inputs of another width", () => {
    expect(() => make(3, 8, {})).toThrow(/"qkvFeatures" expected a multiple of numHeads, 3, got 8/);
    expect(() => make(4, 8, { numKvHeads: 3 })).toThrow(/"numKvHeads" expected a divisor of numHeads, 4, got 3/);
    expect(() => make(0, 8, {})).toThrow(/"numHeads" expected at least 1/);
    expect(() => make(NaN, 8, {})).toThrow(RangeError);
    expect(() => make("2" as never, 8, {})).toThrow(TypeError);
    expect(() => make(2, 8, { dropoutRate: 2 })).toThrow(RangeError);
    expect(() => new nnx.MultiHeadAttention(2, 8, {} as never)).toThrow(/"rngs" expected an nnx.Rngs/);
    expect(make(2.9, 8.5, {}).headDim).toBe(4);
    expect(() => make(2, 8, { decode: false })(jnp.ones([2, 3, 7]))).toThrow(
      /expected shape \[..., length, 8\], got \[2, 3, 7\]/,
    );
  });

  it("uses another attention function, which is told what the layer's own is told", () => {
    let told: nnx.AttentionOptions | undefined;
    const attentionFn: nnx.AttentionFn = (query, key, value, options) => {
      told = options;
      return nnx.dotProductAttention(query, key, value, options);
    };
    const model = make(2, 8, { decode: true, attentionFn });
    const own = make(2, 8, { decode: true });
    for (const each of [model, own]) each.initCache([2, 4, 8]);
    for (let t = 0; t < 3; t++) {
      const y = random.normal(random.key(t), [2, 1, 8]);
      expect(hexWords(model(y).data)).toEqual(hexWords(own(y).data));
    }
    expect((told!.mask as NDArray).shape).toEqual([1, 1, 1, 4]);
  });

  it("changes what a view asks for, and makes the cache that decoding needs", () => {
    const model = make(2, 8, { decode: false });
    expect(model.setView({ deterministic: true, decode: true, batchSize: 3, maxLength: 5 })).toEqual([
      "deterministic",
      "decode",
      "batchSize",
      "maxLength",
    ]);
    expect([model.deterministic, model.decode, model.cached_key!.shape]).toEqual([true, true, [3, 5, 2, 4]]);
    const { cached_key } = model;
    model.setView({ decode: true, batchSize: [9], maxLength: 9 });
    expect(model.cached_key).toBe(cached_key);
    const other = make(2, 8, { decode: false });
    expect(() => other.setView({ decode: true, maxLength: 5 })).toThrow(/"batchSize" expected a size/);
    expect(other.setView({ rngs: new nnx.Rngs(0) })).toEqual(["rngs"]);
    expect(other.rngs).not.toBeNull();
    expect(other.setView({})).toEqual([]);
  });

  it("sows its weights where they are captured, and gives the same answer", () => {
    const model = make(2, 8, { decode: false });
    const y = random.normal(random.key(4), [2, 3, 8]);
    const [out, sown] = nnx.capture(model, nnx.Intermediate)(y, {
      sowWeights: true,
      isCausal: true,
    } as never) as unknown as [NDArray, nnx.State];
    const [weights] = (sown.get("attention_weights") as nnx.Intermediate).get() as unknown as [NDArray];
    expect(weights.shape).toEqual([2, 2, 3, 3]);
    for (let row = 0; row < 12; row++) {
      const [a, b, c] = weights.data.subarray(row * 3, row * 3 + 3) as unknown as [number, number, number];
      expect(a + b + c).toBeCloseTo(1, 6);
      expect(row % 3 === 2 || c === 0).toBe(true);
    }
    const plain = flat(model(y, { isCausal: true }));
    flat(out).forEach((x, i) => expect(x).toBeCloseTo(plain[i]!, 5));
  });

  it("shares its Variables with a view that decodes, which has a cache of its own", () => {
    const model = make(2, 8, { decode: false });
    const y = random.normal(random.key(4), [2, 3, 8]);
    const decoding = nnx.view(model, { decode: true, batchSize: 2, maxLength: 3 });
    expect(model.cached_key).toBeNull();
    expect(decoding.query.kernel).toBe(model.query.kernel);
    const whole = model(y, { isCausal: true });
    for (let t = 0; t < 3; t++) expect(hexWords(decoding(token(y, t)).data)).toEqual(hexWords(token(whole, t).data));
  });

  it("is cloned with its cache, and neither writes into the other's", () => {
    const model = decoder();
    step(model, 0);
    const copy = nnx.clone(model);
    const [a, b, c] = [step(copy, 1), step(model, 2), step(copy, 3)];
    const again = decoder();
    for (const [seed, expected] of [
      [0, undefined],
      [1, a],
      [3, c],
    ] as const) {
      const out = step(again, seed);
      if (expected) expect(hexWords(out.data)).toEqual(hexWords(expected.data));
    }
    expect(b.shape).toEqual([1, 1, 8]);
  });
});

/** The bits of four steps of a new layer, to which `change` was done first. */
function steps(change: (model: nnx.MultiHeadAttention) => void, options: object = {}): string[] {
  const model = make(2, 8, { decode: true, ...options });
  model.initCache([3, 4, 8]);
  change(model);
  return Array.from({ length: 4 }, (_, t) => hexWords(model(random.normal(random.key(t), [3, 1, 8])).data).join(" "));
}

onEachBackend("A step of decoding has the same bits", () => {
  it("through a function that stands in for the attention", () => {
    expect(
      steps(() => {}, {
        attentionFn: (...args: Parameters<typeof nnx.dotProductAttention>) => nnx.dotProductAttention(...args),
      }),
    ).toEqual(steps(() => {}));
  });

  it("through projections that somebody else calls, which are called", () => {
    class Counted extends nnx.LinearGeneral {
      static calls = 0;

      override __call__(x: NDArray): NDArray {
        Counted.calls++;
        return super.__call__(x);
      }
    }
    expect(
      steps((model) => {
        for (const name of ["query", "key", "value", "out"] as const)
          Object.setPrototypeOf(model[name], Counted.prototype);
      }),
    ).toEqual(steps(() => {}));
    expect(Counted.calls).toBe(16);
  });

  it("whatever another layer does between its steps", () => {
    const other = decoder();
    const model = make(2, 8, { decode: true });
    model.initCache([3, 4, 8]);
    const bits = Array.from({ length: 4 }, (_, t) => {
      const y = model(random.normal(random.key(t), [3, 1, 8]));
      step(other, t);
      return hexWords(y.data).join(" ");
    });
    expect(bits).toEqual(steps(() => {}));
  });
});

it("under nnx.evalShape a cache that has a count is as full as it is", () => {
  const model = decoder(1);
  expect(nnx.evalShape(() => step(decoder(2), 0).shape)).toEqual([1, 1, 8]);
  step(model, 0);
  expect(() => nnx.evalShape(() => step(model, 1))).toThrow(/expected room in the cache, got token 2 for 1 places/);
});

it("under nnx.evalShape a cache without a count takes a token, were it its only one", () => {
  const shape = nnx.evalShape(() => step(decoder(1), 0)).shape;
  expect(shape).toEqual([1, 1, 8]);
});
