import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { numpy as jnp } from "../../src/index.ts";
import { open, save } from "../../src/weights.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

it("reading all arrays, one after the other, lets go of those that were given", async () => {
  const names = ["a", "b", "c", "d", "e", "f"];
  const file = await open(save(Object.fromEntries(names.map((name) => [name, jnp.ones([1000])]))));
  const given: WeakRef<object>[] = [];
  let living = 0;
  for await (const [, array] of file.read()) {
    given.push(new WeakRef(array));
    for (let turn = 0; turn < 3; turn++) {
      await new Promise<void>((next) => setImmediate(next));
      collect();
    }
    living = given.filter((one) => one.deref() !== undefined).length;
  }
  expect(given.length).toBe(6);
  expect(living).toBeLessThanOrEqual(2);
  await file.close();
});
