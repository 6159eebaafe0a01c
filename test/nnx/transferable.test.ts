import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { nnx, numpy as jnp, random } from "../../src/index.ts";

/** What arrives on the other side. */
function sent(x: unknown): unknown {
  const { port1, port2 } = new MessageChannel();
  try {
    port1.postMessage(nnx.toTransferable(x));
    return (receiveMessageOnPort(port2) as { message: unknown }).message;
  } finally {
    port1.close();
  }
}

class Adapter extends nnx.Param {}

describe("toTransferable and fromTransferable", () => {
  it.each<[string, () => unknown]>([
    [
      "float32",
      () =>
        jnp.array([
          [1, -0],
          [NaN, 1e-45],
        ]),
    ],
    ["bfloat16", () => jnp.array([1, 2.5]).astype("bfloat16")],
    ["bool", () => jnp.array([true, false])],
    ["a scalar", () => jnp.array(3)],
    ["an empty array", () => jnp.zeros([0, 3])],
    ["a key", () => random.key(5)],
    ["keys", () => random.split(random.key(0), [2, 3])],
    ["a Param with metadata", () => new nnx.Param([1], { sharding: ["a", null] })],
    ["what sow collects", () => new nnx.Intermediate([jnp.ones([2]), jnp.ones([3])] as never)],
    ["a State", () => nnx.state(new nnx.List([new nnx.BatchNorm(2, { rngs: new nnx.Rngs(0) }), new nnx.Rngs(1)]))],
    ["plain containers", () => ({ a: [jnp.ones([1]), 5, "text", null], b: Float32Array.of(1) })],
  ])("%s goes over", (_, make) => {
    expect(nnx.fromTransferable(sent(make()))).toEqual(make());
  });

  it("a model goes over as its state", () => {
    const [from, to] = [1, 2].map((seed) => new nnx.Linear(3, 4, { rngs: new nnx.Rngs(seed) })) as [
      nnx.Linear,
      nnx.Linear,
    ];
    nnx.update(to, nnx.fromTransferable(sent(nnx.state(from))));
    expect(to([1, 2, 3])).toEqual(from([1, 2, 3]));
  });

  it("the message has elements of its own, which become the arrays'", () => {
    const x = jnp.array([1, 2]);
    const message = nnx.toTransferable(x) as { data: Float32Array };
    const moved = structuredClone(message, { transfer: [message.data.buffer] });
    expect(message.data.length).toBe(0);
    expect(x.add(1).tolist()).toEqual([2, 3]);
    expect(nnx.fromTransferable<typeof x>(moved).data).toBe(moved.data);
  });

  it("a state of an optimizer keeps its classes", () => {
    const state = nnx.fromTransferable<nnx.State>(sent(new nnx.OptVariable(jnp.ones([1]) as never)));
    expect(state).toBeInstanceOf(nnx.OptVariable);
  });

  it("your own classes are named", () => {
    const adapter = nnx.fromTransferable(sent(new Adapter([1])), { types: [Adapter] });
    expect(adapter).toBeInstanceOf(Adapter);
    expect(() => nnx.fromTransferable(sent(new Adapter([1])))).toThrow(/"Adapter".*types: \[Adapter\]/);
  });

  it.each([
    ["a model", () => new nnx.Linear(1, 1, { rngs: new nnx.Rngs(0) })],
    ["a structure", () => nnx.graphdef(new nnx.List([]))],
    ["a function", () => Math.abs],
  ])("%s cannot be sent", (_, make) => {
    expect(() => nnx.toTransferable({ it: make() })).toThrow(/expected arrays, keys, Variables, States and plain data/);
  });
});

it("a class is known by the kind that it states, whatever a minifier calls it", () => {
  class a extends nnx.Variable {
    static override readonly kind: string = "mylib.Adapter";
  }
  const sent = nnx.toTransferable(new a([1])) as { kind: string };
  expect(sent.kind).toBe("mylib.Adapter");
  expect(nnx.fromTransferable(sent, { types: [a] })).toBeInstanceOf(a);
});
