import { parseArgs } from "node:util";
import type * as Flaxen from "flaxen";

const HELP = `Builds an NNX module from a seed and calls it like a function: y = x @ kernel.

  npm start                              the worked example: seed 0, x = 1,2,3, 4 features
  npm start --silent -- [options]        any case

  --seed S         seed of the random streams (default 0)
  --x A,B,C        the input, one number a feature (default 1,2,3)
  --features F     width of the output (default 4)
  --backend NAME   core (TypeScript) or wasm (WebAssembly SIMD); default: wasm where it runs
  --json           print one JSON object { y, kernel, shape, backend }
  --help           this text
`;

/** The kernel of seed 0, [3, 4], as float32 words, recorded from jax 0.10.2 and flax 0.12.8. */
const RECORDED =
  "3f14651d bf05f549 bedd2986 bf2d2147 bf00c508 3eae1000 3ed5ff01 bf1795ca 3f759765 bf8bbf92 bf3e81af 3d9dfa85";

const OPTIONS = {
  seed: { type: "string" },
  x: { type: "string" },
  features: { type: "string" },
  backend: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean" },
} as const;

/** What the options ask for. */
interface Request {
  readonly seed: number;
  readonly x: number[];
  readonly features: number;
  readonly backend: "core" | "wasm" | undefined;
  readonly json: boolean;
}

/** Runs the command line; the exit code: 0, or 2 for bad arguments. `build` makes the package that it runs. */
export async function main(args: readonly string[], build: () => Promise<void>): Promise<number> {
  let request: Request | undefined;
  try {
    request = parse(args);
  } catch (error) {
    return refuse(error);
  }
  if (request === undefined) {
    process.stdout.write(HELP);
    return 0;
  }
  await build();
  const flaxen = await import("flaxen");
  try {
    report(flaxen, request);
    return 0;
  } catch (error) {
    return refuse(error);
  }
}

function refuse(error: unknown): number {
  const { message, code = "" } = error as Error & { code?: string };
  const known = Object.keys(OPTIONS).map((name) => `--${name}`);
  // The rest of Node's sentence is about positional arguments that begin with a dash.
  const line = code.startsWith("ERR_PARSE_ARGS")
    ? `${message.split(/[.\n]/)[0]!}; the options are ${known.join(", ")}`
    : message.split("\n")[0]!;
  process.stderr.write(`flaxen: ${line}\n`);
  return 2;
}

function parse(args: readonly string[]): Request | undefined {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  if (values.help) return undefined;
  const { backend } = values;
  if (backend !== undefined && backend !== "core" && backend !== "wasm")
    throw new Error(`--backend expected core or wasm, got ${backend}`);
  return {
    seed: number("--seed", values.seed ?? "0"),
    x: (values.x ?? "1,2,3").split(",").map((part) => number("--x", part)),
    features: number("--features", values.features ?? "4"),
    backend,
    json: values.json ?? false,
  };
}

function number(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw new Error(`${option} expected a number, got "${text}"`);
  return value;
}

function report(flaxen: typeof Flaxen, request: Request): void {
  if (request.backend !== undefined) flaxen.useBackend(request.backend);
  const { ModuleBasics, backend, nnx, numpy: jnp } = flaxen;
  const x = jnp.array(request.x);
  const model = new ModuleBasics(request.x.length, request.features, new nnx.Rngs(request.seed));
  const kernel = model.kernel.get();
  const y = model(x);
  if (request.json) {
    const result = { y: y.tolist(), kernel: kernel.tolist(), shape: y.shape, backend: backend().name };
    process.stdout.write(`${JSON.stringify(result, finite)}\n`);
    return;
  }
  const { name, reason } = backend();
  const lines = [
    `seed ${request.seed}, x = [${request.x.join(", ")}], features = ${request.features}`,
    `kernel\n${kernel.toString()}`,
    `y       ${y.toString()}`,
    `backend ${name}: ${reason}`,
  ];
  if (request.seed === 0 && request.x.length === 3 && kernel.shape[1] === 4)
    lines.push(`kernel bits equal to real JAX's: ${words(kernel) === RECORDED ? "yes, all 12" : "NO"}`);
  lines.push(...timings(flaxen, request, name));
  process.stdout.write(`${lines.join("\n")}\n`);
}

/** JSON has no infinities and no NaN; they become strings. */
function finite(_: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

function words(array: Flaxen.NDArray): string {
  const { buffer, byteOffset, length } = array.data;
  return Array.from(new Uint32Array(buffer, byteOffset, length), (word) => word.toString(16).padStart(8, "0")).join(
    " ",
  );
}

const ROUNDS = 15;
const CALLS = 20_000;

/** The median time of model(x) on each path, each round measuring both. */
function timings(
  { ModuleBasics, nnx, numpy: jnp, useBackend }: typeof Flaxen,
  request: Request,
  now: "core" | "wasm",
): string[] {
  const paths = now === "wasm" || request.backend === "core" ? available(useBackend) : (["core"] as const);
  const x = jnp.array(request.x);
  const model = new ModuleBasics(request.x.length, request.features, new nnx.Rngs(request.seed));
  const times = new Map(paths.map((path) => [path, [] as number[]]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const path of paths) {
      useBackend(path);
      const start = performance.now();
      for (let call = 0; call < CALLS; call++) model(x);
      times.get(path)!.push(((performance.now() - start) * 1e6) / CALLS);
    }
  }
  return paths.map((path) => {
    const sorted = times.get(path)!.sort((a, b) => a - b);
    return `one call of model(x) ${PATHS[path]}: ${sorted[ROUNDS >> 1]!.toFixed(0)} ns`;
  });
}

const PATHS = {
  core: "on the TypeScript core",
  wasm: "on WebAssembly",
  auto: "on the default choice by size",
} as const;

function available(useBackend: typeof Flaxen.useBackend): ("core" | "wasm" | "auto")[] {
  try {
    useBackend("wasm");
    return ["core", "wasm", "auto"];
  } catch {
    return ["core"];
  }
}
