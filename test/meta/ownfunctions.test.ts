/** What flaxen has and Python has not refuses unknown options and surplus arguments too. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as flaxen from "../../src/index.ts";
import * as orbax from "../../src/orbax/index.ts";
import * as weights from "../../src/weights.ts";

const { data, nnx, numpy: jnp, random, traverseUtil, tree } = flaxen;

/** Signatures of Python by namespace, then name. */
const PYTHON = JSON.parse(readFileSync(new URL("../golden/signatures.json", import.meta.url), "utf8")) as Readonly<
  Record<string, Readonly<Record<string, unknown>>>
>;

const camelCase = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Python's functions, which test/meta/signatures.test.ts looks at. */
const KNOWN = new Set(
  Object.entries(PYTHON).flatMap(([space, functions]) =>
    Object.keys(functions).map((name) => `${space}.${camelCase(name)}`),
  ),
);

const linear = (): flaxen.nnx.Linear => new nnx.Linear(2, 2, { rngs: new nnx.Rngs(0) });
const x = jnp.ones([4, 2]);
const bytes = weights.save(nnx.state(linear()));
const npy = weights.save({ x }, { format: "npy" });
const msgpack = weights.save({ x }, { format: "msgpack" });
const checkpoint = (): Map<string, Uint8Array> =>
  new Map([
    ["w/.zarray", text('{"zarr_format":2,"shape":[2],"chunks":[2],"dtype":"<f4","order":"C","compressor":null}')],
    ["w/0", new Uint8Array(8)],
  ]);

function text(json: string): Uint8Array {
  return new TextEncoder().encode(json);
}

interface Own {
  readonly call: (...args: never[]) => unknown;
  /** Arguments that it takes, all places but the options. */
  readonly args: readonly unknown[];
  /** Whether options may follow. */
  readonly options?: boolean;
}

const own = (call: (...args: never[]) => unknown, ...args: unknown[]): Own => ({ call, args });
const withOptions = (call: (...args: never[]) => unknown, ...args: unknown[]): Own => ({ call, args, options: true });

const FUNCTIONS: Readonly<Record<string, Own>> = {
  "data.batches": own(data.batches, [x], { batchSize: 2 }),
  "nnx.backupKeys": own(nnx.backupKeys, linear()),
  "nnx.describe": own(nnx.describe, linear()),
  "nnx.diffState": own(nnx.diffState, nnx.state(linear()), nnx.state(linear())),
  "nnx.fromTransferable": withOptions(nnx.fromTransferable, nnx.toTransferable(x)),
  "nnx.toTransferable": own(nnx.toTransferable, x),
  "numpy.isArray": own(jnp.isArray, x),
  "random.sampleLogits": withOptions(random.sampleLogits, random.key(0), x),
  "traverseUtil.flattenDict": withOptions(traverseUtil.flattenDict, { a: 1 }),
  "traverseUtil.unflattenDict": withOptions(traverseUtil.unflattenDict, { a: 1 }),
  "traverseUtil.pathAwareMap": own(traverseUtil.pathAwareMap, (_: unknown, leaf: unknown) => leaf, { a: 1 }),
  "tree.broadcast": own(tree.broadcast, 1, [2, 3], null),
  "weights.add": withOptions(weights.add, "a"),
  "weights.join": withOptions(weights.join, "a"),
  "weights.split": own(weights.split, "{a,b}", { axis: 0 }),
  "weights.stack": withOptions(weights.stack, "a"),
  "weights.tied": withOptions(weights.tied, "a"),
  "weights.torch": withOptions(weights.torch, linear()),
  "weights.loadInto": withOptions(weights.loadInto, linear(), weights.readSafetensors(bytes)),
  "weights.open": withOptions(weights.open, bytes),
  "weights.openSafetensors": withOptions(weights.openSafetensors, bytes),
  "weights.readMsgpack": withOptions(weights.readMsgpack, msgpack),
  "weights.readNpy": withOptions(weights.readNpy, npy),
  "weights.readSafetensors": withOptions(weights.readSafetensors, bytes),
  "weights.save": withOptions(weights.save, { x }),
  "weights.saveParts": withOptions(weights.saveParts, { x }),
  "weights.saveTo": withOptions(weights.saveTo, new WritableStream(), { x }),
  "orbax.open": withOptions(orbax.open, checkpoint()),
  "MemoryFile.get": withOptions(weights.readSafetensors(bytes).get, "kernel"),
  "WeightsFile.get": withOptions(async (...args: [string]) => (await weights.open(bytes)).get(...args), "kernel"),
  "metrics.Accuracy": withOptions((...args: [object?]) => new nnx.metrics.Accuracy(...args)),
  "metrics.Average": own((...args: string[]) => new nnx.metrics.Average(...args), "loss"),
  "metrics.Welford": own((...args: string[]) => new nnx.metrics.Welford(...args), "loss"),
  "metrics.Average.update": own(
    (...args: [Readonly<Record<string, unknown>>]) => new nnx.metrics.Average("loss").update(...args),
    { loss: 1 },
  ),
  "metrics.Welford.update": own(
    (...args: [Readonly<Record<string, unknown>>]) => new nnx.metrics.Welford("loss").update(...args),
    { loss: 1 },
  ),
  "metrics.Accuracy.update": own(
    (...args: [Readonly<Record<string, unknown>>]) => new nnx.metrics.Accuracy().update(...args),
    {
      logits: x,
      labels: jnp.zeros([4], "int32"),
    },
  ),
  backend: own(flaxen.backend),
  memoryInfo: own(flaxen.memoryInfo),
  init: withOptions(flaxen.init),
  useBackend: own(flaxen.useBackend, "auto"),
  debugNans: own(flaxen.debugNans, () => 1),
  debugInfs: own(flaxen.debugInfs, () => 1),
};

