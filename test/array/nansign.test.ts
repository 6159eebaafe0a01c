import { expect, it } from "vitest";
import * as jnp from "../../src/numpy.ts";
import { onEachBackend } from "../backends.ts";

/** A NaN of each sign, as they lie in memory: V8 keeps them apart, other engines do not. */
const NANS = new Float32Array(Uint32Array.of(0x7fc00000, 0xffc00000).buffer);

/** NaN as an operation gives it, of which the processor chooses the sign. */
const MADE = {
  "∞ - ∞": () => jnp.subtract([Infinity], [Infinity]),
  "0 / 0": () => jnp.divide([0], [0]),
  "√-1": () => jnp.sqrt([-1]),
  "-NaN": () => jnp.negative(jnp.array(NANS)),
};

onEachBackend("the sign of a NaN shows in no result", () => {
  it.each([["from memory", () => jnp.array(NANS)], ...Object.entries(MADE)] as [string, () => jnp.NDArray][])(
    "%s",
    (_, make) => {
      const nans = make();
      const n = nans.size;
      const x = jnp.concatenate([[-Infinity, 1], nans, [Infinity]]);
      const places = Array.from({ length: n }, (_, i) => i + 2);
      for (const dtype of ["float32", "bfloat16", "float16"] as const)
        expect(jnp.topK(x.astype(dtype), n + 3)[1].tolist()).toEqual([...places, n + 2, 1, 0]);
      expect(jnp.argsort(x).tolist()).toEqual([0, 1, n + 2, ...places]);
      expect(jnp.signbit(nans).tolist()).toEqual(places.map(() => false));
      expect(jnp.copysign(-2, nans).tolist()).toEqual(places.map(() => 2));
    },
  );
});
