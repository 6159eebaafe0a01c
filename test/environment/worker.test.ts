import { beforeEach, describe, expect, it } from "vitest";
import {
  ARGUMENTS,
  BLOCK_BYTES,
  DONE,
  FAILED,
  KERNEL,
  POLLERS,
  STOP,
  TICKET,
  WAITERS,
  WIDTH,
} from "../../src/wasm/jobblock.ts";
import { PROGRAM } from "../../src/wasm/worker.ts";

const { add, compareExchange, load, store, sub } = Atomics;

let control: SharedArrayBuffer;
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

/** Job `number`, with calls of the arguments [number, 0], [number, 1] and so on. */
function publish(number: number, calls: number): void {
  for (let call = 0; call < calls; call++) args.set([number, call], WIDTH * call);
  words[TICKET] = 64 * number + calls;
}

/** The worker's program, here and now, with the kernel as its module's second export. */
function work(): void {
  const exports = {
    matvecPanelsF32: () => ran.push("wrong kernel"),
    matmulPanelsF32: (...values: number[]) => kernel(...values),
  };
  class Instance {
    readonly exports = exports;
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
  words[KERNEL] = 1;
  // oxlint-disable-next-line typescript/no-implied-eval -- the program is text
  const serve = new Function(
    "WebAssembly",
    "Atomics",
    "performance",
    "require",
    "onmessage",
    `${PROGRAM}; return serve;`,
  )({ Instance }, atomics, { now: () => now++ }, undefined, undefined) as (
    tools: object,
    answer: (text: string) => void,
  ) => void;
  serve({ module: {}, memory: {}, control }, (text) => ran.push(text));
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

  it("that meets a trap says so, and ends", () => {
    publish(5, 2);
    kernel = () => {
      throw new Error("unreachable");
    };
    expect(work).toThrow("unreachable");
    expect([words[FAILED], words[DONE]]).toEqual([1, 0]);
  });
});