/** They take any number of arguments, call a function of the program, or have a test of their own. */
const ELSEWHERE = new Set([
  "nnx.PathIn",
  "nnx.warmUp",
  "nnx.assertRngs",
  "int",
  "moduleBasicsForward",
  "ShapeDtypeStruct",
  ..."checkpoint customVjp grad hessian jacfwd jacrev jvp valueAndGrad vjp".split(" "),
  ..."erf erfInv logistic logsumexp oneHot topK".split(" ").map((name) => `numpy.${name}`),
  ..."onesInit zerosInit".split(" ").map((name) => `initializers.${name}`),
  ..."flatten flattenWithPath leaves leavesWithPath map mapWithPath reduce structure transpose unflatten all allLeaves"
    .split(" ")
    .map((name) => `tree.${name}`),
  ..."keystr registerDataclass registerPytreeNode registerPytreeNodeClass".split(" ").map((name) => `tree.${name}`),
]);

const SPACES = {
  "": flaxen,
  data,
  image: flaxen.image,
  initializers: nnx.initializers,
  lax: flaxen.lax,
  linalg: flaxen.linalg,
  nn: flaxen.nn,
  nnx,
  numpy: jnp,
  optax: flaxen.optax,
  orbax,
  random,
  traverseUtil,
  tree,
  weights,
};

it("every function that Python does not have is looked at", () => {
  const names = Object.entries(SPACES).flatMap(([space, functions]) =>
    Object.entries(functions)
      .filter(([, value]) => typeof value === "function" && !/^class\b/.test(String(value)))
      .map(([name]) => (space === "" ? name : `${space}.${name}`)),
  );
  const missing = names.filter((name) => !KNOWN.has(name) && !ELSEWHERE.has(name) && !Object.hasOwn(FUNCTIONS, name));
  expect(missing).toEqual([]);
});

/** What a call throws, at once or later; "" for nothing. */
async function thrown({ call }: Own, ...args: unknown[]): Promise<string> {
  try {
    await (call as (...args: unknown[]) => unknown)(...args);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

describe.each(Object.entries(FUNCTIONS))("%s", (name, one) => {
  const { args, options = false } = one;

  it("takes its arguments", async () => {
    expect(await thrown(one, ...args)).toBe("");
    // A stream is written once.
    if (options && name !== "weights.saveTo") expect(await thrown(one, ...args, {})).toBe("");
  });

  it("refuses an argument that is one too many", async () => {
    // Places that may have options by place too are three more.
    const rest = name === "random.sampleLogits" ? [1, 1, 1] : options ? [{}] : [];
    expect(await thrown(one, ...args, ...rest, 5)).toMatch(/^[\w.]+: expected at most .* 5 is one too many/);
  });

  if (options || name === "data.batches")
    it("refuses an option that there is not", async () => {
      const given = options ? [...args, { zzz: 1 }] : [args[0], { ...(args[1] as object), zzz: 1 }];
      expect(await thrown(one, ...given)).toMatch(/^[\w.]+: .*"zzz"/);
    });
});

describe("weights.loadInto", () => {
  it.each<[what: string, file: unknown, got: string]>([
    ["a path", "a.safetensors", '"a.safetensors". Open it first: await weights.open(file)'],
    ["bytes", bytes, `Uint8Array of length ${bytes.length}. Open it first: await weights.open(file)`],
    ["a promise", weights.open(bytes), "Promise. Await it"],
    ["nothing", undefined, "undefined. Open it first: await weights.open(file)"],
    ["arrays by name", { kernel: x }, "Object. Open it first: await weights.open(file)"],
  ])("asks for an opened file where it gets %s", async (_, file, got) => {
    await expect(weights.loadInto(linear(), file as never)).rejects.toThrow(
      `loadInto: "file" expected what weights.open gives, got ${got}`,
    );
  });
});

it("nnx.PathIn takes lists", () => {
  expect(() => nnx.PathIn("kernel" as never)).toThrow('nnx.PathIn: "paths" expected lists of names, got "kernel"');
});
