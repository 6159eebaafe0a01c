/** LiteRT.js on one thread. The other libraries are set up before it: the globals that it needs would mislead them. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { runInThisContext } from "node:vm";
import "./libraries.ts";
import type { TfliteGraph, Value } from "./tflite.ts";

const require = createRequire(import.meta.url);
/** Node 20 has no relaxed SIMD; LiteRT.js has a module without it. */
const RELAXED = WebAssembly.validate(
  // (func (param v128) (result v128) local.get 0 local.get 0 i8x16.relaxed_swizzle)
  Buffer.from("0061736d0100000001060160017b017b030201000a0b01090020002000fd80020b", "hex"),
);
const SCRIPT = require.resolve(`@litertjs/core/wasm/litert_wasm_${RELAXED ? "" : "compat_"}internal.js`);

const { loadAndCompile, Tensor } = await start();

/** A model that is ready to be called. */
export interface Session {
  /** The result of the inputs, in the order in which the graph declares them. */
  readonly run: (...inputs: readonly (Float32Array | Int32Array)[]) => Promise<Float32Array>;
  readonly dispose: () => void;
}

/** Compiles a graph whose result is `output`. */
export async function compile(graph: TfliteGraph, output: Value): Promise<Session> {
  graph.output(output);
  const model = await loadAndCompile(graph.encode(), { accelerator: "wasm" });
  const shapes = graph.inputShapes.map((shape) => [...shape]);
  const run = async (...inputs: readonly (Float32Array | Int32Array)[]): Promise<Float32Array> => {
    const tensors = inputs.map((input, i) => new Tensor(input, shapes[i]!));
    const [result] = await model.run(tensors);
    const values = result!.toTypedArray() as Float32Array;
    for (const tensor of [...tensors, result!]) tensor.delete();
    return values;
  };
  return { run, dispose: () => model.delete() };
}

/**
 * LiteRT.js is written for a browser's worker: its loader runs a script by `importScripts`, which looks for Node's
 * `require` and `__dirname`. What is defined for that is taken away again.
 */
async function start(): Promise<typeof import("@litertjs/core")> {
  const globals = {
    self: globalThis,
    require,
    __filename: SCRIPT,
    __dirname: dirname(SCRIPT),
    importScripts: (file: string) => runInThisContext(readFileSync(file, "utf8"), { filename: file }) as unknown,
    Module: { wasmBinary: readFileSync(SCRIPT.replace(/js$/, "wasm")), printErr: report },
  };
  Object.assign(globalThis, globals);
  const library = await import("@litertjs/core");
  const { warn } = console;
  // It warns that there is no WebGPU.
  console.warn = () => {};
  await library.loadLiteRt(SCRIPT);
  console.warn = warn;
  for (const name of Object.keys(globals)) Reflect.deleteProperty(globalThis, name);
  return library;
}

/** Errors only: it also tells each step of its start. */
function report(line: string): void {
  if (!/^(INFO|WARNING):/.test(line)) process.stderr.write(`LiteRT.js: ${line}\n`);
}
