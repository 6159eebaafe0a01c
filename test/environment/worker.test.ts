import { beforeEach, describe, expect, it } from "vitest";
import {
  ARGUMENTS,
  BLOCK_BYTES,
  DONE,
  FAILED,
  MODULES,
  MODULES_BYTES,
  NEEDED,
  POLLERS,
  SCRATCH,
  SCRATCH_BYTES,
  SPANS,
  STOP,
  TABLE,
  TICKET,
  WAITERS,
  WIDTH,
} from "../../src/wasm/jobblock.ts";
import { PROGRAM } from "../../src/wasm/worker.ts";

const { add, compareExchange, load, store, sub } = Atomics;

let control: SharedArrayBuffer;
let modules: SharedArrayBuffer;
let words: Int32Array;
let args: Float64Array;
let ran: string[];
let now: number;
/** What happens in other threads before the exchange, call by call, and while the worker waits. */
let before: (() => void)[];
let whileWaiting: (timeout: number) => void;
let kernel: (...args: number[]) => void;

beforeEach(() => {
  control = new SharedArrayBuffer(BLOCK_BYTES);
  modules = new SharedArrayBuffer(MODULES_BYTES);
  words = new Int32Array(control);
  args = new Float64Array(control, ARGUMENTS);
  ran = [];
  now = 1;
  before = [];
  whileWaiting = stop;
  kernel = (first, second) => {
    ran.push(`${first} ${second}`);
    if (words[TICKET]! % 64 === 0) stop();
  };
});

function stop(): void {
  words[STOP] = 1;
}

/** Job `number`, with calls of the second kernel with arguments [number, 0], [number, 1] and so on. */
function publish(number: number, calls: number): void {
  for (let call = 0; call < calls; call++) {
    args.set([1, number, call], WIDTH * call);
    words.set([call, call + 1], SPANS + 2 * call);
  }
  words[NEEDED] = 2;
  words[TICKET] = 64 * number + calls;
}

/** What a module that came later exports: a kernel, and what takes scratch memory. */
function lateExports(bytes: Uint8Array): object {
  ran.push(`linked ${bytes.join()}`);
  return {
    late: (first: number, second: number) => {
      ran.push(`late ${bytes.join()}: ${first} ${second}`);
      if (bytes.length === 2) stop();
    },
    ...(bytes.length === 2 && { other: () => {} }),
    setScratch: (ptr: number) => ran.push(`scratch ${ptr}`),
  };
}

/** The worker's program, here and now, with the kernel as its module's second export. */
function work(): void {
  const exports = {
    matvecPanelsF32: () => ran.push("wrong kernel"),
    matmulPanelsF32: (...values: number[]) => kernel(...values),
  };
  class Instance {
    readonly exports;
    constructor(module: { late?: Uint8Array }) {
      this.exports = module.late === undefined ? exports : lateExports(module.late);
    }
  }
  class Module {
    readonly late: Uint8Array;
    constructor(bytes: Uint8Array) {
      this.late = bytes;
    }
  }
  const atomics = {
    add,
    load,
    store,
    sub,
    compareExchange(array: Int32Array, index: number, expected: number, replacement: number): number {
      before.shift()?.();
      return compareExchange(array, index, expected, replacement);
    },
    wait: (_array: Int32Array, _index: number, _value: number, timeout: number) => whileWaiting(timeout),
  };
  // oxlint-disable-next-line typescript/no-implied-eval -- the program is text
  const serve = new Function(
    "WebAssembly",
    "Atomics",
    "performance",
    "require",
    "onmessage",
    `${PROGRAM}; return serve;`,
  )({ Instance, Module }, atomics, { now: () => now++ }, undefined, undefined) as (
    tools: object,
    answer: (text: string) => void,
  ) => void;
  serve({ module: {}, modules, memory: {}, control, index: 2 }, (text) => ran.push(text));
}

describe("a worker", () => {
  it("takes the calls of a job from the last to the first, each once", () => {
    publish(5, 3);
    work();
    expect(ran).toEqual(["ready", "5 2", "5 1", "5 0"]);
    expect([words[DONE], words[TICKET]]).toEqual([3, 64 * 5]);
  });

  it("leaves a call to the thread that took it first", () => {
    publish(5, 3);
    before = [() => words[TICKET]!--];
    work();
    expect(ran).toEqual(["ready", "5 1", "5 0"]);
    expect(words[DONE]).toBe(2);
  });

  it("throws away what it read of a job that is over, and takes part in the next", () => {
    publish(5, 1);
    before = [() => publish(6, 2)];
    work();
    expect(ran).toEqual(["ready", "6 1", "6 0"]);
  });

  it("without work spins, then polls, then waits until it is notified", () => {
    const waits: number[] = [];
    whileWaiting = (timeout) => {
      waits.push(timeout);
      expect([words[POLLERS], words[WAITERS]]).toEqual(timeout === Infinity ? [0, 1] : [1, 0]);
      now += 40;
      if (timeout === Infinity) publish(7, 1);
    };
    work();
    expect(waits).toEqual([0.25, 0.25, 0.25, Infinity]);
    expect([words[POLLERS], words[WAITERS]]).toEqual([0, 0]);
    expect(ran).toEqual(["ready", "7 0"]);
  });

  it("links what has come before it takes calls that need it, and has scratch memory of its own", () => {
    new Int32Array(modules).set([4 * TABLE, 2, 4 * TABLE + 2, 1]);
    new Uint8Array(modules).set([7, 8, 9], 4 * TABLE);
    words[MODULES] = 2;
    words[SCRATCH] = 1000;
    args.set([5, 1, 2], 0);
    args.set([2, 3, 4], WIDTH);
    words.set([0, 2], SPANS);
    words[NEEDED] = 6;
    words[TICKET] = 64 * 5 + 1;
    work();
    const own = `scratch ${1000 + 2 * SCRATCH_BYTES}`;
    expect(ran).toEqual(["ready", "linked 7,8", own, "linked 9", own, own, "late 9: 1 2", "late 7,8: 3 4"]);
    expect(words[DONE]).toBe(1);
  });

  it("takes no call of a job that needs more than it has", () => {
    publish(5, 1);
    words[NEEDED] = 3;
    work();
    expect(ran).toEqual(["ready"]);
    expect([words[DONE], words[TICKET]]).toEqual([0, 64 * 5 + 1]);
  });

  it("that meets a trap says so, and ends", () => {
    publish(5, 2);
    kernel = () => {
      throw new Error("unreachable");
    };
    expect(work).toThrow("unreachable");
    expect([words[FAILED], words[DONE]]).toEqual([1, 0]);
  });
});
