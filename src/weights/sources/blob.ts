import { LoadError } from "../errors.ts";
import type { BlobLike, ByteSource, OnBytes } from "./source.ts";

/** A Blob or File: a reference to bytes that the host keeps where it likes. */
export function blobSource(blob: BlobLike, name: string, onBytes: OnBytes): ByteSource {
  return {
    name,
    size: blob.size,
    async read(begin, end, { signal, label } = {}) {
      let bytes: Uint8Array;
      try {
        bytes = new Uint8Array(await blob.slice(begin, end).arrayBuffer());
      } catch (cause) {
        // A File whose file on disk was changed or removed can be read no more.
        throw new LoadError("StateChanged", "the file can be read no more", { source: name, offset: begin }, { cause });
      }
      signal?.throwIfAborted();
      if (bytes.length !== end - begin)
        throw new LoadError("StateChanged", `expected ${end - begin} bytes, got ${bytes.length}`, { source: name });
      onBytes(bytes.length, label);
      return bytes;
    },
    sibling: () => undefined,
    async close() {},
  };
}
