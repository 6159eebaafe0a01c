import type { LoadErrorPlace } from "./errors.ts";
import { LoadError } from "./errors.ts";

/** Room for `size` bytes. @throws LoadError `LimitBytes` if the engine has none */
export function allocate(size: number, place: LoadErrorPlace): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(size);
  } catch (cause) {
    throw new LoadError("LimitBytes", `cannot allocate ${size} bytes: ${(cause as Error).message}`, place, { cause });
  }
}

/** `parts` one after the other. */
export function joinBytes(parts: readonly ArrayLike<number>[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
