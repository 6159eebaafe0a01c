import { describe, expect, it } from "vitest";
import { nnx, numpy as jnp } from "../../src/index.ts";
import type { NDArray } from "../../src/numpy.ts";
import type { MemoryFile, NameMap, Rule } from "../../src/weights.ts";
import { add, join, loadInto, readSafetensors, save, split, stack, tied } from "../../src/weights.ts";
import type { Recorded } from "./golden.ts";
import { bytesOf, expectRecorded, jsonOf } from "./golden.ts";

function fileOf(arrays: Record<string, unknown>): MemoryFile {
  return readSafetensors(save(arrays as never));
}

/** A model whose parameters are zeros of these shapes, at paths joined by dots. */
function modelOf(shapes: Record<string, readonly number[]>): nnx.Dict<unknown> {
  const root = new nnx.Dict<unknown>({});
  for (const [name, shape] of Object.entries(shapes)) {
    const parts = name.split(".");
    let level = root;
    for (const part of parts.slice(0, -1)) {
      if (!level.has(part)) level.set(part, new nnx.Dict<unknown>({}));
      level = level.get(part) as nnx.Dict<unknown>;
    }
    level.set(parts.at(-1)!, new nnx.Param(jnp.zeros(shape)));
  }
  return root;
}

function valueOf(model: object, name: string): NDArray {
  return (nnx.state(model).get(...name.split(".")) as nnx.Param).get();
}

/** The arrays of `names`, each with the numbers from 0 on. */
function counting(shapes: Record<string, readonly number[]>): Record<string, NDArray> {
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape], i) => [
      name,
      jnp
        .arange(shape.reduce((a, b) => a * b, 1))
        .reshape([...shape])
        .add(100 * i)
        .astype("float32"),
    ]),
  );
}

/** Loads by `map` and saves by it again: the file must come back. */
async function roundTrip(file: Record<string, NDArray>, model: nnx.Module, map: Rule[]): Promise<void> {
  await loadInto(model, fileOf(file), { map });
  const again = readSafetensors(save(model, { map }));
  expect([...again.names].sort()).toEqual(Object.keys(file).sort());
  for (const [name, array] of again) expect([name, array.tolist()]).toEqual([name, file[name]!.tolist()]);
}

async function messageOf(model: object, arrays: Record<string, NDArray>, map: NameMap): Promise<string> {
  return await loadInto(model, fileOf(arrays), { map }).then(
    () => "none",
    (error: Error) => error.message,
  );
}

const byName: NameMap = (name, info) => {
  expect(info.dtype).toBe("F32");
  if (name === "ab") return split("y.{a,b}", { axis: 0 });
  return name === "mask" ? null : name === "x" ? "x" : undefined;
};

/** Saves a model with one parameter. */
const toX =
  (rule: Rule): (() => unknown) =>
  () =>
    save(modelOf({ x: [2, 3] }), { map: [rule] });

