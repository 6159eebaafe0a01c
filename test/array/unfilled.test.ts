/** Large results take memory that is not zeroed, where the host gives it, and hold nothing that was there before. */
import { Buffer } from "node:buffer";
import { afterEach, describe, expect, it, vi } from "vitest";
import { nnx, numpy as jnp, random } from "../../src/index.ts";
import { unfilledBuffer } from "../../src/data/unfilled.ts";
import { onEachBackend } from "../backends.ts";

/** The elements of 256 KiB. */
const LARGE = 2 ** 16;

/** Has Buffer give memory of which all bits are set, and counts how often it is asked. */
function dirty(): ReturnType<typeof spy> {
  return spy((bytes) => Buffer.alloc(bytes, 0xff));
}

const spy = (give: (bytes: number) => Buffer<ArrayBuffer>) =>
  vi.spyOn(Buffer, "allocUnsafeSlow").mockImplementation(give);

afterEach(() => {
  vi.restoreAllMocks();
});

onEachBackend("over memory that held something else", () => {
  const x = random.normal(random.key(0), [64, LARGE / 64]);
  it.each([
    ["x + 1", () => x.add(1)],
    ["x.T", () => x.T],
    ["relu", () => nnx.relu(x)],
    ["cumsum", () => jnp.cumsum(x, 1)],
    ["a copy", () => jnp.copy(x)],
    ["draws", () => random.normal(random.key(1), [LARGE])],
    ["bits", () => random.bits(random.key(1), [LARGE])],
    ["x @ x.T @ x", () => x.matmul(x.T).matmul(x)],
    ["a result of nnx.jit", () => nnx.jit((y: typeof x) => y.mul(2).sub(y))(x)],
  ])("%s", (_, run) => {
    const expected = run().tolist();
    const asked = dirty();
    expect(run().tolist()).toEqual(expected);
    expect(asked).toHaveBeenCalledWith(4 * LARGE);
  });
});

describe("memory that is not zeroed", () => {
  const x = jnp.ones([LARGE]);

  it("is not for what is zeros, nor for what is small", () => {
    const asked = dirty();
    expect(jnp.zeros([LARGE]).any().item()).toBe(0);
    jnp.ones([LARGE - 1]).add(1);
    expect(asked).not.toHaveBeenCalled();
  });

  it("is a buffer of its own", () => {
    const { data } = x.add(1);
    expect([data.byteOffset, data.buffer.byteLength]).toEqual([0, 4 * LARGE]);
    expect(structuredClone(data, { transfer: [data.buffer] })).toEqual(new Float32Array(LARGE).fill(2));
  });

  it("is not taken as a part of a larger buffer", () => {
    const asked = spy((bytes) => Buffer.from(new ArrayBuffer(2 * bytes), 0, bytes));
    expect(x.add(1).data.buffer.byteLength).toBe(4 * LARGE);
    expect(asked).toHaveBeenCalledOnce();
  });

  it.each([undefined, {}])("is not there where Buffer is %j", async (stub) => {
    vi.resetModules();
    vi.stubGlobal("Buffer", stub);
    const { numpy } = await import("../../src/index.ts");
    vi.unstubAllGlobals();
    const asked = dirty();
    expect(numpy.ones([LARGE]).add(1).sum().item()).toBe(2 * LARGE);
    expect(asked).not.toHaveBeenCalled();
  });
});

it("memory is asked for from 256 KiB up to 1 GiB", () => {
  const asked = vi.spyOn(Buffer, "allocUnsafeSlow").mockImplementation(() => ({}) as never);
  for (const bytes of [2 ** 18 - 1, 2 ** 18, 2 ** 30, 2 ** 30 + 1]) expect(unfilledBuffer(bytes)).toBeUndefined();
  expect(asked.mock.calls).toEqual([[2 ** 18], [2 ** 30]]);
});
