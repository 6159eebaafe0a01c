import { describe, expect, it } from "vitest";
import { nnx, random, RngError } from "../../src/index.ts";
import { decode, golden } from "../golden/load.ts";
import type { Encoded } from "../golden/load.ts";

interface RngsCase {
  ctor: Record<string, number>;
  after?: string[];
  calls: string[];
  out: Encoded[];
}

/** Draws what a case's calls name. Its samplers are another day's work. */
function replay({ ctor: { default: seed, ...named }, after = [], calls }: RngsCase): Uint32Array[] {
  const rngs = new nnx.Rngs(seed!, named);
  let derived: nnx.Rngs | undefined;
  for (const step of after) {
    if (step === "params()") rngs.params!();
    else if (step === "fork()") derived = rngs.fork();
    else if (step === "split(3)") derived = rngs.split(3);
    else throw new Error(`unknown step ${step}`);
  }
  return calls.map((call) => {
    if (call === "split.default.key") return derived!.default!.key.get().words;
    const [name, from] = call.startsWith("fork.") ? [call.slice(5), derived!] : [call, rngs];
    return from.stream(name)().words;
  });
}

describe("golden values of flax.nnx.Rngs", () => {
  const cases = golden<RngsCase>("rngs").filter(({ calls }) => !calls.some((call) => call.includes("(")));
  it("covers streams, defaults, fork and split", () => expect(cases).toHaveLength(16));
  it.each(cases.map((c) => [JSON.stringify([c.ctor, c.after ?? [], c.calls]), c] as const))("%s", (_, c) => {
    expect(replay(c)).toEqual(c.out.map(decode));
  });
});

it("key number i of a stream is foldIn(key, i)", () => {
  const rngs = new nnx.Rngs(5);
  for (let i = 0; i < 4; i++) expect(rngs.params!().equals(random.foldIn(random.key(5), i))).toBe(true);
});

it("a stream that was not given is served by the default stream", () => {
  const rngs = new nnx.Rngs(0, { params: 1 });
  expect(rngs.noise).toBe(rngs.default);
  expect(rngs.stream("noise")).toBe(rngs.default);
  expect(rngs().equals(random.foldIn(random.key(0), 0))).toBe(true);
  expect(rngs.noise!().equals(random.foldIn(random.key(0), 1))).toBe(true);
  expect([rngs.has("params"), rngs.has("noise")]).toEqual([true, false]);
});

it("names its streams in the order given, the default last", () => {
  expect([...new nnx.Rngs(0, { params: 1, dropout: 2 })]).toEqual(["params", "dropout", "default"]);
  expect(new nnx.Rngs({ a: 1, b: 2 }).items().map(([name, stream]) => [name, stream.tag])).toEqual([["a", "a"], ["b", "b"]]);
});

it("two streams of one seed give equal keys", () => {
  const rngs = new nnx.Rngs({ a: 3, b: 3 });
  expect(rngs.a!().equals(rngs.b!())).toBe(true);
});

it("takes keys and streams as seeds; a stream's count starts again", () => {
  const first = new nnx.Rngs(9);
  first();
  const second = new nnx.Rngs(first.default!, { params: random.key(9) });
  expect(second().equals(random.foldIn(random.key(9), 0))).toBe(true);
  expect(second.params!().equals(random.foldIn(random.key(9), 0))).toBe(true);
});

it("a missing stream without a default is an RngError that says how to add it", () => {
  const rngs = new nnx.Rngs({ params: 0 });
  expect(() => rngs.dropout).toThrow(RngError);
  expect(() => rngs.stream("dropout")).toThrow(/expected a stream "dropout" or a default stream.*with the streams params.*new nnx\.Rngs\(\{ dropout: 0 \}\)/);
  expect(() => new nnx.Rngs()()).toThrow(/no streams at all/);
});

it("can be awaited, printed and serialised without becoming a stream called then", async () => {
  const rngs = new nnx.Rngs(0);
  expect(await rngs).toBe(rngs);
  expect(String(rngs)).toContain("RngStream(default");
  expect(rngs.default!.count.get().item()).toBe(0);
});

it.each([["a string", "0"], ["null", null], ["NaN", NaN], ["an array", [1]], ["a float array", new Float32Array(2)]])("a seed that is %s is an error that names the stream", (_, seed) => {
  expect(() => new nnx.Rngs(seed as never)).toThrow(/seed/);
});

it("a stream may not take the name of a method", () => {
  expect(() => new nnx.Rngs({ fork: 0 })).toThrow(/"fork" expected another name/);
});

it("streams may be called name and length", () => {
  const rngs = new nnx.Rngs({ name: 1, length: 2 });
  expect([rngs.stream("name").tag, rngs.stream("length").tag]).toEqual(["name", "length"]);
  expect(rngs.name).toBe(rngs.stream("name"));
  expect(new nnx.Rngs(0).name).toHaveProperty("tag", "default");
  expect(nnx.state(rngs).size).toBe(4);
});
