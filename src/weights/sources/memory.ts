import { changedError } from "./errors.ts";
import type { BlobLike, ByteSource, OnBytes } from "./source.ts";

/** Bytes in memory that the caller holds. With `copy`, what is read does not change when they do. */
export function memorySource(bytes: Uint8Array, copy: boolean, onBytes: OnBytes): ByteSource {
  const size = bytes.length;
  return {
    name: "bytes",
    size,
    async read(begin, end, { label } = {}) {
      if (bytes.length !== size) throw changedError("bytes");
      onBytes(end - begin, label);
      return bytes[copy ? "slice" : "subarray"](begin, end);
    },
  };
}

/** A Blob or File: a reference to bytes that the host keeps where it likes. */
export function blobSource(blob: BlobLike, name: string, onBytes: OnBytes): ByteSource {
  return {
    name,
    size: blob.size,
    async read(begin, end, { label } = {}) {
      // A File whose file on disk was changed or removed can be read no more.
      const bytes = await blob
        .slice(begin, end)
        .arrayBuffer()
        .catch(() => new ArrayBuffer(0));
      if (bytes.byteLength !== end - begin) throw changedError(name);
      onBytes(end - begin, label);
      return new Uint8Array(bytes);
    },
  };
}

/** `x` as bytes: the same memory. */
export function toBytes(x: ArrayBufferLike | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(x) ? new Uint8Array(x.buffer, x.byteOffset, x.byteLength) : new Uint8Array(x);
}
