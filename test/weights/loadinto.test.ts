import { beforeEach, describe, expect, it } from "vitest";
import { nnx, numpy as jnp, random } from "../../src/index.ts";
import * as optax from "../../src/optax.ts";
import type { NDArray } from "../../src/numpy.ts";
import { open as openOrbax } from "../../src/orbax/index.ts";
import type { LoadOptions, MemoryFile, WeightsFile } from "../../src/weights.ts";
import { loadInto, open, readMsgpack, readSafetensors, save } from "../../src/weights.ts";
import type { Recorded } from "./golden.ts";
import { bytesOf, elementsOf, jsonOf, pathOf } from "./golden.ts";

/** The model of the recorded files. */
class Net extends nnx.Module<[x: NDArray], NDArray> {
  layers: nnx.List<nnx.Linear>;
  bn: nnx.BatchNorm;
  drop: nnx.Dropout;
  heads: nnx.Dict<nnx.Linear>;
  constructor(inputs: number, seed = 7) {
    super();
    const rngs = new nnx.Rngs(seed);
    this.layers = new nnx.List([new nnx.Linear(inputs, 4, { rngs }), new nnx.Linear(4, 5, { rngs })]);
    this.bn = new nnx.BatchNorm(5, { rngs });
    this.drop = new nnx.Dropout(0.5, { rngs });
    this.heads = new nnx.Dict({
      a: new nnx.Linear(5, 2, { rngs }),
      b: new nnx.Linear(5, 1, { useBias: false, rngs }),
    });
  }
  override __call__(x: NDArray): NDArray {
    let y = x;
    for (const layer of this.layers) y = nnx.relu(layer(y));
    y = this.drop(this.bn(y));
    return jnp.concatenate([this.heads.get("a")(y), this.heads.get("b")(y)], -1);
  }
}

interface NetFile {
  readonly arrays: Record<string, Recorded>;
  readonly call: { readonly x: Recorded; readonly y_eval: Recorded };
}

const { call, arrays } = jsonOf<NetFile>("msgpack/net_params.json");
const inputs = arrays["layers/0/kernel"]!.shape[0]!;
const float32 = ({ b64, shape }: Recorded): NDArray =>
  jnp.array(new Float32Array(new Uint8Array(Buffer.from(b64!, "base64")).buffer)).reshape(shape);

/** All bits of a model's state, by path. */
function bitsOf(model: object): [string, string, string][] {
  return [...nnx.state(model)].map(([path, leaf]) => {
    const value = (leaf as nnx.Variable).getRawValue();
    const array = value instanceof random.Key ? random.keyData(value) : value;
    return [path.join("/"), array.dtype, Buffer.from(elementsOf(array)).toString("hex")];
  });
}

function codeOf(error: unknown): string | undefined {
  return (error as { code?: string }).code;
}

/** A file in memory with these arrays. */
function fileOf(arrays: Record<string, unknown>, metadata: Record<string, string> = {}): MemoryFile {
  return readSafetensors(save(arrays as never, { metadata }));
}

/** The arrays of the recorded file. */
const good = (): Record<string, NDArray> => Object.fromEntries(readSafetensors(bytesOf("safetensors/net.safetensors")));

const linear = (): nnx.Linear => new nnx.Linear(2, 3, { rngs: new nnx.Rngs(0) });

/** A model with one layer at two places. */
const shared = (): nnx.Dict<nnx.Linear> => {
  const layer = new nnx.Linear(1, 2, { rngs: new nnx.Rngs(0) });
  return new nnx.Dict({ a: layer, b: layer });
};

/** The arrays of such a layer. */
const part = (name: string, by: number): Record<string, NDArray> => ({
  [`${name}.kernel`]: jnp.full([1, 2], by),
  [`${name}.bias`]: jnp.full([2], by),
});

