import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type * as Flaxen from "../../src/index.ts";

/** A copy of the library that has not warned yet. */
async function fresh(): Promise<typeof Flaxen> {
  vi.resetModules();
  return import("../../src/index.ts");
}

beforeEach(() => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
});

afterEach(() => {
  vi.restoreAllMocks();
});

it("sow outside of capture warns once, however often it is called; inside never", async () => {
  const { nnx, numpy } = await fresh();
  class Net extends nnx.Module<[x: Flaxen.NDArray], Flaxen.NDArray> {
    override __call__(x: Flaxen.NDArray): Flaxen.NDArray {
      this.sow(nnx.Intermediate, "seen", x);
      return x;
    }
  }
  const x = numpy.ones([1]);
  nnx.capture(new Net(), nnx.Intermediate)(x);
  expect(console.warn).not.toHaveBeenCalled();
  const net = new Net();
  for (let i = 0; i < 3; i++) net(x);
  new Net()(x);
  expect(console.warn).toHaveBeenCalledTimes(1);
  expect(console.warn).toHaveBeenCalledWith(
    expect.stringMatching(/^flaxen: sow outside nnx\.capture stores its values/),
  );
  expect((net as unknown as { seen: Flaxen.nnx.Variable }).seen.get()).toHaveLength(3);
});

it("without a console nothing is said, and the values are there", async () => {
  const { nnx, numpy } = await fresh();
  vi.stubGlobal("console", undefined);
  try {
    const module = new (class extends nnx.Module {})();
    expect(module.sow(nnx.Intermediate, "seen", numpy.ones([1]))).toBe(true);
    expect((module as unknown as { seen: Flaxen.nnx.Variable }).seen.get()).toHaveLength(1);
  } finally {
    vi.unstubAllGlobals();
  }
});

const sum = (before: Flaxen.NDArray, value: Flaxen.NDArray): Flaxen.NDArray => before.add(value);

it("reduceFn puts values together, beginning with what initFn gives", async () => {
  const { nnx, numpy } = await fresh();
  const module = new (class extends nnx.Module {})();
  for (let i = 1; i <= 3; i++)
    module.sow(nnx.Intermediate, "sum", numpy.array([i]), { reduceFn: sum, initFn: () => numpy.array([10]) });
  expect((module as unknown as { sum: Flaxen.nnx.Variable }).sum.get().tolist()).toEqual([16]);
});
