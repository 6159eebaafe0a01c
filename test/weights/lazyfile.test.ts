import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { numpy as jnp } from "../../src/index.ts";
import { lazyFile } from "../../src/weights/lazyfile.ts";
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

describe("a file whose arrays are loaded one by one", () => {
  const MEBIBYTE = 2 ** 20;

  /** A file of arrays of one number each, said to be of a mebibyte; `load` is asked for each by its number. */
  function fileOf(count: number, load: (i: number) => Promise<void>): ReturnType<typeof lazyFile> {
    const entries = Array.from({ length: count }, (_, i) => {
      const info = { dtype: "F32", shape: [1], bytes: MEBIBYTE } as const;
      const entry = { ...info, load: async () => (await load(i), new Uint8Array(4)) };
      return [`w${i}`, entry] as const;
    });
    return lazyFile({
      format: "safetensors",
      source: "memory",
      entries: new Map(entries) as never,
      close: async () => {},
    });
  }

  it("asks for nothing once it is aborted, and gives nothing that came after that", async () => {
    const asked: number[] = [];
    const stop = new AbortController();
    const reason = new Error("enough");
    const file = fileOf(2, async (i) => {
      asked.push(i);
      if (i === 1) stop.abort(reason);
    });
    await expect(file.get("w0", { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(asked).toEqual([]);
    await expect(file.get("w1", { signal: stop.signal })).rejects.toBe(reason);
    expect(asked).toEqual([1]);
  });

  it("asks for the eight mebibytes behind the array that is read, and for no more", async () => {
    const asked: number[] = [];
    const file = fileOf(20, async (i) => void asked.push(i));
    const reading = file.read()[Symbol.asyncIterator]();
    await reading.next();
    expect(asked).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    await reading.next();
    expect(asked).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it("keeps the failures of arrays to itself that nobody came to", async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    const others = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection").on("unhandledRejection", note);
    try {
      const file = fileOf(4, async (i) => {
        if (i > 0) throw new Error(`w${i} is not there`);
      });
      for await (const [name] of file.read()) {
        expect(name).toBe("w0");
        break;
      }
      for (let turn = 0; turn < 3; turn++) await new Promise<void>((next) => setImmediate(next));
      expect(unhandled).toEqual([]);
    } finally {
      process.removeListener("unhandledRejection", note);
      for (const other of others) process.on("unhandledRejection", other);
    }
  });
});
