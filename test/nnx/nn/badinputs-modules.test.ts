import { describe, expect, it } from "vitest";
import { measureHeld } from "../../../bench/block.ts";
import { nnx, numpy as jnp } from "../../../src/index.ts";

const make = (): nnx.Linear => new nnx.Linear(2, 3, { rngs: new nnx.Rngs(0) });

/** Makes three tiny arrays a count, and adds them up. */
function work(count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++)
    sum += jnp
      .ones([1])
      .add(jnp.array([i]))
      .item();
  return sum;
}

describe("F and G: modules and arrays as objects", () => {
  it.each([
    ["a module", make()],
    ["a Variable", make().kernel],
    ["an array", jnp.ones([2])],
    ["a State", nnx.state(make())],
    ["a stream", new nnx.Rngs(0).default!],
  ])(
    "104, 125: %s has nothing to dispose: no such method, so no use after it and no second time; garbage is collected",
    (_, object) => {
      for (const name of ["dispose", "free", "delete", "destroy", "close", Symbol.dispose, Symbol.asyncDispose])
        expect(Reflect.get(object, name)).toBeUndefined();
    },
  );

  it("114: an array over a resizable buffer keeps its values when the buffer shrinks", () => {
    const buffer = new (
      ArrayBuffer as unknown as new (
        length: number,
        options: { maxByteLength: number },
      ) => ArrayBuffer & { resize(length: number): void }
    )(8, { maxByteLength: 16 });
    const view = new Float32Array(buffer);
    view.set([1, 2]);
    const x = jnp.array(view);
    buffer.resize(0);
    expect(x.tolist()).toEqual([1, 2]);
  });

  it("126: a million tiny arrays leave nothing behind", async () => {
    work(10_000);
    const before = await measureHeld();
    expect(work(500_000)).toBe(125_000_250_000);
    const after = await measureHeld();
    expect(after.linear).toBe(before.linear);
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(2 ** 20);
    expect(after.heap - before.heap).toBeLessThan(2 ** 23);
  });

  it("127: another attribute is configuration, or state if it is a Variable, as in Flax", () => {
    const layer = make() as nnx.Linear & { colour?: string; extra?: nnx.Param };
    const before = layer([1, 2]).tolist();
    layer.colour = "red";
    layer.extra = new nnx.Param([1]);
    expect(layer([1, 2]).tolist()).toEqual(before);
    expect([nnx.clone(layer).colour, nnx.state(layer).has("extra")]).toEqual(["red", true]);
    expect(nnx.graphdef(layer).equals(nnx.graphdef(make()))).toBe(false);
  });

  it("127: a number in place of a Param is a TypeError at the next call, and its state does not fit any more", () => {
    const layer = make();
    const [graphdef] = nnx.split(layer);
    (layer as unknown as { kernel: number }).kernel = 5;
    expect(() => layer([1, 2])).toThrow(TypeError);
    expect(() => nnx.merge(graphdef, nnx.state(layer))).toThrow(/MissingKeys: .* kernel/);
    (layer as unknown as { kernel: unknown }).kernel = [new nnx.Param([1])];
    expect(() => nnx.state(layer)).toThrow(
      /Linear\.kernel: expected a module, a Variable or an array, got a plain array that holds some/,
    );
  });
});