describe("loadInto gives a model of flaxen the outputs that it had in Flax", () => {
  const files: Record<string, () => Promise<WeightsFile | MemoryFile>> = {
    "safetensors, names joined by dots": async () => readSafetensors(bytesOf("safetensors/net.safetensors")),
    "sharded safetensors": () => open(pathOf("safetensors/sharded")),
    "msgpack, list indices as strings": async () => readMsgpack(bytesOf("msgpack/net_params.msgpack")),
    "msgpack, list indices as integers": async () => readMsgpack(bytesOf("msgpack/net_params_intkeys.msgpack")),
    "msgpack of the whole state": () => open(pathOf("msgpack/net_all.msgpack")),
    "Orbax of a pure dict": () => openOrbax(pathOf("orbax/net_params")),
    "Orbax of an nnx.State": () => openOrbax(pathOf("orbax/net_state")),
    "Orbax with Zarr 3": () => openOrbax(pathOf("orbax/net_zarr3")),
    "Orbax without OCDBT": () => openOrbax(pathOf("orbax/net_plain_zarr2")),
  };

  it.each(Object.entries(files))("%s", async (_, opened) => {
    const model = new Net(inputs);
    model.eval();
    const file = await opened();
    const report = await loadInto(model, file);
    expect([report.missing, report.unexpected, report.ignored, report.cast]).toEqual([[], [], [], []]);
    expect([...report.loaded].sort()).toEqual([...file.names].sort());
    expect(report.bytes).toBe(file.names.reduce((sum, name) => sum + file.info(name).bytes, 0));
    await file.close();
    const y = model(float32(call.x));
    expect(jnp.max(jnp.abs(y.sub(float32(call.y_eval)))).item()).toBeLessThan(1e-6);
  });

  it("PRNG keys load from their uint32 data, counts from theirs", async () => {
    const model = new Net(inputs);
    await loadInto(model, readMsgpack(bytesOf("msgpack/net_all.msgpack")));
    const whole = jsonOf<NetFile>("msgpack/net_all.json").arrays;
    const words = new Uint32Array(new Uint8Array(Buffer.from(whole["drop/rngs/key"]!.b64!, "base64")).buffer);
    const key = nnx.state(model).get("drop", "rngs", "key") as nnx.Variable<random.Key>;
    expect(random.keyData(key.get()).tolist()).toEqual([...words]);
  });

  it("a bfloat16 embedding, a 0-d Param and an int32 Variable", async () => {
    const recorded = jsonOf<NetFile>("msgpack/conv.json").arrays;
    const rngs = new nnx.Rngs(0);
    const [words, width] = recorded["embed/embedding"]!.shape as [number, number];
    const embed = new nnx.Embed(words, width, {
      paramDtype: "bfloat16",
      embeddingInit: nnx.initializers.zeros,
      rngs,
    });
    const table = new nnx.Variable(jnp.zeros([3, 4], "int32"));
    const model = new nnx.Dict<unknown>({
      embed,
      conv: new nnx.Conv(6, 8, [3], { rngs }),
      ln: new nnx.LayerNorm(8, { rngs }),
      scale: new nnx.Param(0),
      table,
    });
    const report = await loadInto(model, readMsgpack(bytesOf("msgpack/conv.msgpack")));
    expect(report.cast).toEqual([]);
    expect(embed.embedding.dtype).toBe("bfloat16");
    expect((table.get().tolist() as unknown[])[2]).toEqual([8, 9, 10, 11]);
  });

  it("a model without values, from nnx.evalShape", async () => {
    const model = nnx.evalShape(() => new Net(inputs));
    model.eval();
    // Dropout's own random state is not in the file and stays abstract: nothing draws from it.
    await loadInto(model, readSafetensors(bytesOf("safetensors/net.safetensors")));
    const y = model(float32(call.x));
    expect(jnp.max(jnp.abs(y.sub(float32(call.y_eval)))).item()).toBeLessThan(1e-6);
  });
});

