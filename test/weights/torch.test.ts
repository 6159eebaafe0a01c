import { describe, expect, it } from "vitest";
import { nnx, numpy as jnp } from "../../src/index.ts";
import type { NDArray } from "../../src/numpy.ts";
import type { MemoryFile, Rule } from "../../src/weights.ts";
import { loadInto, open, readSafetensors, save, torch } from "../../src/weights.ts";
import { type Encoded, decode } from "../golden/load.ts";
import { bytesOf, jsonOf, pathOf } from "./golden.ts";

interface Case {
  readonly config: Readonly<Record<string, number>> & { readonly kernel: number[] };
  readonly input: Encoded;
  readonly output: Encoded;
}

type Model = nnx.Module & ((x: NDArray) => NDArray);

const rngs = new nnx.Rngs(1);

/** [batch, channels, ...places] to [batch, ...places, channels], and back. */
const toLast = (x: NDArray): NDArray => jnp.moveaxis(x, 1, -1);
const toFirst = (x: NDArray): NDArray => jnp.moveaxis(x, -1, 1);

function pads(by: number, axes: number): [number, number][] {
  return Array.from({ length: axes }, () => [by, by]);
}

class Residual extends nnx.Module<[x: NDArray], NDArray> {
  conv1: nnx.Conv;
  bn1: nnx.BatchNorm;
  conv2: nnx.Conv;
  bn2: nnx.BatchNorm;
  constructor(width: number) {
    super();
    const conv = { padding: 1, useBias: false, rngs };
    this.conv1 = new nnx.Conv(width, width, [3, 3], conv);
    this.bn1 = new nnx.BatchNorm(width, { rngs });
    this.conv2 = new nnx.Conv(width, width, [3, 3], conv);
    this.bn2 = new nnx.BatchNorm(width, { rngs });
  }
  override __call__(x: NDArray): NDArray {
    return nnx.relu(x.add(this.bn2(this.conv2(nnx.relu(this.bn1(this.conv1(x)))))));
  }
}

class Net extends nnx.Module<[x: NDArray], NDArray> {
  stem: nnx.Conv;
  blocks: nnx.List<Residual>;
  fc: nnx.Linear;
  constructor(width: number, classes: number) {
    super();
    this.stem = new nnx.Conv(3, width, [3, 3], { strides: 2, padding: 1, rngs });
    this.blocks = new nnx.List([new Residual(width), new Residual(width)]);
    this.fc = new nnx.Linear(width, classes, { rngs });
  }
  override __call__(x: NDArray): NDArray {
    let y = this.stem(x);
    for (const block of this.blocks) y = block(y);
    return this.fc(y.mean([1, 2]));
  }
}

class Block extends nnx.Module<[x: NDArray], NDArray> {
  ln_1: nnx.LayerNorm;
  attn: nnx.MultiHeadAttention;
  ln_2: nnx.LayerNorm;
  fc: nnx.Linear;
  proj: nnx.Linear;
  constructor(width: number, heads: number) {
    super();
    this.ln_1 = new nnx.LayerNorm(width, { epsilon: 1e-5, rngs });
    this.attn = new nnx.MultiHeadAttention(heads, width, { decode: false, rngs });
    this.ln_2 = new nnx.LayerNorm(width, { epsilon: 1e-5, rngs });
    this.fc = new nnx.Linear(width, 4 * width, { rngs });
    this.proj = new nnx.Linear(4 * width, width, { rngs });
  }
  override __call__(x: NDArray): NDArray {
    const y = x.add(this.attn(this.ln_1(x)));
    return y.add(this.proj(nnx.gelu(this.fc(this.ln_2(y)), { approximate: false })));
  }
}

const MODELS: Readonly<Record<string, (config: Case["config"]) => Model>> = {
  linear: (c) => new nnx.Linear(c.in!, c.out!, { rngs }),
  conv1d: conv,
  conv2d: conv,
  conv2d_dilated_groups: conv,
  depthwise: conv,
  conv_transpose2d: (c) =>
    new nnx.ConvTranspose(c.in!, c.out!, c.kernel, {
      strides: c.stride!,
      padding: c.kernel.map((k) => [k - 1 - c.padding!, k - 1 - c.padding!]),
      rngs,
    }),
  embedding: (c) => new nnx.Embed(c.num!, c.features!, { rngs }),
  layer_norm: (c) => new nnx.LayerNorm(c.features!, { epsilon: c.eps!, rngs }),
  group_norm: (c) => new nnx.GroupNorm(c.features!, { numGroups: c.groups!, epsilon: c.eps!, rngs }),
  batch_norm2d: (c) => new nnx.BatchNorm(c.features!, { epsilon: c.eps!, rngs }),
  lstm: (c) => new nnx.RNN(new nnx.LSTMCell(c.in!, c.hidden!, { rngs })),
  gru: (c) => new nnx.RNN(new nnx.GRUCell(c.in!, c.hidden!, { rngs })),
  multihead_attention: (c) => new nnx.MultiHeadAttention(c.heads!, c.features!, { decode: false, rngs }),
  net: (c) => new Net(c.width!, c.classes!),
  block: (c) => new Block(c.features!, c.heads!),
};

