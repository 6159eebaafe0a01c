import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { memoryInfo, nnx, numpy } from "../../src/index.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** What the process holds after collection and finalizers. */
async function held(): Promise<{ heap: number; buffers: number; linear: number; residents: number }> {
  for (let turn = 0; turn < 5; turn++) {
    collect();
    await new Promise<void>((next) => setImmediate(next));
  }
  const { heapUsed: heap, arrayBuffers: buffers } = process.memoryUsage();
  const { linearBytes: linear, residents } = memoryInfo();
  return { heap, buffers, linear, residents };
}

it("forty thousand calls of an MLP leave linear memory, array buffers and the heap as they were", async () => {
  const rngs = new nnx.Rngs(0);
  const model = new nnx.Sequential(
    new nnx.Linear(64, 48, { rngs }),
    nnx.relu,
    new nnx.Linear(48, 32, { rngs }),
    nnx.relu,
    new nnx.Linear(32, 10, { rngs }),
  );
  const row = numpy.ones([64]);
  const rows = numpy.ones([8, 64]);
  const call = (times: number): void => {
    for (let i = 0; i < times; i++) model(i % 2 === 0 ? row : rows);
  };
  call(2000);
  const before = await held();
  call(40_000);
  const after = await held();
  expect([after.linear, after.residents]).toEqual([before.linear, before.residents]);
  // A call that left one object of 16 bytes would show as 640 KB; the engine's own tables move by up to 200 KB.
  expect(Math.abs(after.buffers - before.buffers)).toBeLessThan(16_384);
  expect(after.heap - before.heap).toBeLessThan(500_000);
});

function useOneModel(): void {
  const model = new nnx.Linear(256, 256, { rngs: new nnx.Rngs(1) });
  for (let i = 0; i < 3; i++) model(numpy.ones([256]));
}

it("models that come and go leave nothing behind", async () => {
  for (let i = 0; i < 20; i++) useOneModel();
  const before = await held();
  for (let i = 0; i < 200; i++) useOneModel();
  const after = await held();
  expect(after.residents).toBeLessThanOrEqual(before.residents);
  expect(after.buffers - before.buffers).toBeLessThan(65_536);
  // Copies of 250 KiB: 20 at most before the event loop turned the first time, 200 the second.
  expect(after.linear).toBeLessThanOrEqual(2 ** 27);
});
