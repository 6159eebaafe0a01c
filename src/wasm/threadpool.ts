import * as bytes from "./bytes.ts";
import { Scheduler } from "./scheduler.ts";
import { WasmKernels } from "./kernels.ts";
import type { ThreadPool } from "./kernels.ts";
import { compileKernels, decode, instantiate, shareMemory } from "./loader.ts";
import { importMemory, MAXIMUM } from "./sharedmemory.ts";
import { startWorker } from "./worker.ts";

/** More threads than this are refused: a job has at most 63 calls. */
export const MAX_THREADS = 64;

/**
 * Starts `threads` - 1 workers on one memory with this thread. The kernels are the same module as for one thread,
 * except that its memory is imported.
 *
 * @throws Error that says what this host lacks: WebAssembly, shared memory, workers
 */
export async function startThreadPool(threads: number): Promise<ThreadPool> {
  const missing = missingForThreads();
  if (missing !== undefined) throw new Error(missing);
  const { bytes: relinked, pages } = importMemory(decode(bytes), MAXIMUM);
  const module = compileKernels(relinked);
  const memory = shareMemory(pages, MAXIMUM);
  const exports = instantiate(module, memory);
  const scheduler = new Scheduler(threads, exports);
  const { control, modules } = scheduler;
  const workers = await Promise.allSettled(
    Array.from({ length: threads - 1 }, (_, i) => startWorker({ module, modules, memory, control, index: i + 1 })),
  );
  const close = (): void => {
    scheduler.stop();
    for (const worker of workers) if (worker.status === "fulfilled") worker.value.terminate();
  };
  const failed = workers.find((worker) => worker.status === "rejected");
  if (failed === undefined) {
    const kernels = new WasmKernels(module, () => scheduler.split(exports), { scheduler });
    return { threads, kernels, close };
  }
  close();
  throw failed.reason;
}

/** What this host lacks for threads, in words; undefined if nothing. */
function missingForThreads(): string | undefined {
  const {
    SharedArrayBuffer: Shared,
    Atomics,
    crossOriginIsolated,
  } = globalThis as { SharedArrayBuffer?: unknown; Atomics?: unknown; crossOriginIsolated?: boolean };
  const isolate =
    "a page shares memory only when it is cross-origin isolated, by the headers " +
    "Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp";
  if (crossOriginIsolated === false) return `this page is not isolated: ${isolate}`;
  if (Shared === undefined || Atomics === undefined) return `this host has no SharedArrayBuffer: ${isolate}`;
  return undefined;
}