function conv(c: Case["config"]): Model {
  return new nnx.Conv(c.in!, c.out!, c.kernel, {
    strides: c.stride ?? 1,
    padding: pads(c.padding!, c.kernel.length),
    kernelDilation: c.dilation ?? 1,
    featureGroupCount: c.groups ?? 1,
    rngs,
  });
}

const CHANNELS_FIRST = /conv|depthwise|group_norm|batch_norm|^net$/;

function read(name: string): Case {
  return jsonOf<Case>(`torch/${name}.json`);
}

/** The largest difference, in units of float32 rounding of the largest output. */
function distance(model: Model, name: string, { input, output }: Case): number {
  const first = CHANNELS_FIRST.test(name);
  const x = input.dtype === "int64" ? int32Of(input) : jnp.array(decode(input)).reshape(input.shape);
  const y = model(first && x.ndim > 2 ? toLast(x) : x);
  const found = (first && y.ndim > 2 ? toFirst(y) : y).reshape([-1]).tolist() as number[];
  const expected = decode(output);
  const scale = Math.max(...Array.from(expected, Math.abs), 1) * 2 ** -23;
  expect(found.length).toBe(expected.length);
  return Math.max(...found.map((value, i) => Math.abs(value - expected[i]!))) / scale;
}

function int32Of({ b64, shape }: Encoded): NDArray {
  const bytes = Buffer.from(b64, "base64");
  const words = Array.from({ length: bytes.length / 8 }, (_, i) => Number(bytes.readBigInt64LE(8 * i)));
  return jnp.array(words, "int32").reshape(shape);
}

describe("torch(model) loads PyTorch's layers and networks; their outputs are within 4 times float32 rounding", () => {
  const names = Object.keys(MODELS).filter((name) => name !== "gru");

  it.each(names)("%s", async (name) => {
    const golden = read(name);
    const model = MODELS[name]!(golden.config);
    model.eval();
    const file = await open(pathOf(`torch/${name}.safetensors`));
    const report = await loadInto(model, file, { map: torch(model) });
    await file.close();
    expect(report.missing).toEqual([]);
    expect(report.ignored.every((ignored) => ignored.endsWith("num_batches_tracked"))).toBe(true);
    expect(distance(model, name, golden)).toBeLessThanOrEqual(4);
  });
});

/** A state dict of zeros and what is said. */
function dictOf(arrays: Record<string, NDArray>): MemoryFile {
  return readSafetensors(save(arrays));
}

const counted = (shape: number[]): NDArray =>
  jnp
    .arange(shape.reduce((a, b) => a * b, 1))
    .reshape(shape)
    .astype("float32")
    .mul(0.01);

/** The weights of `nn.RNN`. */
const rnnDict = (end: string): Record<string, NDArray> => ({
  [`weight_ih_l0${end}`]: counted([3, 2]),
  [`weight_hh_l0${end}`]: counted([3, 3]),
  [`bias_ih_l0${end}`]: jnp.ones([3]),
  [`bias_hh_l0${end}`]: jnp.full([3], 2),
});

const simpleRnn = (): nnx.RNN<NDArray> => new nnx.RNN(new nnx.SimpleCell(2, 3, { rngs }));

const biasOf = (rnn: nnx.RNN<NDArray>): unknown => (rnn.cell as nnx.SimpleCell).dense_i.bias!.get().tolist();

/** The weights of `nn.Linear`. */
const linearDict = (name: string): Record<string, NDArray> => ({
  [`${name}.weight`]: counted([3, 2]),
  [`${name}.bias`]: counted([3]),
});

