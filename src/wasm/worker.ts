import { nodeModule } from "../base/index.ts";
import {
  ARGUMENTS,
  CALLS,
  DONE,
  FAILED,
  MODULES,
  NEEDED,
  POLLERS,
  SCRATCH,
  SCRATCH_BYTES,
  SPANS,
  STOP,
  TICKET,
  WAITERS,
  WIDTH,
} from "./jobblock.ts";
import type { WasmMemory, WasmModule } from "./webassembly.ts";

/**
 * What a worker gets: the kernels, the memory that they work on, the job block and that of modules which come later.
 */
export interface Tools {
  readonly module: WasmModule;
  readonly modules: SharedArrayBuffer;
  readonly memory: WasmMemory;
  readonly control: SharedArrayBuffer;
  /** Which of the threads it is: the main one is 0. */
  readonly index: number;
}

/** A running worker. */
export interface Worker {
  /** Ends it at once. */
  terminate(): void;
}

/**
 * A worker without work first spins, for about the time between a model's large products. Then it polls: it waits with
 * a short timeout. Then it waits until it is notified, which costs the main thread 4 us, or 200 in a sandbox, and is
 * rare.
 */
const SPIN_MS = 1;
const POLLING_MS = 100;
const POLL_MS = 0.25;
/** Spins between two looks at the clock: about 1 us. */
const LOOKS = 256;

/** A host that does not start a worker in this time is taken for one that cannot. */
const START_MS = 20_000;

/**
 * The worker's program. It is text, because a bundler would have to be told of a file. It answers when its instance is
 * made. From then on it never returns to its event loop: it takes calls, links modules that have come, and waits for
 * TICKET to change. Before it has linked what a job needs it takes none of its calls.
 */
export const PROGRAM = `
function serve({ module, modules, memory, control, index }, answer) {
  const kernels = [];
  const words = new Int32Array(control);
  const args = new Float64Array(control, ${ARGUMENTS});
  const table = new Int32Array(modules);
  const scratched = [];
  const link = (each) => {
    const { exports } = new WebAssembly.Instance(each, { env: { memory } });
    kernels.push(...Object.values(exports));
    if (exports.setScratch) scratched.push(exports.setScratch);
  };
  link(module);
  const { add, compareExchange, load, store, sub, wait } = Atomics;
  answer("ready");
  let seen = 0;
  let since = 0;
  let linked = 0;
  for (let looks = 0; load(words, ${STOP}) === 0; ) {
    const ticket = load(words, ${TICKET});
    if (ticket !== seen) {
      seen = ticket;
      since = 0;
      looks = 0;
    }
    const left = ticket & ${CALLS};
    if (left > 0 && linked < load(words, ${MODULES})) {
      const start = table[2 * linked];
      link(new WebAssembly.Module(new Uint8Array(modules).slice(start, start + table[2 * linked + 1])));
      for (const use of scratched) use((words[${SCRATCH}] >>> 0) + ${SCRATCH_BYTES} * index);
      linked++;
      continue;
    }
    if (left > 0 && words[${NEEDED}] <= kernels.length) {
      if (compareExchange(words, ${TICKET}, ticket, ticket - 1) !== ticket) continue;
      try {
        const span = ${SPANS} + 2 * (left - 1);
        const end = ${WIDTH} * words[span + 1];
        for (let at = ${WIDTH} * words[span]; at < end; at += ${WIDTH}) {
          const [kernel, a, b, c, d, e, f, g, h, i, j, k, l, m] = args.subarray(at, at + ${WIDTH});
          kernels[kernel](a, b, c, d, e, f, g, h, i, j, k, l, m);
        }
      } catch (error) {
        store(words, ${FAILED}, 1);
        throw error;
      }
      add(words, ${DONE}, 1);
    } else if (++looks === ${LOOKS}) {
      const now = performance.now();
      if (since === 0) since = now;
      looks = 0;
      if (now - since < ${SPIN_MS}) continue;
      const polls = now - since < ${POLLING_MS};
      add(words, polls ? ${POLLERS} : ${WAITERS}, 1);
      wait(words, ${TICKET}, ticket, polls ? ${POLL_MS} : Infinity);
      sub(words, polls ? ${POLLERS} : ${WAITERS}, 1);
      looks = ${LOOKS - 1};
    }
  }
}
if (typeof require === "function") {
  const { parentPort, workerData } = require("node:worker_threads");
  serve(workerData, (text) => parentPort.postMessage(text));
} else {
  onmessage = ({ data }) => serve(data, postMessage);
}
`;

