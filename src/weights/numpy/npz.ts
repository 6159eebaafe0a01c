import { joinBytes } from "../bytes.ts";
import { LoadError } from "../errors.ts";
import type { TensorEntry } from "../lazyfile.ts";
import { inParallel } from "../parallel.ts";
import type { CheckedSource } from "../sources/open.ts";
import { crc32 } from "./crc32.ts";
import type { VoidAs } from "./header.ts";
import { npyStart, parseNpyHeader } from "./header.ts";
import { inflate } from "./inflate.ts";
import { checkLength, elementsOf } from "./npy.ts";
import type { ZipMember } from "./zip.ts";
import { dataStart, LOCAL_SIZE, readDirectory } from "./zip.ts";

/** Read with a local header: its name and fields, and the .npy's own header, which is mostly 128 bytes. */
const FIRST_READ = 1024;
const USUAL_HEAD = 512;
const PIECE = 2 ** 20;

/** Members that are looked into at once; over HTTP the requests are fewer still. */
const AT_ONCE = 64;

export interface NpzOptions {
  /** What raw bytes of two are: NumPy writes the bfloat16 of JAX as `V2` and loses the type. */
  readonly voidAs?: VoidAs;
  /** The most bytes that a member of a .npz may unpack to; default 4 GiB. */
  readonly maxBytes?: number | undefined;
}

/**
 * The arrays of the .npz in `file`; the headers of all are read now. Members that are no .npy
 * are left out. @throws LoadError
 */
export async function openNpz(file: CheckedSource, options: NpzOptions): Promise<ReadonlyMap<string, TensorEntry>> {
  const { voidAs, maxBytes = 2 ** 32 } = options;
  const members = (await readDirectory(file)).filter(({ name }) => name.endsWith(".npy"));
  // In the directory's order, whichever answers first.
  const entries = new Map(members.map(({ name }) => [name.slice(0, -4), undefined! as TensorEntry]));
  await inParallel(members, AT_ONCE, async (member) => {
    if (member.size > maxBytes) {
      const message = `expected at most ${maxBytes} bytes, got ${member.size}`;
      throw new LoadError("LimitBytes", message, { source: file.name, tensor: member.name });
    }
    entries.set(member.name.slice(0, -4), await openMember(file, member, voidAs));
  });
  return entries;
}

async function openMember(file: CheckedSource, member: ZipMember, voidAs: VoidAs): Promise<TensorEntry> {
  const { name: source, read } = file;
  const { offset, packedSize, size, method, crc } = member;
  const label = member.name.slice(0, -4);
  const place = { source, tensor: label };
  const local = await read(offset, Math.min(file.size, offset + LOCAL_SIZE + FIRST_READ));
  const begin = dataStart(member, local, source);
  const end = begin + packedSize;

  /** The packed bytes in pieces, those that came with the local header first. */
  async function* packed(signal?: AbortSignal) {
    const there = local.subarray(begin - offset, end - offset);
    yield there;
    for (let at = begin + there.length; at < end; at += PIECE)
      yield await read(at, Math.min(at + PIECE, end), { signal, label });
  }

  /** What the .npy's own header says that it has. */
  let likely = USUAL_HEAD;

  /** The first `count` bytes, or all that are announced. */
  async function unpacked(count: number, signal?: AbortSignal): Promise<Uint8Array> {
    if (method === 8) return await inflate(packed(signal), count, likely, place);
    if (count >= size) return await read(begin, end, { signal, label });
    const parts: Uint8Array[] = [];
    let missing = count;
    for await (const bytes of packed(signal)) {
      parts.push(bytes.subarray(0, missing));
      if ((missing -= bytes.length) <= 0) break;
    }
    return joinBytes(parts);
  }

  async function whole(signal?: AbortSignal): Promise<Uint8Array> {
    const bytes = await unpacked(size + 1, signal);
    if (bytes.length > size)
      throw new LoadError("LimitBytes", `expected the ${size} bytes that are announced, got more`, place);
    const sum = crc32(bytes);
    if (sum !== crc) throw new LoadError("CrcMismatch", `expected CRC-32 ${crc}, got ${sum}`, place);
    return bytes;
  }

  try {
    let head = await unpacked(Math.min(size, USUAL_HEAD));
    const start = Math.min(size, npyStart(head, place));
    if (start > head.length) head = await unpacked(start);
    const header = parseNpyHeader(head, voidAs, place);
    // A member that announces too little is told when it is unpacked: it may lie about that.
    if (method === 0 || start + header.info.bytes < size) checkLength(header, size, place);
    likely = start + header.info.bytes;
    const load: TensorEntry["load"] = async (signal) => {
      const bytes = await whole(signal);
      checkLength(header, bytes.length, place);
      return elementsOf(bytes.subarray(start), header);
    };
    return { ...header.info, load };
  } catch (error) {
    // Bytes that were damaged on the way are no mistake of who wrote them.
    await whole();
    throw error;
  }
}
