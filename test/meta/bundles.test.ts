import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { describe, expect, it } from "vitest";
import type * as Library from "../../src/index.ts";

/** One of the files that are shipped, which share no module with src/. */
async function shipped(file: string): Promise<typeof Library> {
  return (await import(/* @vite-ignore */ new URL(`../../dist/${file}`, import.meta.url).href)) as typeof Library;
}

const modules = await shipped("index.js");

/** The name of every function and class that a library exports, by its path. */
function names(library: object, path: string): [string, string][] {
  return Object.entries(library).flatMap(([key, value]: [string, unknown]): [string, string][] => {
    if (typeof value === "function") return [[path + key, value.name]];
    return path.split(".").length < 3 && value !== null && typeof value === "object"
      ? names(value, `${path}${key}.`)
      : [];
  });
}

/** What people read of a library: models, their structures, tables and errors. */
function texts({ nnx, numpy, random, ShapeError, useBackend }: typeof Library): Record<string, string> {
  const rngs = new nnx.Rngs(0);
  const layers = [
    new nnx.Linear(3, 4, { rngs }),
    new nnx.LinearGeneral(3, [2, 2], { rngs }),
    new nnx.Einsum("ij,jk->ik", [3, 4], [4], { rngs }),
    new nnx.Conv(3, 4, [3], { rngs }),
    new nnx.ConvTranspose(3, 4, [3], { rngs }),
    new nnx.Embed(5, 4, { rngs }),
    new nnx.BatchNorm(4, { rngs }),
    new nnx.LayerNorm(4, { rngs }),
    new nnx.RMSNorm(4, { rngs }),
    new nnx.GroupNorm(4, { numGroups: 2, rngs }),
    new nnx.InstanceNorm(4, { rngs }),
    new nnx.Dropout(0.5, { rngs }),
    new nnx.PReLU(),
    new nnx.LoRA(3, 2, 4, { rngs }),
    new nnx.MultiHeadAttention(2, 4, { rngs }),
    new nnx.LSTMCell(3, 4, { rngs }),
    new nnx.OptimizedLSTMCell(3, 4, { rngs }),
    new nnx.GRUCell(3, 4, { rngs }),
    new nnx.SimpleCell(3, 4, { rngs }),
    new nnx.RNN(new nnx.LSTMCell(3, 4, { rngs })),
    new nnx.Bidirectional(new nnx.RNN(new nnx.GRUCell(3, 4, { rngs })), new nnx.RNN(new nnx.GRUCell(3, 4, { rngs }))),
    new nnx.LoRALinear(3, 4, { loraRank: 2, rngs }),
    new nnx.SpectralNorm(new nnx.Linear(3, 4, { rngs }), { rngs }),
    new nnx.Sequential(new nnx.Linear(3, 4, { rngs }), nnx.relu, numpy.tanh),
  ];
  const Model = class Model extends nnx.Module {
    readonly layers = new nnx.List(layers);
    readonly rngs = rngs;
    readonly dict = new nnx.Dict({ a: new nnx.Param(numpy.ones([2])) });
    readonly functions = [
      nnx.silu,
      nnx.swish,
      numpy.absolute,
      numpy.max,
      nnx.initializers.normal,
      random.normal,
      nnx.initializers.lecunNormal(),
    ];
    readonly error = ShapeError;
  };
  const model = new Model();
  const broken: Record<string, () => unknown> = {
    shape: () => (layers[0] as unknown as (x: unknown) => unknown)(numpy.ones([5])),
    option: () => new nnx.Linear(3, 4, { rngs: model as never }),
    init: () => (model as unknown as { init(): void }).init(),
    call: () => (model as unknown as () => void)(),
    rngs: () => new nnx.GRUCell(3, 4, { rngs: numpy.tanh as never }),
    variable: () => new nnx.Param(1).copyFrom(new nnx.BatchStat(1) as never),
    key: () => random.normal(numpy.zeros([2]) as never),
    backend: () => useBackend(nnx.Linear as never),
    structure: () => nnx.merge(nnx.graphdef(layers[0]!), nnx.state(layers[6]!)),
  };
  return {
    model: String(model),
    graphdef: String(nnx.graphdef(model)),
    state: String(nnx.state(model)),
    table: nnx.tabulate(layers[0]!, numpy.ones([3])),
    ...Object.fromEntries(Object.entries(broken).map(([name, run]) => [name, thrown(run)])),
  };
}

