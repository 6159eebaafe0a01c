import { vi } from "vitest";

/** A call that fails, after the class and the whole first line of its error: `RangeError: fn: "arg" expected ...`. */
export type Failure = readonly [message: string, call: () => unknown];

/** The class and the first line of an error's message. */
export function headline(error: unknown): string {
  if (!(error instanceof Error)) return `no error: ${String(error)}`;
  return `${error.name}: ${error.message.split("\n")[0]}`;
}

type Library = typeof import("../../src/index.ts");

/** Runs `call` on a copy of the library that was loaded after `patch` changed its world. */
export async function onHost(patch: () => void, call: (library: Library) => unknown): Promise<unknown> {
  vi.resetModules();
  patch();
  try {
    return call(await import("../../src/index.ts"));
  } finally {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    vi.resetModules();
  }
}

/** Runs `call` on a copy of the library that the engine gives no float32 arrays any more. */
export function withoutRoom(call: (library: Library) => unknown): Promise<unknown> {
  let room = true;
  class Limited extends Float32Array {
    constructor(...args: [number]) {
      if (!room) throw new RangeError("Array buffer allocation failed");
      super(...args);
    }
  }
  return onHost(
    () => vi.stubGlobal("Float32Array", Limited),
    (library) => {
      room = false;
      return call(library);
    },
  );
}
