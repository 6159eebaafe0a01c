/** A module whose memory is imported as `env.memory`. */
export interface Relinked {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The minimum of its memory, in pages. */
  readonly pages: number;
}

/** The pages of 4 GiB, all that 32-bit addresses reach. */
export const MAXIMUM = 65536;

const IMPORT = 2;
const MEMORY = 5;
const ANY_SIZE = 0;
const SHARED_WITH_MAXIMUM = 3;
const HEADER = 8;

/**
 * Turns a module that defines its memory into one that imports it. The memory section is replaced by an import section;
 * every other byte stays. One set of kernels thus serves one thread and several.
 *
 * @param bytes a module with one memory and no imports
 * @param maximum how many pages the memory may grow to, where threads share it; undefined where they do not
 * @throws RangeError if the module has imports, or no memory of its own
 */
export function importMemory(bytes: Uint8Array<ArrayBuffer>, maximum: number | undefined): Relinked {
  const parts: Uint8Array[] = [bytes.subarray(0, HEADER)];
  let place = 1;
  let pages = -1;
  for (let at = HEADER; at < bytes.length;) {
    const id = bytes[at]!;
    const size = readNumber(bytes, at + 1);
    const end = size.end + size.value;
    if (id === IMPORT) throw new RangeError("importMemory: the module has imports");
    // The section: how many memories, then for each whether it has a maximum, and its minimum in pages.
    if (id === MEMORY) pages = readNumber(bytes, size.end + 2).value;
    else parts.push(bytes.subarray(at, end));
    if (id === 1) place = parts.length;
    at = end;
  }
  if (pages < 0) throw new RangeError("importMemory: the module has no memory");
  const limits =
    maximum === undefined ? [ANY_SIZE, ...number(pages)] : [SHARED_WITH_MAXIMUM, ...number(pages), ...number(maximum)];
  const entry = [1, ...name("env"), ...name("memory"), 2, ...limits];
  parts.splice(place, 0, Uint8Array.from([IMPORT, ...number(entry.length), ...entry]));
  return { bytes: concatenate(parts), pages };
}

/** An unsigned LEB128 number, and where it ends. */
function readNumber(bytes: Uint8Array, at: number): { value: number; end: number } {
  let value = 0;
  for (let factor = 1; ; factor *= 128) {
    const byte = bytes[at++]!;
    value += (byte & 127) * factor;
    if (byte < 128) return { value, end: at };
  }
}

function number(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...number(value >>> 7)];
}

function name(text: string): number[] {
  return [text.length, ...Array.from(text, (letter) => letter.charCodeAt(0))];
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