describe("loadInto refuses, and leaves every bit of the model", () => {
  let model: Net;
  let before: [string, string, string][];
  beforeEach(() => {
    model = new Net(inputs);
    before = bitsOf(model);
  });

  async function refused(file: MemoryFile | WeightsFile, options?: LoadOptions): Promise<Error> {
    const error: unknown = await loadInto(model, file, options).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(bitsOf(model)).toEqual(before);
    return error as Error;
  }

  it("missing and unexpected names, both lists in one error with the nearest names", async () => {
    const { "layers.0.bias": bias, ...rest } = good();
    const error = await refused(fileOf({ ...rest, "layers.0.biass": bias, other: jnp.ones([2]) }));
    expect(error).toBeInstanceOf(nnx.StateError);
    expect(codeOf(error)).toBe("MissingKeys");
    expect(error.message).toContain("missing in the file: layers.0.bias");
    expect(error.message).toContain("unexpected in the file: layers.0.biass (layers.0.bias?)");
    expect(error.message).toContain("other");
    expect(codeOf(await refused(fileOf({ ...good(), more: jnp.ones([1]) })))).toBe("UnexpectedKeys");
  });

  it("other shapes, with both and what would fit", async () => {
    const kernel = jnp.ones([5, 4]);
    const error = await refused(fileOf({ ...good(), "layers.1.kernel": kernel, "bn.scale": jnp.ones([6]) }));
    expect(codeOf(error)).toBe("ShapeMismatch");
    expect(error.message).toContain(
      '"layers.1.kernel" [5, 4] for layers.1.kernel [4, 5]: transposed? { from: "linear" }',
    );
    expect(error.message).toContain('"bn.scale" [6] for bn.scale [5]');
  });

  it("floats for integers and the other way, and integers that do not fit", async () => {
    const ints = fileOf({ ...good(), "bn.mean": jnp.ones([5], "int32") });
    expect(codeOf(await refused(ints))).toBe("DtypeMismatch");
    const bools = fileOf({ ...good(), "bn.mean": jnp.ones([5], "bool") });
    expect(codeOf(await refused(bools))).toBe("DtypeMismatch");
    const count = { ...good(), "drop.rngs.count": jnp.array(-1, "int32") };
    const error = await refused(fileOf(count));
    expect([codeOf(error), error.message]).toEqual(["DtypeMismatch", expect.stringContaining("got -1 at 0")]);
    const key = { ...good(), "drop.rngs.key": jnp.ones([3], "uint32") };
    expect(codeOf(await refused(fileOf(key)))).toBe("ShapeMismatch");
  });

  it("a file that fails at its last array", async () => {
    const whole = readSafetensors(bytesOf("safetensors/net.safetensors"));
    const names = [...whole.names];
    const failing: WeightsFile = {
      ...(whole as unknown as WeightsFile),
      async *read(wanted) {
        for (const name of wanted!) {
          if (name === names.at(-1)) throw new RangeError("damaged");
          yield [name, whole.get(name)];
        }
      },
    };
    expect((await refused(failing)).message).toBe("damaged");
  });

  it("an abort before, between and after the arrays", async () => {
    const whole = readSafetensors(bytesOf("safetensors/net.safetensors"));
    const reason = new Error("enough");
    expect(await refused(whole, { signal: AbortSignal.abort(reason) })).toBe(reason);
    for (const last of [0, 10]) {
      const controller = new AbortController();
      const aborting: WeightsFile = {
        ...(whole as unknown as WeightsFile),
        async *read(wanted, options) {
          for (const [i, name] of [...wanted!].entries()) {
            if (i === last) controller.abort(reason);
            if (i < 10) options?.signal?.throwIfAborted();
            yield [name, whole.get(name)];
          }
        },
      };
      expect(await refused(aborting, { signal: controller.signal })).toBe(reason);
    }
  });

  it("wrong options", async () => {
    const file = fileOf(good());
    expect((await refused(file, { strict: "some" as never })).message).toMatch(/"strict" expected/);
    expect((await refused(file, { dtype: "float32" as never })).message).toMatch(/"dtype" expected/);
    expect((await refused(file, { under: 1 as never })).message).toMatch(/"under" expected/);
    await expect(loadInto({} as never, file)).rejects.toThrow(TypeError);
  });
});

