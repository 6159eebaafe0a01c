import { nodeModule } from "../../base/index.ts";
import { allocate } from "../bytes.ts";
import type { LoadErrorPlace } from "../errors.ts";
import { LoadError } from "../errors.ts";

/**
 * The first `count` bytes that the deflate stream `input` unpacks to, or as many as there are.
 *
 * @param expected - how many are likely; more is allocated when they come, for an announced size may be a lie
 * @throws LoadError `BadDeflate` if the stream is damaged or cut
 */
export async function inflate(
  input: AsyncIterable<Uint8Array>,
  count: number,
  expected: number,
  place: LoadErrorPlace,
): Promise<Uint8Array> {
  let out = allocate(Math.min(count, expected), place);
  let size = 0;
  let failed: unknown;
  // What reading the input threw is not the stream's fault.
  async function* watched() {
    try {
      yield* input;
    } catch (error) {
      failed = { error };
      throw error;
    }
  }
  try {
    for await (const bytes of inflated(watched())) {
      const part = bytes.subarray(0, count - size);
      if (size + part.length > out.length) {
        const grown = allocate(Math.min(count, 2 * (size + part.length)), place);
        grown.set(out);
        out = grown;
      }
      out.set(part, size);
      size += part.length;
      if (size === count) break;
    }
  } catch (cause) {
    if (failed) throw (failed as { error: unknown }).error;
    if (cause instanceof LoadError) throw cause;
    throw new LoadError("BadDeflate", (cause as Error).message, place, { cause });
  }
  return out.subarray(0, size);
}

interface Zlib {
  createInflateRaw(): AsyncIterable<Uint8Array> & { write(bytes: Uint8Array): void; end(): void };
}

async function* inflated(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let stream: DecompressionStream;
  try {
    stream = new DecompressionStream("deflate-raw");
  } catch {
    // Node before 20.12 has none.
    const inflate = (await nodeModule<Zlib>("node:zlib"))!.createInflateRaw();
    for await (const bytes of input) inflate.write(bytes);
    inflate.end();
    return yield* inflate;
  }
  const reader = stream.readable.getReader();
  const writer = stream.writable.getWriter();
  const writing = (async () => {
    for await (const bytes of input) await writer.write(bytes as Uint8Array<ArrayBuffer>);
    await writer.close();
    // The reader hears of a failure.
  })().catch((error: unknown) => writer.abort(error).catch(() => {}));
  try {
    for (let step; !(step = await reader.read()).done;) yield step.value;
  } finally {
    await reader.cancel().catch(() => {});
    await writing;
  }
}