describe("rules", () => {
  it("GPT-2: patterns, alternatives, a split, a tied head and an ignored mask", async () => {
    const { sizes, arrays } = jsonOf<{ sizes: Record<string, number>; arrays: Record<string, Recorded> }>(
      "mapping/gpt2.json",
    );
    const { hidden: h, heads, vocab, context, layers } = sizes as { [name: string]: number };
    const shapes: Record<string, number[]> = {
      "wte.embedding": [vocab!, h!],
      "wpe.embedding": [context!, h!],
      "ln_f.scale": [h!],
      "ln_f.bias": [h!],
    };
    for (let i = 0; i < layers!; i++) {
      const b = `blocks.${i}.`;
      for (const n of [1, 2]) for (const part of ["scale", "bias"]) shapes[`${b}ln_${n}.${part}`] = [h!];
      for (const part of ["query", "key", "value"]) {
        shapes[`${b}attn.${part}.kernel`] = [h!, heads!, h! / heads!];
        shapes[`${b}attn.${part}.bias`] = [heads!, h! / heads!];
      }
      Object.assign(shapes, { [`${b}attn.out.kernel`]: [heads!, h! / heads!, h!], [`${b}attn.out.bias`]: [h!] });
      Object.assign(shapes, { [`${b}fc.kernel`]: [h!, 4 * h!], [`${b}fc.bias`]: [4 * h!] });
      Object.assign(shapes, { [`${b}proj.kernel`]: [4 * h!, h!], [`${b}proj.bias`]: [h!] });
    }
    const model = modelOf(shapes);
    const layer = "transformer.h.{i}";
    const map: Rule[] = [
      ["transformer.{wte|wpe}.weight", "{wte|wpe}.embedding"],
      ["transformer.ln_f.{w|b}", "ln_f.{scale|bias}"],
      [`${layer}.ln_{n}.{w|b}`, "blocks.{i}.ln_{n}.{scale|bias}"],
      [
        `${layer}.attn.c_attn.weight`,
        split("blocks.{i}.attn.{query,key,value}.kernel", { axis: 1, reshape: [h!, heads!, -1], fileShape: [h!, h!] }),
      ],
      [
        `${layer}.attn.c_attn.bias`,
        split("blocks.{i}.attn.{query,key,value}.bias", { axis: 0, reshape: [heads!, -1], fileShape: [h!] }),
      ],
      [`${layer}.attn.c_proj.weight`, "blocks.{i}.attn.out.kernel", { reshape: [heads!, -1, h!], fileShape: [h!, h!] }],
      [`${layer}.attn.c_proj.bias`, "blocks.{i}.attn.out.bias"],
      [`${layer}.attn.bias`, null],
      [`${layer}.mlp.c_{fc|proj}.{w|b}`, "blocks.{i}.{fc|proj}.{kernel|bias}"],
      ["lm_head.weight", tied("wte.embedding")],
    ];
    const file = readSafetensors(bytesOf("mapping/gpt2.safetensors"));
    const report = await loadInto(model, file, { map });
    expect([report.missing, report.unexpected, report.tied]).toEqual([[], [], [["lm_head.weight", "wte.embedding"]]]);
    expect(report.ignored).toEqual(file.names.filter((name) => name.endsWith(".attn.bias")));
    const fused = file.get("transformer.h.1.attn.c_attn.weight");
    const key = valueOf(model, "blocks.1.attn.key.kernel");
    expect(key.reshape([h!, h!]).tolist()).toEqual(fused.slice(":", `${h!}:${2 * h!}`).tolist());
    // And back: all but the mask, the tied head included.
    const again = readSafetensors(save(model, { map }));
    const kept = file.names.filter((name) => !name.endsWith(".attn.bias"));
    expect([...again.names].sort()).toEqual([...kept].sort());
    for (const [name, array] of again) expectRecorded(array, arrays[name]!, name);
    const untied = { ...Object.fromEntries(file), "lm_head.weight": file.get("lm_head.weight").add(1) };
    expect(await messageOf(model, untied, map)).toContain("AliasConflict");
  });

  it("PyTorch's layers become Flax's, bit for bit", async () => {
    const expected = jsonOf<{ arrays: Record<string, Recorded> }>("mapping/torch_layers_in_flax.json").arrays;
    const model = modelOf(
      Object.fromEntries(Object.entries(expected).map(([name, { shape }]) => [name.replaceAll("/", "."), shape])),
    );
    const map: Rule[] = [
      ["{conv|dw}.weight", "{conv|dw}.kernel", { from: "conv" }],
      ["convt.weight", "convt.kernel", { from: "convTranspose" }],
      ["fc.weight", "fc.kernel", { from: "linear" }],
      ["{conv|fc}.bias", "{conv|fc}.bias"],
      ["emb.weight", "emb.embedding"],
      ["bn.{weight|bias|running_mean|running_var}", "bn.{scale|bias|mean|var}"],
      ["bn.num_batches_tracked", null],
      ["lstm.weight_ih_l0", split("lstm.{ii,if_,ig,io}.kernel", { axis: 0, from: "linear" })],
      ["lstm.weight_hh_l0", split("lstm.{hi,hf,hg,ho}.kernel", { axis: 0, from: "linear" })],
      [["lstm.bias_ih_l0", "lstm.bias_hh_l0"], add(split("lstm.{hi,hf,hg,ho}.bias", { axis: 0 }))],
      ["attn.q_proj.weight", "attn.query.kernel", { from: "linear", reshape: [8, 2, 4] }],
      ["attn.q_proj.bias", "attn.query.bias", { reshape: [2, 4] }],
      ["attn.out_proj.weight", "attn.out.kernel", { from: "linear", reshape: [2, 4, 8] }],
    ];
    const report = await loadInto(model, readSafetensors(bytesOf("mapping/torch_layers.safetensors")), { map });
    expect(report.ignored).toEqual(["bn.num_batches_tracked"]);
    for (const [name, recorded] of Object.entries(expected))
      expectRecorded(valueOf(model, name.replaceAll("/", ".")), recorded, name);
  });

  it("one to one, in other layouts, and back", async () => {
    const file = counting({
      l: [2, 3],
      c: [4, 3, 2, 5],
      t: [3, 4, 2, 2],
      p: [2, 3, 4],
      r: [6],
      f: [2],
      "x.0": [1],
      g: [3],
    });
    const model = modelOf({
      l: [3, 2],
      c: [2, 5, 3, 4],
      t: [2, 2, 3, 4],
      p: [4, 2, 3],
      r: [2, 3],
      f: [2],
      "y.0.z": [1],
      g: [3],
    });
    await roundTrip(file, model, [
      ["l", "l", { from: "linear" }],
      ["c", "c", { from: "conv" }],
      ["t", "t", { from: "convTranspose" }],
      ["p", "p", { permute: [2, 0, 1] }],
      ["r", "r", { reshape: [2, -1], fileShape: [6] }],
      ["f", "f", { transform: { forward: (x) => x.mul(2), backward: (x) => x.div(2) } }],
      ["x.{i}", "y/{i}/z"],
      ["{*rest}", "{rest}"],
    ]);
    expect(valueOf(model, "l").tolist()).toEqual(file["l"]!.transpose([1, 0]).tolist());
    expect(valueOf(model, "c").tolist()).toEqual(file["c"]!.transpose([2, 3, 1, 0]).tolist());
    expect(valueOf(model, "t").tolist()).toEqual(jnp.flip(file["t"]!.transpose([2, 3, 0, 1]), [0, 1]).tolist());
    expect(valueOf(model, "f").tolist()).toEqual(file["f"]!.mul(2).tolist());
  });

  it("one to many, many to one, layers to a stack, and back", async () => {
    const file = counting({
      "0.qkv": [2, 6],
      "1.qkv": [2, 6],
      a: [2, 3],
      b: [2, 1],
      "h.0.w": [2, 3],
      "h.1.w": [2, 3],
      "h.2.w": [2, 3],
      big: [5],
      "g.0.0": [1],
      "g.0.1": [1],
      "g.1.0": [1],
      "g.1.1": [1],
    });
    const model = modelOf({
      "0.q": [6, 1],
      "0.k": [6, 1],
      "1.q": [6, 1],
      "1.k": [6, 1],
      ab: [4, 2],
      scan: [3, 3, 2],
      first: [2],
      second: [3],
      "g.0": [2, 1],
      "g.1": [2, 1],
    });
    await roundTrip(file, model, [
      ["{i}.qkv", split("{i}.{q,k}", { axis: 0, from: "linear" })],
      ["{a,b}", join("ab", { axis: 0, from: "linear", sizes: [3, 1] })],
      ["h.{i}.w", stack("scan", { from: "linear", axis: 1 })],
      ["big", split("{first,second}", { axis: 0, sizes: [2, 3] })],
      ["g.{i}.{j}", stack("g.{i}", { over: "j" })],
    ]);
    expect(valueOf(model, "scan").slice(":", 1).tolist()).toEqual(file["h.1.w"]!.transpose([1, 0]).tolist());
    expect(valueOf(model, "g.1").tolist()).toEqual([file["g.1.0"]!.tolist(), file["g.1.1"]!.tolist()]);
  });

  it("sums, whose other direction puts all into the first", async () => {
    const model = modelOf({ bias: [2] });
    const map: Rule[] = [[["b_ih", "b_hh"], add("bias")]];
    await loadInto(model, fileOf({ b_ih: jnp.array([1, 2]).astype("float32"), b_hh: jnp.ones([2]) }), { map });
    expect(valueOf(model, "bias").tolist()).toEqual([2, 3]);
    const file = readSafetensors(save(model, { map }));
    expect([file.get("b_ih").tolist(), file.get("b_hh").tolist()]).toEqual([
      [2, 3],
      [0, 0],
    ]);
  });

  it("the first that matches counts, exact or not", async () => {
    const model = modelOf({ x: [1], y: [1] });
    const file = fileOf({ a: jnp.ones([1]), b: jnp.full([1], 2) });
    await loadInto(model, file, {
      map: [
        ["a", "x"],
        ["{*n}", "y"],
      ],
    });
    expect([valueOf(model, "x").tolist(), valueOf(model, "y").tolist()]).toEqual([[1], [2]]);
    expect(
      (
        await loadInto(model, file, {
          map: [
            ["{*n}", null],
            ["a", "x"],
          ],
          strict: false,
        })
      ).ignored,
    ).toEqual(["a", "b"]);
  });

  it("a function of names", async () => {
    const model = modelOf({ x: [1], "y.a": [1], "y.b": [1] });
    const arrays = { x: jnp.ones([1]), ab: jnp.ones([2]), mask: jnp.ones([1]), other: jnp.ones([1]) };
    const report = await loadInto(model, fileOf(arrays), { map: byName, strict: "missing" });
    expect(report).toMatchObject({ loaded: ["ab", "x"], ignored: ["mask"], unexpected: ["other"] });
    expect(() => save(model, { map: byName })).toThrow(/"map" expected a list of rules/);
  });
});