/**
 * Starts a worker and waits until it is ready. It does not keep a process from ending.
 *
 * @throws Error that says why the host starts none
 */
export async function startWorker(tools: Tools): Promise<Worker> {
  const threads = await nodeModule<NodeThreads>("node:worker_threads");
  return threads === undefined ? startWebWorker(tools) : startNodeWorker(threads, tools);
}

/** The part of node:worker_threads that is used here: its own types come with all of Node's. */
interface NodeThreads {
  readonly Worker: new (program: string, options: object) => NodeWorker;
}

interface NodeWorker {
  once(event: string, listener: (value: unknown) => void): void;
  unref(): void;
  terminate(): Promise<unknown>;
}

function startNodeWorker({ Worker: Thread }: NodeThreads, tools: Tools): Promise<Worker> {
  // Without the flags of this process, which may load modules that only the main program needs.
  const worker = new Thread(PROGRAM, { eval: true, workerData: tools, execArgv: [] });
  return started(
    (ready, failed) => {
      worker.once("message", ready);
      worker.once("error", failed);
      worker.once("exit", (code) => failed(`it ended with ${String(code)}`));
    },
    () => worker.unref(),
    () => void worker.terminate(),
  );
}

/** The part of the browsers' API that is used here: TypeScript declares it only with the DOM's types. */
interface WebApi {
  readonly Worker?: new (address: string) => WebWorker;
  readonly Blob?: new (parts: string[], options: object) => object;
  readonly URL?: { createObjectURL?(blob: object): string; revokeObjectURL(address: string): void };
}

interface WebWorker {
  addEventListener(event: "message" | "error", listener: (event: { message?: string }) => void): void;
  postMessage(data: unknown): void;
  terminate(): void;
}

async function startWebWorker(tools: Tools): Promise<Worker> {
  const { Worker: Thread, Blob, URL } = globalThis as WebApi;
  if (Thread === undefined || Blob === undefined || URL?.createObjectURL === undefined)
    throw new Error("this host has no workers");
  const address = URL.createObjectURL(new Blob([PROGRAM], { type: "text/javascript" }));
  const worker = new Thread(address);
  return started(
    (ready, failed) => {
      worker.addEventListener("message", ready);
      // A content security policy that forbids the worker causes an error without a message.
      worker.addEventListener("error", ({ message }) =>
        failed(message ?? "the page's content security policy may lack worker-src blob:"),
      );
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's has none
      worker.postMessage(tools);
    },
    () => URL.revokeObjectURL(address),
    () => worker.terminate(),
  );
}

/** Waits for a worker's first message. */
function started(
  listen: (ready: () => void, failed: (why: unknown) => void) => void,
  then: () => void,
  terminate: () => void,
): Promise<Worker> {
  const { setTimeout, clearTimeout } = globalThis as {
    setTimeout?: (run: () => void, ms: number) => unknown;
    clearTimeout?: (timer: unknown) => void;
  };
  return new Promise((resolve, reject) => {
    const failed = (why: unknown): void => {
      clearTimeout?.(timer);
      terminate();
      reject(new Error(`the worker does not start: ${why instanceof Error ? why.message : String(why)}`));
    };
    const timer = setTimeout?.(() => failed(`no answer in ${START_MS / 1000} s`), START_MS);
    listen(() => {
      clearTimeout?.(timer);
      then();
      resolve({ terminate });
    }, failed);
  });
}
