import { joinBytes } from "../bytes.ts";
import type { LoadErrorPlace } from "../errors.ts";
import { LoadError } from "../errors.ts";
import { nodeModule } from "../sources/node.ts";

/**
 * The first `count` bytes that the deflate stream `input` unpacks to, or as many as there are.
 *
 * @throws LoadError `BadDeflate` if the stream is damaged or cut, `ZipUnsupported` where the host cannot inflate
 */
export async function inflate(
  input: AsyncIterable<Uint8Array>,
  count: number,
  place: LoadErrorPlace,
): Promise<Uint8Array> {
  const out = new Uint8Array(count);
  let size = 0;
  // What reading the input threw is not the stream's fault.
  let inputFailed: { error: unknown } | undefined;
  async function* watched() {
    try {
      yield* input;
    } catch (error) {
      inputFailed = { error };
      throw error;
    }
  }
  try {
    for await (const bytes of await inflated(watched())) {
      const part = bytes.subarray(0, count - size);
      out.set(part, size);
      size += part.length;
      if (size === count) break;
    }
  } catch (cause) {
    if (inputFailed !== undefined) throw inputFailed.error;
    if (cause instanceof LoadError) throw cause;
    throw new LoadError("BadDeflate", `damaged or cut: ${(cause as Error).message}`, place, { cause });
  }
  return out.subarray(0, size);
}

async function inflated(input: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  let stream: DecompressionStream;
  try {
    stream = new DecompressionStream("deflate-raw");
  } catch {
    return await inflatedByNode(input);
  }
  return throughStream(stream, input);
}

async function* throughStream(stream: DecompressionStream, input: AsyncIterable<Uint8Array>) {
  const reader = stream.readable.getReader();
  const writer = stream.writable.getWriter();
  const writing = (async () => {
    try {
      for await (const bytes of input) await writer.write(bytes as Uint8Array<ArrayBuffer>);
      await writer.close();
    } catch (error) {
      // The reader hears of it.
      await writer.abort(error).catch(() => {});
    }
  })();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value as Uint8Array;
    }
  } finally {
    await reader.cancel().catch(() => {});
    await writing;
  }
}

interface Zlib {
  createInflateRaw(): AsyncIterable<Uint8Array> & { end(bytes: Uint8Array): void };
}

/** Node before 20.12 has no stream of the web's for it. */
async function inflatedByNode(input: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const zlib = await nodeModule<Zlib>("node:zlib");
  if (zlib === undefined)
    throw new LoadError("ZipUnsupported", "this host has no DecompressionStream for deflate. Save it uncompressed");
  const parts: Uint8Array[] = [];
  for await (const bytes of input) parts.push(bytes);
  const stream = zlib.createInflateRaw();
  stream.end(joinBytes(parts));
  return stream;
}