function thrown(run: () => unknown): string {
  try {
    return `no error: ${String(run())}`;
  } catch (error) {
    return `${(error as Error).constructor.name}, ${String(error)}`;
  }
}

describe.each(["flaxen.min.js", "node/index.js"])("dist/%s", (file) => {
  it("keeps the name of every function and class", async () => {
    expect(Object.fromEntries(names(await shipped(file), ""))).toEqual(Object.fromEntries(names(modules, "")));
  });

  it("has namespaces that nobody writes to, as the modules' are", async () => {
    const { numpy } = await shipped(file);
    expect(() => Object.assign(numpy, { tanh: 1 })).toThrow(TypeError);
  });

  it("prints models, structures, tables and errors as the modules do", async () => {
    expect(texts(await shipped(file))).toEqual(texts(modules));
  });
});

describe("a user's bundle, minified", () => {
  const [file] = buildSync({
    entryPoints: [fileURLToPath(new URL("../../dist/index.js", import.meta.url))],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
  }).outputFiles;
  const url = `data:text/javascript;base64,${Buffer.from(file!.contents).toString("base64")}`;

  it("keeps the name of every class of nnx, and what prints them says so", async () => {
    const minified = (await import(/* @vite-ignore */ url)) as typeof Library;
    expect(classes(minified)).toEqual(classes(modules));
    expect(classes(modules).length).toBeGreaterThan(50);
    expect({ ...shown(minified), error: 0 }).toEqual({ ...shown(modules), error: 0 });
  });
});

/** The name of every class that people read of. */
function classes(library: object): [string, string][] {
  return names(library, "")
    .filter(([path]) => /^(NDArray|nnx\.(.*\.)?[A-Z]\w+)$/.test(path) && !isFilter(path))
    .sort();
}

/** The texts without the names of functions, which a minifier changes. */
function shown(library: typeof Library): object {
  return JSON.parse(JSON.stringify(texts(library)).replaceAll(/function [^\s>(]+/g, "function")) as object;
}

/** Filters are functions with the names of classes. */
function isFilter(path: string): boolean {
  return /\.(All|Any|Everything|Not|Nothing|OfType|PathContains|PathIn|WithTag)$/.test(path);
}

it("the texts compared name what they are about", () => {
  const { model, shape, ...others } = texts(modules);
  expect(model).toContain("OptimizedLSTMCell( #");
  expect(model).toContain("<function tanh>");
  expect(shape).toMatch(/^ShapeError, ShapeError: nnx.Linear: /);
  expect(Object.values(others).join("\n")).not.toContain("no error");
});

it("a program of one layer carries nothing that nothing names", () => {
  const [file] = buildSync({
    stdin: {
      contents: `import { Linear, Rngs } from "flaxen/nnx"; new Linear(3, 4, { rngs: new Rngs(0) });`,
      resolveDir: fileURLToPath(new URL("../..", import.meta.url)),
    },
    bundle: true,
    format: "esm",
    target: "es2022",
    write: false,
  }).outputFiles;
  const { text } = file!;
  const uses = new Map<string, number>();
  for (const [word] of text.matchAll(/[\w$]+/g)) uses.set(word, (uses.get(word) ?? 0) + 1);
  const declared = [...text.matchAll(/^(?:var|function\*?|class) ([\w$]+)/gm)].map(([, name]) => name!);
  expect(declared.length).toBeGreaterThan(500);
  expect(declared.filter((name) => uses.get(name) === 1)).toEqual([]);
});