describe("loadInto does what its options say", () => {
  const weights = { kernel: jnp.ones([2, 3]), bias: jnp.array([0.1, 0.2, 0.3]) };

  it("strict: false, or one of both, reports instead", async () => {
    const layer = linear();
    const file = fileOf({ kernel: weights.kernel, other: jnp.ones([1]) });
    const report = await loadInto(layer, file, { strict: false });
    expect(report).toMatchObject({ loaded: ["kernel"], missing: ["bias"], unexpected: ["other"], bytes: 24 });
    await expect(loadInto(layer, file, { strict: "missing" })).rejects.toThrow("missing in the file: bias");
    await expect(loadInto(layer, file, { strict: "unexpected" })).rejects.toThrow("unexpected in the file: other");
  });

  it("dtype: floats are cast to the parameter's and reported, or the parameter takes the file's", async () => {
    const layer = linear();
    const half = readSafetensors(save(weights, { dtype: "bfloat16" }));
    expect((await loadInto(layer, half)).cast).toEqual([
      { name: "bias", from: "bfloat16", to: "float32" },
      { name: "kernel", from: "bfloat16", to: "float32" },
    ]);
    expect([layer.bias!.dtype, layer.bias!.get(0).item()]).toEqual(["float32", Math.fround(0.10009765625)]);
    expect((await loadInto(layer, half, { dtype: "file" })).cast).toEqual([]);
    expect(layer.bias!.dtype).toBe("bfloat16");
    const narrow = new nnx.Linear(2, 3, {
      kernelInit: nnx.initializers.zeros,
      paramDtype: "bfloat16",
      rngs: new nnx.Rngs(0),
    });
    await loadInto(narrow, fileOf(weights));
    expect([narrow.bias!.dtype, narrow.bias!.get(0).item()]).toEqual(["bfloat16", 0.10009765625]);
  });

  it("only: what the filter does not choose is ignored, not missing", async () => {
    const norm = new nnx.BatchNorm(2, { rngs: new nnx.Rngs(0) });
    const file = fileOf({ mean: jnp.ones([2]), var: jnp.ones([2]), scale: jnp.array([5, 6]), bias: jnp.ones([2]) });
    const report = await loadInto(norm, file, { only: nnx.Param });
    expect(report).toMatchObject({ loaded: ["bias", "scale"], ignored: ["mean", "var"], missing: [], unexpected: [] });
    expect([norm.scale!.get().tolist(), norm.mean.get().tolist()]).toEqual([
      [5, 6],
      [0, 0],
    ]);
    await expect(loadInto(norm, fileOf({ scale: jnp.ones([2]) }), { only: nnx.BatchStat })).rejects.toThrow(
      "missing in the file: mean, var",
    );
  });

  it("under: names below a prefix; the others are ignored", async () => {
    const layer = linear();
    const file = fileOf({ "model.kernel": weights.kernel, "model.bias": weights.bias, step: jnp.array([1]) });
    expect(await loadInto(layer, file, { under: "model" })).toMatchObject({
      loaded: ["model.bias", "model.kernel"],
      ignored: ["step"],
    });
    await expect(loadInto(layer, file, { under: "modell" })).rejects.toThrow(
      /^loadInto: "under" expected what names of the file begin with, such as .*model.*, got "modell"$/,
    );
  });

  it("onProgress: bytes of arrays, up to all of them", async () => {
    const seen: [number, number | undefined][] = [];
    await loadInto(linear(), fileOf(weights), {
      onProgress: ({ loaded, total }) => seen.push([loaded, total]),
    });
    expect(seen.at(-1)).toEqual([36, 36]);
  });
});