describe("rules are refused", () => {
  const model = modelOf({ x: [2, 3], y: [1], "l.0": [1] });
  const arrays = { a: jnp.ones([3, 2]), b: jnp.ones([1]), "l.0": jnp.ones([1]) };

  it.each<[string, NameMap]>([
    [
      'expected one rule for "a", got two',
      [
        ["a", "x"],
        ["a", "y"],
      ],
    ],
    ["expected rules [pattern, target, layout?]", [["a"] as never]],
    ["expected a pattern, or several", [[1 as never, "x"]]],
    ["expected a list of rules or a function", {} as never],
    ["expected braces in pairs", [["a{", "x"]]],
    ["expected one list at most", [["{a,b}.{c,d}", "x"]]],
    ["expected a name in braces", [["{1}", "x"]]],
    ["expected the target's {j} in the pattern", [["l.{i}", "l.{j}"]]],
    ["as many alternatives", [["{a|b}", "{x|y|z}"]]],
    ["one number in the pattern that the target does not have", [["a", stack("x")]]],
    ["expected linear, conv or convTranspose", [["a", "x", { from: "dense" as never }]]],
    ["expected from, permute, reshape, fileShape, transform", [["a", "x", { transpose: true } as never]]],
    ["expected a name, null, split, join, stack, add or tied", [["a", 5 as never]]],
    ["expected the layout inside of", [["a", add("x"), { from: "linear" }]]],
    ['"transform" expected a function', [["a", "x", { transform: 1 as never }]]],
  ])("%s", async (message, map) => {
    expect(await messageOf(model, arrays, map)).toContain(message);
  });

  it.each<[string, Rule[]]>([
    [
      'transposed? { from: "linear" }',
      [
        ["a", "x"],
        ["b", "y"],
        ["l.{i}", "l.{i}"],
      ],
    ],
    ["{ permute: [0] } expected the axes of [3, 2]", [["a", "x", { permute: [0] }]]],
    ["{ reshape: [4] } expected 6 elements", [["a", "x", { reshape: [4] }]]],
    ['{ from: "conv" } expected 3 to 5 axes, got 2', [["a", "x", { from: "conv" }]]],
    ["split expected axis 0 of [3, 2] to make 2 parts", [["a", split("{x,y}", { axis: 0 })]]],
    ["join expected equal shapes", [["{a,b}", join("x")]]],
  ])("where shapes do not fit: %s", async (message, map) => {
    const found = await loadInto(model, fileOf(arrays), { map, strict: false }).catch((error: Error) => error.message);
    expect(found).toContain(message);
  });

  it("where the model or the file has not what they name", async () => {
    const unknown = await messageOf(model, arrays, [
      ["a", "xx"],
      ["b", "y"],
      ["l.0", "l.0"],
    ]);
    expect(unknown).toContain('"a" would become xx, which the model does not have');
    const half = await messageOf(model, arrays, [
      [["b", "c"], add("y")],
      ["a", null],
      ["l.0", "l.0"],
    ]);
    expect(half).toContain('"b" needs "c" too');
    const hole = await messageOf(modelOf({ l: [2, 1] }), { "l.0": jnp.ones([1]), "l.2": jnp.ones([1]) }, [
      ["l.{i}", stack("l")],
    ]);
    expect(hole).toContain('"l.0", "l.2" need "l.0 with i = 1" too');
    const twice = await messageOf(model, { b: jnp.ones([1]), c: jnp.ones([1]) }, [["{b|c}", "y"]]);
    expect(twice).toContain('\n  twice: "b", "c" both become y');
  });

  it("for saving, where they cannot be undone", () => {
    expect(toX(["a", "x", { transform: (x) => x }])).toThrow(/\{ forward, backward \}/);
    expect(toX(["a", "x", { reshape: [2, 3] }])).toThrow(/fileShape/);
    expect(toX(["{*any}", "x"])).toThrow(/cannot be undone: no \{any\}/);
    expect(toX(["a", split("{x,z}", { axis: 0 })])).toThrow(/got no z/);
    expect(toX(["a", "y"])).toThrow(/expected a rule that leads to x/);
    const two: Rule[] = [
      ["a", "x"],
      ["{a|b}", "y"],
    ];
    expect(() => save(modelOf({ x: [1], y: [1] }), { map: two })).toThrow(/one parameter for "a", got two/);
  });
});

it.each<[what: string, rule: Rule]>([
  ["add", [["l.0", "l.1"], add("x")]],
  ["join", [["l.0", "l.1"], join("x", { axis: 0 })]],
  ["stack", ["l.{i}", stack("x", { axis: 0 })]],
])("%s: arrays of shapes that differ are refused by its name", async (what, rule) => {
  const arrays = counting({ "l.0": [2, 3], "l.1": [2, 4] });
  const first = what === "join" ? "[*, 3]" : "[2, 3]";
  expect(await messageOf(modelOf({ x: [2, 3] }), arrays, [rule])).toContain(
    `${what} expected equal shapes, got ${first} and [2, 4]`,
  );
});
