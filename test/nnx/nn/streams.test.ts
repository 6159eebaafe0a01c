/** Which streams of an Rngs a layer draws from, and which it keeps. */
import { describe, expect, it } from "vitest";
import { nnx } from "../../../src/index.ts";
import { LAYERS } from "./everylayer.ts";

function streams(): nnx.Rngs {
  return new nnx.Rngs({ default: 0, params: 1, dropout: 2, carry: 3 });
}

function cell(rngs: nnx.Rngs): nnx.GRUCell {
  return new nnx.GRUCell(2, 3, { rngs });
}

/** How many keys each stream has handed out. */
function counts(rngs: nnx.Rngs): Record<string, number> {
  return Object.fromEntries(rngs.items().map(([name, stream]) => [name, stream.count.get().item()]));
}

/** The names of the streams that a model keeps, each once. */
function kept(model: object): unknown[] {
  const tags = [...nnx.state(model, nnx.RngState)].map(([, leaf]) => (leaf as unknown as { tag: unknown }).tag);
  return [...new Set(tags)].sort();
}

/** The layers that keep a stream; the others keep none. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  "Dropout, deterministic": ["dropout"],
  "MultiHeadAttention with normalized queries and keys": ["dropout"],
  RNN: ["carry"],
  "RNN, reversed": ["carry"],
  Bidirectional: ["carry"],
};

describe.each(LAYERS.map((item) => [item.name, item] as const))("%s", (name, item) => {
  it("draws weights from params, forks dropout where it keeps it, and touches no other stream", () => {
    const rngs = streams();
    item.make(rngs, {});
    const { default: others, carry, dropout } = counts(rngs);
    expect({ others, carry, dropout }).toEqual({
      others: 0,
      carry: 0,
      dropout: KEPT[name]?.includes("dropout") ? 1 : 0,
    });
  });

  it("keeps the streams it says, by their names", () => {
    const { layer } = item.make(streams(), {});
    expect(layer instanceof nnx.Module ? kept(layer) : []).toEqual(KEPT[name] ?? []);
  });
});

describe("layers that keep a stream on request", () => {
  it.each<[string, (rngs: nnx.Rngs) => object]>([
    ["RNN", (rngs) => new nnx.RNN(cell(rngs), { rngs })],
    [
      "Bidirectional",
      (rngs) =>
        new nnx.Bidirectional(new nnx.RNN(cell(rngs), { rngs: false }), new nnx.RNN(cell(rngs), { rngs: false }), {
          rngs,
        }),
    ],
    ["LSTMCell", (rngs) => new nnx.LSTMCell(2, 3, { rngs, keepRngs: true })],
    ["OptimizedLSTMCell", (rngs) => new nnx.OptimizedLSTMCell(2, 3, { rngs, keepRngs: true })],
    ["GRUCell", (rngs) => new nnx.GRUCell(2, 3, { rngs, keepRngs: true })],
    ["SimpleCell", (rngs) => new nnx.SimpleCell(2, 3, { rngs, keepRngs: true })],
  ])("%s forks the stream carry of the Rngs it is given", (_, make) => {
    const rngs = streams();
    expect(kept(make(rngs))).toEqual(["carry"]);
    expect(counts(rngs)).toMatchObject({ default: 0, dropout: 0, carry: 1 });
  });

  it("without carry it is the default stream, under its own name", () => {
    const rngs = new nnx.Rngs({ default: 0, params: 1 });
    expect(kept(new nnx.RNN(cell(rngs), { rngs }))).toEqual(["default"]);
    expect(counts(rngs)["default"]).toBe(1);
  });

  it("rngs: false keeps none", () => {
    expect(kept(new nnx.RNN(cell(streams()), { rngs: false }))).toEqual([]);
  });
});

it("a stream keeps its name in a fork, a split and a broadcast", () => {
  const { dropout } = streams();
  for (const stream of [dropout.fork(), dropout.split(2), dropout.broadcast(2), streams().fork().dropout])
    expect([stream.tag, stream.key.tag, stream.count.tag]).toEqual(["dropout", "dropout", "dropout"]);
});
