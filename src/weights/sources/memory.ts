import { LoadError } from "../errors.ts";
import type { ByteSource } from "./source.ts";

/** Bytes in memory that the caller holds. With `copy`, what is read does not change when they do. */
export function memorySource(bytes: Uint8Array, name: string, copy: boolean): ByteSource {
  const size = bytes.length;
  return {
    name,
    size,
    async read(begin, end) {
      if (bytes.length !== size)
        throw new LoadError("StateChanged", "expected the bytes that were given, got a detached buffer", {
          source: name,
        });
      return copy ? new Uint8Array(bytes.subarray(begin, end)) : bytes.subarray(begin, end);
    },
    sibling: () => undefined,
    async close() {},
  };
}

/** `x` as bytes: the same memory. */
export function toBytes(x: ArrayBufferLike | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(x) ? new Uint8Array(x.buffer, x.byteOffset, x.byteLength) : new Uint8Array(x);
}
