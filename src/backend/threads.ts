import { assertTakes, describe, int } from "../base/index.ts";
import type { ThreadPool } from "../wasm/index.ts";
import { MAX_THREADS, startThreadPool } from "../wasm/index.ts";
import { backend, kernels } from "./choose.ts";
import type { BackendInfo } from "./choose.ts";
import { existingWasm, tested, trustedWasm } from "./trusted.ts";
import { messageOf, warnOnce } from "./warn.ts";

/** The options of `init`. */
export interface InitOptions {
  /**
   * How many threads share large products, convolutions and attention, the calling one among them: 1 to 64. Unchanged
   * if not given.
   */
  readonly threads?: number;
}

/** Which backend runs, why that one, and on how many threads. */
export interface InitInfo extends BackendInfo {
  readonly threads: number;
}

/**
 * Compiles and tests the kernels now instead of at the first use, and starts or ends threads. Optional, and the same
 * instance however often it is called.
 *
 * With `threads` above 1, large products of matrices, and with them layers and einsums, convolutions, and attention
 * with its gradient, are split by their outputs over that many threads, which share one memory. Every output is
 * computed as one thread would, so that the bits stay the same. Cached weights are packed again.
 *
 * Threads need workers and shared memory: Node, or a page that is cross-origin isolated. Where these are missing the
 * promise still resolves: `threads` is 1, `reason` ends with what is missing, and a warning says so once. Threads end
 * with the process, or by `init({ threads: 1 })`.
 *
 * @throws TypeError if `threads` is not a number
 * @throws RangeError if `threads` is not from 1 to 64
 * @throws EnvError `NonIeeeHost` if this host's float32 arithmetic is not IEEE 754
 * @example
 * (await init()).name // => "wasm"
 * (await init({ threads: 1 })).threads // => 1
 */
export async function init({ threads }: InitOptions = {}): Promise<InitInfo> {
  assertTakes(arguments, "init", "options", ["threads"]);
  if (threads !== undefined) {
    const count = int(threads, 'init: "threads"');
    if (count < 1 || count > MAX_THREADS)
      throw new RangeError(`init: "threads" expected 1 to ${MAX_THREADS}, got ${describe(threads)}`);
    // Changes are made one after another, in the order of the calls.
    await (changing = changing.then(() => useThreads(count)));
  }
  const { name, reason } = backend();
  return {
    name,
    reason: refused === undefined || name === "core" ? reason : `${reason}; on one thread: ${refused}`,
    threads: name === "wasm" ? existingWasm()!.threads : 1,
  };
}

let changing: Promise<void> = Promise.resolve();
/** Why there are no threads although they were asked for. */
let refused: string | undefined;

async function useThreads(count: number): Promise<void> {
  kernels();
  refused = undefined;
  if (count === (existingWasm()?.threads ?? 1)) return;
  try {
    trustedWasm().attachPool(count === 1 ? undefined : await testedPool(count));
  } catch (error) {
    existingWasm()?.attachPool(undefined);
    refused = messageOf(error);
    warnOnce(`on one thread: ${refused}`);
  }
}

async function testedPool(count: number): Promise<ThreadPool> {
  const pool = await startThreadPool(count);
  try {
    tested(pool.kernels);
    return pool;
  } catch (error) {
    pool.close();
    throw error;
  }
}
