import { describe, expect, it } from "vitest";
import { nnx } from "../../src/index.ts";
import { hexWords } from "../bits.ts";
import type { Encoded } from "../golden/load.ts";
import { decode, golden } from "../golden/load.ts";
import { onEachBackend } from "../backends.ts";
import { call, camelCase } from "./calls.ts";

/** Every key and count of a tree of streams, by path. */
type Snapshot = { path: string; value: Encoded }[];

/** Sizes as the generator writes them; `map` pairs filters with sizes. */
type Sizes = number | number[] | null | { map: [string | string[], number | number[] | null][] };

interface Case {
  op: string;
  tree: "rngs" | "model";
  seed: number;
  arg?: unknown;
  error?: true;
  order?: string[];
  new?: Snapshot;
  old?: Snapshot;
  changed?: Snapshot;
  restored?: Snapshot;
  calls?: { stream: string; fn: string; make: unknown[]; args: unknown[]; out: Encoded }[];
}

class Layer extends nnx.Module {
  stream: nnx.RngStream;
  constructor(stream: nnx.RngStream) {
    super();
    this.stream = stream;
  }
}

/** The generator's model: streams at several depths, and one of them at two places. */
class Model extends nnx.Module {
  zeta: Layer;
  alpha: Layer;
  mid: Layer;
  rngs: nnx.Rngs;
  constructor(rngs: nnx.Rngs) {
    super();
    this.zeta = new Layer(rngs.dropout.fork());
    this.alpha = new Layer(rngs.dropout.fork());
    this.mid = new Layer(rngs.params);
    this.rngs = rngs;
  }
}

function buildRngs(seed: number): nnx.Rngs {
  const rngs = new nnx.Rngs(seed, { params: seed + 1, dropout: seed + 2 });
  rngs.params();
  rngs.params();
  rngs.dropout();
  return rngs;
}

function build({ tree, seed }: Case): nnx.Rngs | Model {
  return tree === "model" ? new Model(buildRngs(seed)) : buildRngs(seed);
}

function snapshot(node: object): unknown[] {
  return nnx.toFlatState(nnx.state(node, nnx.RngState)).map(([path, leaf]) => {
    const value = (leaf as nnx.RngState).get();
    return [path.join("/"), [...value.shape], "words" in value ? value.words : value.data];
  });
}

/** The same of a golden snapshot: a key's words have one axis more than the key. */
function decoded(wanted: Snapshot | undefined): unknown[] {
  return wanted!.map(({ path, value }) => [
    path,
    path.endsWith("key") ? value.shape.slice(0, -1) : value.shape,
    decode(value),
  ]);
}

function sizes(arg: unknown): nnx.RngSizes {
  const given = arg as Sizes;
  return typeof given === "object" && given !== null && !Array.isArray(given)
    ? new Map(given.map)
    : (given as nnx.RngSizes);
}

const DERIVE: Record<string, (rngs: nnx.Rngs, arg: unknown) => nnx.Rngs> = {
  split: (rngs, arg) => rngs.split(sizes(arg)),
  broadcast: (rngs, arg) => rngs.broadcast(sizes(arg)),
  fork: (rngs) => rngs.fork(),
  copy: (rngs) => new nnx.Rngs(rngs.dropout, { params: rngs.params }),
};

const CHANGE: Record<string, (node: object, arg: never) => nnx.StreamBackup[]> = {
  split_rngs: (node, arg: nnx.SplitRngsOptions) => nnx.splitRngs(node, arg),
  fork_rngs: (node, arg) => nnx.forkRngs(node, { split: sizes(arg) }),
  backup_keys: (node) => {
    const backups = nnx.backupKeys(node);
    nnx.splitRngs(node, { splits: 2, only: "dropout" });
    return backups;
  },
  reseed: (
    node,
    { policy, streams, split }: { policy: nnx.ReseedPolicy; streams: Record<string, number>; split: number[] | null },
  ) => {
    if (split !== null) nnx.splitRngs(node, { splits: split, only: "dropout" });
    nnx.reseed(node, policy, streams);
    return [];
  },
};

const CASES = golden<Case>("rngs_more");
const named = (ops: object): (readonly [string, Case])[] =>
  CASES.filter(({ op }) => op in ops).map((c) => [`${c.op} ${c.tree} ${c.seed} ${JSON.stringify(c.arg)}`, c] as const);

describe("golden values of what makes a new Rngs of an old one", () => {
  it("there are many", () => expect(named(DERIVE).length).toBeGreaterThan(50));
  it.each(named(DERIVE))("%s", (_, c) => {
    const rngs = buildRngs(c.seed);
    const made = DERIVE[c.op]!(rngs, c.arg);
    expect([...made]).toEqual(c.order);
    expect(snapshot(made)).toEqual(decoded(c.new));
    expect(snapshot(rngs)).toEqual(decoded(c.old));
  });
});

describe("golden values of what changes streams in place", () => {
  it("there are many", () => expect(named(CHANGE).length).toBeGreaterThan(200));
  it.each(named(CHANGE))("%s", (_, c) => {
    const node = build(c);
    const change = (): nnx.StreamBackup[] => CHANGE[c.op]!(node, c.arg as never);
    if (c.error) {
      expect(change).toThrow(Error);
      return;
    }
    const backups = change();
    expect(snapshot(node)).toEqual(decoded(c.changed));
    if (c.restored === undefined) return;
    nnx.restoreRngs(backups);
    expect(snapshot(node)).toEqual(decoded(c.restored));
  });
});

onEachBackend("golden values of what an Rngs and its streams draw", (backend) => {
  it.each(CASES.filter(({ op }) => op === "draw").map((c) => [c.seed, c] as const))("seed %s", (_, c) => {
    const rngs = buildRngs(c.seed);
    for (const { stream, fn, make, args, out } of c.calls!) {
      const drawn = call(stream === "default" ? rngs : rngs.stream(stream), camelCase(fn), make, args);
      expect([drawn.shape, hexWords(drawn.data)], `${fn} on ${backend}`).toEqual([out.shape, hexWords(decode(out))]);
    }
    expect(snapshot(rngs)).toEqual(decoded(c.old));
  });
});