describe("loadInto knows", () => {
  it("Linen's names: collections in front, slashes or dots, the gate `if`", async () => {
    const norm = new nnx.BatchNorm(3, { rngs: new nnx.Rngs(0) });
    const model = new nnx.Dict<unknown>({
      Dense_0: new nnx.Linear(2, 3, { rngs: new nnx.Rngs(0) }),
      BatchNorm_0: norm,
    });
    const file = fileOf({
      "params/Dense_0/kernel": jnp.ones([2, 3]),
      "params/Dense_0/bias": jnp.ones([3]),
      "params/BatchNorm_0/scale": jnp.ones([3]),
      "params/BatchNorm_0/bias": jnp.ones([3]),
      "batch_stats/BatchNorm_0/mean": jnp.full([3], 5),
      "batch_stats/BatchNorm_0/var": jnp.ones([3]),
    });
    await loadInto(model, file);
    expect(norm.mean.get().tolist()).toEqual([5, 5, 5]);
    const report = await loadInto(model, file, { under: "params", only: nnx.Param });
    expect(report.ignored.length).toBe(2);
    const cell = new nnx.LSTMCell(2, 2, { rngs: new nnx.Rngs(0) });
    const names = [...nnx.state(cell)].map(([path, leaf]) => [
      `params/${path.join("/").replace("if_", "if")}`,
      jnp.ones((leaf as nnx.Param).shape),
    ]);
    await loadInto(cell, fileOf(Object.fromEntries(names) as never));
    expect(cell.if_.kernel.get(0).tolist()).toEqual([1, 1]);
  });

  it("a model that has something called params itself", async () => {
    const model = new nnx.Dict({ params: new nnx.Param([0]) });
    await loadInto(model, fileOf({ params: jnp.array([3]) }));
    expect(model.get("params").get().tolist()).toEqual([3]);
  });

  it("buffers: bare arrays of a module, where the file has them", async () => {
    class WithBuffer extends nnx.Module {
      weight = new nnx.Param([0]);
      table = jnp.zeros([2]);
    }
    const model = new WithBuffer();
    await loadInto(model, fileOf({ weight: jnp.array([1]) }));
    expect(model.table.tolist()).toEqual([0, 0]);
    await loadInto(model, fileOf({ weight: jnp.array([2]), table: jnp.array([3, 4]) }));
    expect([model.weight.get().tolist(), model.table.tolist()]).toEqual([[2], [3, 4]]);
  });

  it("buffers in lists and marked containers, in the file's dtype if that is asked for", async () => {
    const list = new nnx.List([jnp.zeros([1]), nnx.data({ deep: jnp.zeros([1]) })]);
    await loadInto(list, fileOf({ "0": jnp.array([1]), "1.deep": jnp.array([2]) }));
    expect([list.at(0), (list.at(1) as { deep: unknown }).deep].map(String)).toEqual(["[1.]", "[2.]"]);
    await loadInto(list, fileOf({ "0": jnp.array([3], "bfloat16"), "1.deep": jnp.array([4]) }), { dtype: "file" });
    expect((list.at(0) as jnp.NDArray).dtype).toBe("bfloat16");
  });

  it("what is no model", async () => {
    await expect(loadInto([1] as never, fileOf({}))).rejects.toThrow(TypeError);
  });

  it("what a model shares: one parameter by any of its paths, equal where there are several", async () => {
    const model = shared();
    await loadInto(model, fileOf(part("b", 3)));
    expect(model.get("a").bias!.get().tolist()).toEqual([3, 3]);
    const both = await loadInto(model, fileOf({ ...part("a", 4), ...part("b", 4) }));
    expect(both.tied).toEqual([
      ["b.bias", "a.bias"],
      ["b.kernel", "a.kernel"],
    ]);
    const error: unknown = await loadInto(model, fileOf({ ...part("a", 5), ...part("b", 6) })).catch((e: unknown) => e);
    expect(codeOf(error)).toBe("AliasConflict");
    expect(model.get("a").bias!.get().tolist()).toEqual([4, 4]);
  });

  it("what a file says is tied, also for a model that does not share it", async () => {
    const layer = new nnx.Linear(1, 2, { rngs: new nnx.Rngs(0) });
    const bytes = save(new nnx.Dict({ a: layer, b: layer }));
    const file = readSafetensors(bytes);
    expect(file.names).toEqual(["a.bias", "a.kernel"]);
    expect(JSON.parse(file.metadata.get("tied")!)).toEqual({ "b.bias": "a.bias", "b.kernel": "a.kernel" });
    const rngs = new nnx.Rngs(1);
    const apart = new nnx.Dict({ a: new nnx.Linear(1, 2, { rngs }), b: new nnx.Linear(1, 2, { rngs }) });
    await loadInto(apart, file);
    expect(apart.get("b").kernel.get().tolist()).toEqual(layer.kernel.get().tolist());
    expect((await loadInto(new nnx.Dict({ a: layer, b: layer }), file)).tied.length).toBe(2);
  });

  it("tied metadata that are none", async () => {
    const layer = new nnx.Linear(1, 1, { rngs: new nnx.Rngs(0) });
    const arrays = { kernel: jnp.ones([1, 1]), bias: jnp.ones([1]) };
    for (const tied of ["{", "[]", "1", '{"x":1}', '{"x":"nothing"}', '{"bias":"kernel"}'])
      expect((await loadInto(layer, fileOf(arrays, { tied }))).loaded).toEqual(["bias", "kernel"]);
  });

  it("paths that are written alike", async () => {
    const model = new nnx.Dict({ a: new nnx.Dict({ b: new nnx.Param([0]) }), "a.b": new nnx.Param([0]) });
    const error: unknown = await loadInto(model, fileOf({ "a.b": jnp.ones([1]) })).catch((e: unknown) => e);
    expect(codeOf(error)).toBe("PathConflict");
  });

  it("cyclic models", async () => {
    class Cyclic extends nnx.Module {
      weight = new nnx.Param([0]);
      self: unknown = this;
    }
    const model = new Cyclic();
    await loadInto(model, fileOf({ weight: jnp.array([1]) }));
    expect(model.weight.get().tolist()).toEqual([1]);
  });

  it("a model twice in a thousand loads: nothing grows", async () => {
    const model = new Net(inputs);
    const file = readSafetensors(bytesOf("safetensors/net.safetensors"));
    const paths = [...nnx.state(model)].length;
    for (let i = 0; i < 1000; i++) await loadInto(model, file);
    expect([...nnx.state(model)].length).toBe(paths);
  });
});