describe("torch(model)", () => {
  it.each(Object.keys(MODELS).filter((name) => name !== "gru" && name !== "lstm"))(
    "saves by the same rules what it loaded: %s",
    async (name) => {
      const model = MODELS[name]!(read(name).config);
      const map = torch(model);
      const file = readSafetensors(bytesOf(`torch/${name}.safetensors`));
      await loadInto(model, file, { map });
      const again = readSafetensors(save(model, { map }));
      expect([...again.names].sort()).toEqual(file.names.filter((n) => !n.endsWith("num_batches_tracked")).sort());
      for (const [key, array] of again) expect([key, array.tolist()]).toEqual([key, file.get(key).tolist()]);
    },
  );

  it("refuses a GRU with a bias inside the product with its reset gate, and says why", async () => {
    const { config } = read("gru");
    const model = MODELS["gru"]!(config);
    const before = save(model);
    const error: unknown = await loadInto(model, readSafetensors(bytesOf("torch/gru.safetensors")), {
      map: torch(model),
    }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(nnx.StateError);
    expect((error as nnx.StateError).code).toBe("GraphMismatch");
    expect((error as Error).message).toContain("b_hn");
    expect((error as Error).message).toContain('"bias_hh_l0"');
    expect(Buffer.compare(save(model), before)).toBe(0);
  });

  it("loads a GRU whose b_hn is 0: the outputs are those of its formula", async () => {
    const file = readSafetensors(bytesOf("torch/gru.safetensors"));
    const { config, input } = read("gru");
    const hidden = config["hidden"]!;
    const bias = file
      .get("bias_hh_l0")
      .at(`${2 * hidden}:`)
      .set(0);
    const dict = { ...Object.fromEntries(file), bias_hh_l0: bias };
    const model = MODELS["gru"]!(config);
    await loadInto(model, dictOf(dict), { map: torch(model) });
    const x = jnp.array(decode(input)).reshape(input.shape);
    const y = model(x);
    // One step by hand, from a state of zeros.
    const gates = x.slice(":", 0).matmul(file.get("weight_ih_l0").transpose()).add(file.get("bias_ih_l0")).add(bias);
    const [, z, n] = jnp.split(gates, 3, -1) as [NDArray, NDArray, NDArray];
    const first = jnp.tanh(n).mul(jnp.subtract(1, nnx.sigmoid(z)));
    expect(jnp.max(jnp.abs(y.slice(":", 0).sub(first))).item()).toBeLessThan(1e-6);
  });

  it("gives OptimizedLSTMCell and LSTMCell the same outputs, by either numbering of names", async () => {
    const { config, input } = read("lstm");
    const file = readSafetensors(bytesOf("torch/lstm.safetensors"));
    const x = jnp.array(decode(input)).reshape(input.shape);
    const models = [nnx.LSTMCell, nnx.OptimizedLSTMCell].map(
      (Cell) => new nnx.RNN(new Cell(config["in"]!, config["hidden"]!, { rngs }) as nnx.LSTMCell),
    );
    const outputs = [];
    for (const model of models) {
      await loadInto(model, file, { map: torch(model) });
      outputs.push(model(x) as NDArray);
    }
    expect(jnp.max(jnp.abs(outputs[0]!.sub(outputs[1]!))).item()).toBeLessThan(1e-6);
    const cell = new nnx.Dict({ lstm: new nnx.LSTMCell(config["in"]!, config["hidden"]!, { rngs }) });
    const named = [...file].map(([name, array]) => [`lstm.${name.replace("_l0", "")}`, array]);
    await loadInto(cell, dictOf(Object.fromEntries(named) as never), { map: torch(cell) });
    expect(cell.get("lstm").hi.bias!.get().tolist()).toEqual((models[0]!.cell as nnx.LSTMCell).hi.bias!.get().tolist());
  });

  it("knows an RNN that is part of a model", async () => {
    const model = new nnx.Dict({ encoder: new nnx.Dict({ rnn: simpleRnn() }) });
    const named = Object.entries(rnnDict("")).map(([name, array]) => [`encoder.rnn.${name}`, array]);
    await loadInto(model, dictOf(Object.fromEntries(named) as never), { map: torch(model) });
    expect(biasOf(model.get("encoder").get("rnn"))).toEqual([3, 3, 3]);
  });

  it("knows nn.RNN, and both directions", async () => {
    const model = new nnx.Bidirectional(simpleRnn(), simpleRnn());
    const backward = { ...rnnDict("_reverse"), bias_hh_l0_reverse: jnp.full([3], 5) };
    await loadInto(model, dictOf({ ...rnnDict(""), ...backward }), { map: torch(model) });
    expect([biasOf(model.forward_rnn), biasOf(model.backward_rnn)]).toEqual([
      [3, 3, 3],
      [6, 6, 6],
    ]);
  });

  it("knows nn.Sequential and lists, PReLU, norms without a bias, and Params of one's own", async () => {
    const model = new nnx.Dict<unknown>({
      body: new nnx.Sequential(new nnx.Linear(2, 3, { rngs }), nnx.relu, new nnx.PReLU()),
      blocks: new nnx.List([new nnx.RMSNorm(3, { rngs })]),
      position: new nnx.Param(jnp.zeros([4])),
    });
    const dict = {
      "body.0.weight": counted([3, 2]),
      "body.0.bias": counted([3]),
      "body.2.weight": jnp.array([0.25]),
      "blocks.0.weight": counted([3]),
      position: counted([4]),
    };
    const report = await loadInto(model, dictOf(dict), { map: torch(model) });
    expect([...report.loaded].sort()).toEqual(Object.keys(dict).sort());
    const kernel = nnx.state(model).get("body", "layers", 0, "kernel") as nnx.Param;
    expect(kernel.get().tolist()).toEqual(dict["body.0.weight"].transpose().tolist());
    const file = readSafetensors(save(model, { map: torch(model) }));
    expect([...file.names].sort()).toEqual(Object.keys(dict).sort());
    // Models that keep the part `layers` in their names load too.
    const long = Object.fromEntries(
      Object.entries(dict).map(([name, x]) => [name.replace("body.", "body.layers."), x]),
    );
    await loadInto(model, dictOf(long), { map: torch(model) });
  });

  it("knows attention whose projections are apart, by three ways to name them", async () => {
    const model = new nnx.Dict({ attn: new nnx.MultiHeadAttention(2, 4, { inKvFeatures: 6, decode: false, rngs }) });
    const widths = { q: 4, k: 6, v: 6 };
    const dicts = ["q_proj_weight", "q_proj.weight"].map((name) =>
      Object.fromEntries([
        ...Object.entries(widths).map(([n, width]) => [`attn.${name.replace("q", n)}`, counted([4, width])]),
        ["attn.out_proj.weight", counted([4, 4])],
        ["attn.out_proj.bias", counted([4])],
      ]),
    ) as Record<string, NDArray>[];
    const biases = {
      "attn.q_proj.bias": counted([4]),
      "attn.k_proj.bias": counted([4]),
      "attn.v_proj.bias": counted([4]),
    };
    await loadInto(model, dictOf({ ...dicts[0]!, "attn.in_proj_bias": counted([12]) }), { map: torch(model) });
    const { query, key } = model.get("attn");
    expect(key.kernel.get().reshape([6, 4]).tolist()).toEqual(counted([4, 6]).transpose().tolist());
    expect(key.bias!.get().reshape([-1]).tolist()).toEqual(counted([12]).slice("4:8").tolist());
    await loadInto(model, dictOf({ ...dicts[1]!, ...biases }), { map: torch(model) });
    expect(query.bias!.get().reshape([-1]).tolist()).toEqual(counted([4]).tolist());
    const projection = new nnx.Dict({ attn: new nnx.Dict({ query: new nnx.LinearGeneral(8, [2, 4], { rngs }) }) });
    const only = { "attn.q_proj.weight": counted([8, 8]), "attn.q_proj.bias": counted([8]) };
    await loadInto(projection, dictOf(only), { map: torch(projection) });
  });

  it.each([
    ["query", "q_proj"],
    ["key", "k_proj"],
    ["value", "v_proj"],
    ["out", "out_proj"],
    ["out", "o_proj"],
  ])("a layer called %s may be %s in the file, or what it is called", async (own, theirs) => {
    for (const name of [own, theirs]) {
      const model = new nnx.Dict({ attn: new nnx.Dict({ [own]: new nnx.Linear(2, 3, { rngs }) }) });
      const report = await loadInto(model, dictOf(linearDict(`attn.${name}`)), { map: torch(model) });
      expect(report.loaded).toEqual([`attn.${name}.bias`, `attn.${name}.weight`]);
    }
  });

  it("of a path in which much may be called otherwise, the sixteen likeliest names are tried", () => {
    const nested = (depth: number): object =>
      depth === 0 ? new nnx.Linear(2, 3, { rngs }) : new nnx.Dict({ out: nested(depth - 1) });
    const names = (depth: number): string[] =>
      torch(nested(depth)).flatMap(([name]) => (typeof name === "string" && name.endsWith("weight") ? [name] : []));
    expect(names(1)).toEqual(["out.weight", "out_proj.weight", "o_proj.weight"]);
    expect(names(2)).toHaveLength(9);
    expect(names(3)).toHaveLength(16);
    expect(names(3)[0]).toBe("out.out.out.weight");
  });

  it("conv1d: GPT-2's Linear layers are (in, out) already", async () => {
    const model = new nnx.Dict({ fc: new nnx.Linear(2, 3, { rngs }), head: new nnx.Linear(2, 3, { rngs }) });
    const bias = jnp.zeros([3]);
    const dict = { "fc.weight": counted([2, 3]), "fc.bias": bias, "head.weight": counted([3, 2]), "head.bias": bias };
    await loadInto(model, dictOf(dict), { map: torch(model, { conv1d: (name) => name === "fc" }) });
    expect(model.get("fc").kernel.get().tolist()).toEqual(counted([2, 3]).tolist());
    expect(await loadInto(model, dictOf(dict), { map: torch(model) }).catch((e: Error) => e.message)).toContain(
      '"fc.weight" [3, 2]',
    );
    const all = { ...dict, "head.weight": counted([2, 3]) };
    await loadInto(model, dictOf(all), { map: torch(model, { conv1d: true }) });
  });

  it("rules: one's own come first, and in place of those for the same names", async () => {
    const model = new nnx.Dict({ fc: new nnx.Linear(2, 3, { rngs }), head: new nnx.Linear(3, 1, { rngs }) });
    const dict = { ...linearDict("fc"), "top.weight": counted([1, 3]), "top.bias": jnp.ones([1]) };
    const reversed = { transform: (w: NDArray) => w.transpose().slice("::-1") };
    const rules: Rule[] = [
      ["fc.weight", "fc.kernel", reversed],
      ["top.{weight|bias}", "head.{kernel|bias}", { transform: (x: NDArray) => x.transpose() }],
    ];
    const map = torch(model, { rules });
    expect(map.slice(0, 2)).toEqual(rules);
    await loadInto(model, dictOf(dict), { map });
    expect(model.get("fc").kernel.get().tolist()).toEqual(counted([3, 2]).transpose().slice("::-1").tolist());
    expect(model.get("head").kernel.get().tolist()).toEqual(counted([3, 1]).tolist());
    const twice = torch(model, { rules: [rules[0]!, rules[0]!] });
    await expect(loadInto(model, dictOf(dict), { map: twice })).rejects.toThrow('one rule for "fc.weight", got two');
  });

  it("a shared layer has both its names in a state dict", async () => {
    const layer = new nnx.Linear(2, 3, { rngs });
    const model = new nnx.Dict({ a: layer, b: layer });
    const report = await loadInto(model, dictOf({ ...linearDict("a"), ...linearDict("b") }), { map: torch(model) });
    expect(report.tied.map(([name]) => name).sort()).toEqual(["b.bias", "b.weight"]);
    const file = readSafetensors(save(model, { map: torch(model) }));
    expect([...file.names].sort()).toEqual(["a.bias", "a.weight", "b.bias", "b.weight"]);
  });

  it("the transposed convolution that flips its kernel itself", async () => {
    const { config, input, output } = read("conv_transpose2d");
    const make = (transposeKernel: boolean): nnx.ConvTranspose =>
      new nnx.ConvTranspose(config["in"]!, config["out"]!, config.kernel, {
        strides: config["stride"]!,
        padding: config.kernel.map((k) => [k - 1 - config["padding"]!, k - 1 - config["padding"]!]),
        transposeKernel,
        rngs,
      });
    const model = make(true);
    await loadInto(model, readSafetensors(bytesOf("torch/conv_transpose2d.safetensors")), { map: torch(model) });
    expect(distance(model, "conv_transpose2d", { config, input, output })).toBeLessThanOrEqual(4);
  });
});

it("a name of the file goes to one parameter, the first", () => {
  class Own extends nnx.RNNCellBase<NDArray> {
    readonly dense = new nnx.Linear(2, 2, { rngs: new nnx.Rngs(0) });
    override __call__(carry: NDArray, x: NDArray): [NDArray, NDArray] {
      return [carry, this.dense(x)];
    }
    override initializeCarry(): NDArray {
      return jnp.zeros([2]);
    }
  }
  const rnn = (): nnx.RNN<never> => new nnx.RNN(new Own() as never, { rngs: new nnx.Rngs(0) });
  // Of both directions the names may lack what they are called here.
  const names = torch(new nnx.Bidirectional(rnn() as never, rnn() as never)).flatMap(([pattern]) => pattern);
  expect(names).toContain("dense.weight");
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});
