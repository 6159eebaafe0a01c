import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { nnx, numpy as jnp } from "flaxen";
import { Gpt } from "../examples/gpt/model.ts";

/** What a process holds after a garbage collection, in bytes. */
export interface Held {
  /** WebAssembly memory that has grown, of all instances. */
  readonly linear: number;
  readonly arrayBuffers: number;
  readonly heap: number;
}

const CONFIG = { vocabulary: 65, length: 16, width: 32, heads: 4, layers: 1 };

const memories = new Set<WebAssembly.Memory>();
const { grow } = WebAssembly.Memory.prototype;
WebAssembly.Memory.prototype.grow = function remembered(this: WebAssembly.Memory, pages: number): number {
  memories.add(this);
  return grow.call(this, pages);
};
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Passes of a GPT of one block: a whole sequence, then as many passes of one token each over the cache, and so on. */
export function createPasses(): (count: number) => void {
  const model = new Gpt(CONFIG, new nnx.Rngs(0));
  const whole = jnp.array(Int32Array.from({ length: CONFIG.length }, (_, i) => i)).reshape([1, CONFIG.length]);
  const token = jnp.array([[7]], "int32");
  let pass = 0;
  return (count) => {
    for (let i = 0; i < count; i++, pass++) {
      const start = (pass % (CONFIG.length + 1)) - 1;
      if (start < 0) {
        model(whole);
        model.initCache(1);
      } else {
        model(token, { decode: true, start });
      }
    }
  };
}

/** Collects the garbage, then measures. Two turns of the event loop apart, so that finalisers run. */
export async function measureHeld(): Promise<Held> {
  for (let turn = 0; turn < 2; turn++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return {
    linear: [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
    arrayBuffers,
    heap: heapUsed,
  };
}