/** A layer and what trains it. */
const trained = (): [nnx.Linear, nnx.Optimizer<nnx.Linear>] => {
  const layer = linear();
  return [layer, new nnx.Optimizer(layer, optax.adam(0.1), { wrt: nnx.Param })];
};

describe("save of a model", () => {
  it("writes Param and BatchStat by their paths and names what it left out", async () => {
    const model = new Net(inputs);
    const leftOut: string[][] = [];
    const file = readSafetensors(save(model, { onLeftOut: (names) => leftOut.push(names) }));
    expect([...file.names].sort()).toEqual(
      Object.keys(arrays)
        .map((name) => name.replaceAll("/", "."))
        .sort(),
    );
    expect(leftOut).toEqual([["drop.rngs.count", "drop.rngs.key"]]);
  });

  it("gives the canonical bytes of the recorded file back", async () => {
    const model = new Net(inputs);
    const bytes = bytesOf("safetensors/net.safetensors");
    const file = readSafetensors(bytes);
    await loadInto(model, file);
    expect(Buffer.compare(save(model, { metadata: file.metadata }), bytes)).toBe(0);
  });

  it("takes a State, filters, all formats; everything loads again", async () => {
    const model = new Net(inputs);
    const all = nnx.state(model);
    for (const bytes of [save(all, { only: true }), save(model, { only: true, format: "msgpack" })]) {
      const other = new Net(inputs, 99);
      await loadInto(other, await open(bytes));
      expect(bitsOf(other)).toEqual(bitsOf(model));
    }
    expect(readSafetensors(save(model, { only: nnx.BatchStat })).names).toEqual(["bn.mean", "bn.var"]);
    const shards = save(model, { maxShardBytes: 100 });
    expect(shards.size).toBeGreaterThan(2);
  });

  it("writes the state of an optimizer by Flax's paths, and it goes on where it was", async () => {
    const gradient = { kernel: jnp.ones([2, 3]), bias: jnp.full([3], 0.5) };
    const [layer, optimizer] = trained();
    for (let i = 0; i < 3; i++) optimizer.update(layer, gradient);
    const [other, restored] = trained();
    await loadInto(other, readSafetensors(save(layer)));
    const file = readSafetensors(save(optimizer));
    expect([...file.names].sort()).toEqual([
      "opt_state.0.count",
      "opt_state.0.mu.bias",
      "opt_state.0.mu.kernel",
      "opt_state.0.nu.bias",
      "opt_state.0.nu.kernel",
      "step",
    ]);
    await loadInto(restored, file);
    for (const [model, own] of [
      [layer, optimizer],
      [other, restored],
    ] as const)
      own.update(model, gradient);
    expect(bitsOf(other)).toEqual(bitsOf(layer));
    expect(bitsOf(restored)).toEqual(bitsOf(optimizer));
    await expect(loadInto(restored, fileOf({ step: jnp.array(1, "uint32") }))).rejects.toThrow("MissingKeys");
  });

  it("refuses a name with a dot on a path, and rules for what is no model", () => {
    expect(() => save(new nnx.Dict({ "a.b": new nnx.Param([0]) }))).toThrow(/names without dots/);
    expect(() => save({ a: jnp.ones([1]) }, { map: [] } as never)).toThrow(/"map" expected a model/);
  });
});

/** A safetensors file of one array [2] of 64 bits each, 0 and 1. */
function wideFile(dtype: string, ones: ArrayBufferView): MemoryFile {
  const header = JSON.stringify({ w: { dtype, shape: [2], data_offsets: [0, 16] } });
  const bytes = new Uint8Array(8 + header.length + 16);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(new TextEncoder().encode(header), 8);
  bytes.set(new Uint8Array(ones.buffer as ArrayBuffer), 8 + header.length);
  return readSafetensors(bytes);
}

it.each([
  ["F64", "float64", "float32", Float64Array.of(0, 1)],
  ["I64", "int64", "int32", BigInt64Array.of(0n, 1n)],
  ["U64", "uint64", "uint32", BigUint64Array.of(0n, 1n)],
] as const)("%s of a file is reported as cast from %s to %s", async (dtype, from, to, data) => {
  const model = new nnx.Dict({ w: new nnx.Param(jnp.zeros([2], to)) });
  const report = await loadInto(model, wideFile(dtype, data));
  expect(report.cast).toEqual([{ name: "w", from, to }]);
  expect(model.get("w").get().tolist()).toEqual([0, 1]);
});
