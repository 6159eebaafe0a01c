/** The libraries, each set up as its own documentation says, on WebAssembly with one thread. */
import * as jax from "@jax-js/jax";
import "@tensorflow/tfjs-backend-cpu";
import { setThreadsCount } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import * as ort from "onnxruntime-web/wasm";
import { libraryFor } from "../dist.ts";
import { OnnxGraph } from "./onnx.ts";

setThreadsCount(1);
await tf.setBackend("wasm");

ort.env.wasm.numThreads = 1;
ort.env.logLevel = "error";
await startOnnx();

await jax.init("wasm");
jax.defaultDevice("wasm");

export const flaxen = await libraryFor("auto");
export { jax, ort, tf };

/**
 * onnxruntime-web starts with its first session, and leaves a global Worker in Node. jax-js takes that for a browser's
 * and would compile for shared memory: without it, it runs on one thread as all others do here.
 */
async function startOnnx(): Promise<void> {
  const graph = new OnnxGraph();
  graph.output("y", graph.input("x", [1]), [1]);
  const session = await ort.InferenceSession.create(graph.encode(), { executionProviders: ["wasm"] });
  await session.release();
  Reflect.deleteProperty(globalThis, "Worker");
}
