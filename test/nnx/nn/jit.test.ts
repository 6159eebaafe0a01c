/** Every layer has the same bits under `nnx.jit`, at the first call and when its memory is used again. */
import { afterAll, describe, expect, it } from "vitest";
import type { NDArray } from "../../../src/index.ts";
import { nnx, numpy as jnp, useBackend } from "../../../src/index.ts";
import { firstDifference } from "../../bits.ts";
import { floats } from "../../contract/backends.ts";
import { poisoned } from "../../poison.ts";
import type { EveryLayer, Made } from "./everylayer.ts";
import { FUNCTIONS, LAYERS } from "./everylayer.ts";

const ALL = [...LAYERS, ...FUNCTIONS].map((item) => [item.name, item] as const);

/** An input whose results are in part over 8 KiB. */
function batchFor({ shape, dtype }: EveryLayer, batch: number, edges = false): NDArray {
  const values = floats(batch * shape.reduce((a, b) => a * b, 1), 1, edges);
  return jnp
    .array(dtype === "int32" ? Int32Array.from(values, (x) => Math.abs(Math.trunc(x || 0)) % 31) : values)
    .reshape([batch, ...shape]);
}

const state = (model: unknown): string => JSON.stringify([...nnx.state(model as object)]);

const make = (item: EveryLayer): Made => item.make(new nnx.Rngs(3), {});

afterAll(() => useBackend("auto"));

describe.each(["core", "wasm"] as const)("on %s", (backend) => {
  it.each(ALL)("%s", (_, item) => {
    useBackend(backend);
    const [plain, jitted, overPoison] = [make(item), make(item), make(item)];
    const f = nnx.jit((layer: Made["layer"], x: NDArray) => jitted.run(layer, x));
    for (const batch of backend === "core" ? [3] : [3, 1000]) {
      const x = batchFor(item, batch, batch === 3);
      for (let call = 0; call < 3; call++) {
        const expected = plain.run(plain.layer, x);
        f(jitted.layer, x).forEach((y, k) =>
          expect(firstDifference(expected[k]!.data, y.data), `output ${k} of call ${call}`).toBe(-1),
        );
        poisoned(() => overPoison.run(overPoison.layer, x)).forEach((y, k) =>
          expect(firstDifference(expected[k]!.data, y.data), `output ${k} over NaN`).toBe(-1),
        );
      }
    }
    if (nnx.isData(plain.layer)) expect(state(jitted.layer)).toBe(state(plain.layer));
  });
});
