import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

it("a signal that was aborted ends a read before it asks for bytes", async () => {
  const asked: unknown[] = [];
  class Counted extends Blob {
    override slice(begin?: number, end?: number): Blob {
      asked.push([begin, end]);
      return super.slice(begin, end);
    }
  }
  const file = await open(new Counted([new Uint8Array(save({ a: jnp.ones([500_000]) }))]));
  asked.length = 0;
  await expect(file.get("a", { signal: AbortSignal.abort(new Error("before")) })).rejects.toThrow("before");
  expect(asked).toEqual([]);
  expect((await file.get("a")).sum().item()).toBe(500_000);
  expect(asked).not.toEqual([]);
});

it("errors of arrays that are read ahead are nobody's if the reader stops early", async () => {
  const folder = mkdtempSync(join(tmpdir(), "flaxen-lazyfile-"));
  const path = join(folder, "model.safetensors");
  writeFileSync(path, save({ a: jnp.ones([4]), b: jnp.ones([50_000]) }));
  const file = await open(path);
  truncateSync(path, 1000);
  const unhandled: unknown[] = [];
  const note = (error: unknown): void => void unhandled.push(error);
  process.on("unhandledRejection", note);
  const reading = file.read(["a", "b"]);
  expect((await reading.next()).value[0]).toBe("a");
  await reading.return!(undefined);
  await new Promise((next) => setTimeout(next, 50));
  process.off("unhandledRejection", note);
  expect(unhandled).toEqual([]);
  await expect(file.get("b")).rejects.toThrow();
  await file.close();
  rmSync(folder, { recursive: true });
});
