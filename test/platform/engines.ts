/** The engines that run the probe from a command line. */
import { command } from "./command.ts";
import { engineBinary, engineVersion } from "./packages.ts";
import type { Platform } from "./platform.ts";
import type { Expected, Found } from "./result.ts";
import { FALLEN_BACK, FORCED_CORE, WASM } from "./result.ts";

/** A command line that runs a script. */
export interface Engine {
  readonly name: string;
  /** The program, looked for only when it runs. */
  readonly file: () => string;
  /** A program and its arguments that run the program, if this processor cannot. */
  readonly emulator?: () => readonly string[];
  /** Before the script's name. */
  readonly flags: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** In the folder where the tarball is installed, or a path. */
  readonly script: string;
  readonly expected: Expected;
}

/** Node's TypeScript core, which all others are compared with. */
export const REFERENCE = node('useBackend("core")', FORCED_CORE, []);

/**
 * Node's own set-ups: without WebAssembly, without its SIMD, and with it by each of V8's tiers and instruction sets.
 */
export function nodeEngines(): Engine[] {
  return [
    node("default", WASM, []),
    REFERENCE,
    nodeWith("--jitless", FALLEN_BACK),
    nodeWith("--no-expose-wasm", FALLEN_BACK),
    nodeWith("--frozen-intrinsics", WASM),
    nodeWith("--liftoff-only", WASM),
    nodeWith("--no-liftoff", WASM),
    ...(process.arch === "x64" ? x64Engines() : []),
  ];
}

/** V8 has other code for processors without AVX, in each tier, and no SIMD without SSE 4.1. */
function x64Engines(): Engine[] {
  return [
    nodeWith("--no-enable-avx --liftoff-only", WASM),
    nodeWith("--no-enable-avx --no-liftoff", WASM),
    nodeWith("--no-enable-sse4-1", FALLEN_BACK),
  ];
}

function nodeWith(flags: string, expected: Expected): Engine {
  return node(flags, expected, flags.split(" "));
}

function node(what: string, expected: Expected, flags: readonly string[]): Engine {
  return {
    name: `node ${process.versions.node} ${what}`,
    file: () => process.execPath,
    flags,
    script: "cli.js",
    expected,
  };
}

/** Node's default choice in another script than the probe's own. */
export function nodeScript(script: string): Engine {
  return { ...node("default", WASM, []), script };
}

/** The releases of Node after the oldest that is supported, which the project itself runs on. */
export function newerNodes(): Engine[] {
  return ["node22", "node24", "node26"].map((name) => ({
    name: `node ${engineVersion(name)} default`,
    file: () => engineBinary(name, "bin/node"),
    flags: [],
    script: "cli.js",
    expected: WASM,
  }));
}

/** A release of Node that fuses multiply-adds. */
export function fusingNode(): string {
  return engineBinary("node24", "bin/node");
}

const BUN = "@oven/bun-linux-x64";
const DENO = "@deno/linux-x64-glibc";

/** Bun, without its installing of what is missing. */
export function bun(): Engine {
  return {
    name: `bun ${engineVersion(BUN)}`,
    file: () => engineBinary(BUN, "bin/bun"),
    flags: ["--no-install"],
    script: "cli.js",
    expected: WASM,
  };
}

/**
 * Deno, without a permission, and with its cache in `temporary`. It takes a tarball only
 * from a node_modules that is there.
 */
export function deno(temporary: string): Engine {
  const flags = ["run", "--no-prompt", "--no-remote", "--node-modules-dir=manual"];
  const env = { DENO_DIR: temporary, DENO_NO_UPDATE_CHECK: "1" };
  return {
    name: `deno ${engineVersion(DENO)}`,
    file: () => engineBinary(DENO, "deno"),
    flags,
    env,
    script: "cli.js",
    expected: WASM,
  };
}

/** Runs the engine's script in `folder`. */
export function runEngine({ file, emulator, flags, env, script, expected }: Engine, folder: string): Found {
  const forced = expected === FORCED_CORE ? ["core"] : [];
  const [program, ...args] = [...(emulator?.() ?? []), file(), ...flags, script, ...forced];
  const { stdout, stderr } = command(program!, args, folder, { NO_COLOR: "1", ...env });
  return { ...(JSON.parse(stdout) as Omit<Found, "warnings">), warnings: stderr.split("\n") };
}

/** The engines as platforms that run their scripts in `folder`. */
export function onCommandLine(engines: readonly Engine[], folder: string): Platform[] {
  return engines.map((engine) => ({
    name: engine.name,
    expected: engine.expected,
    run: () => runEngine(engine, folder),
  }));
}
