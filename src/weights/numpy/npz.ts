import { joinBytes } from "../bytes.ts";
import type { LoadErrorPlace } from "../errors.ts";
import { LoadError } from "../errors.ts";
import type { TensorEntry } from "../lazyfile.ts";
import { inParallel } from "../parallel.ts";
import type { CheckedSource } from "../sources/open.ts";
import { crc32 } from "./crc32.ts";
import type { NpyHeader, VoidAs } from "./header.ts";
import { npyHeadSize, parseNpyHeader } from "./header.ts";
import { inflate } from "./inflate.ts";
import { checkLength, elementsOf } from "./npy.ts";
import type { ZipMember } from "./zip.ts";
import { dataOffset, LOCAL_SIZE, readDirectory } from "./zip.ts";

/** Read with a local header: its name and fields, and the .npy's own header, which is mostly 128 bytes. */
const FIRST_READ = 1024;
const USUAL_HEAD = 512;
const PIECE = 2 ** 20;

/** Members that are looked into at once; over HTTP the requests are fewer still. */
const AT_ONCE = 64;

export interface NpzOptions {
  readonly voidAs?: VoidAs;
  /** The most bytes that a member may unpack to; default 4 GiB. */
  readonly maxBytes?: number | undefined;
}

/** The arrays of the .npz in `source`; the headers of all are read now. @throws LoadError */
export async function openNpz(source: CheckedSource, options: NpzOptions): Promise<ReadonlyMap<string, TensorEntry>> {
  const { voidAs, maxBytes = 2 ** 32 } = options;
  const members = new Map<string, ZipMember>();
  for (const member of await readDirectory(source)) {
    // Others are left out, as a readme.
    if (!member.name.endsWith(".npy")) continue;
    const name = member.name.slice(0, -".npy".length);
    const place = { source: source.name, tensor: name };
    if (member.size > maxBytes)
      throw new LoadError("LimitBytes", `expected at most ${maxBytes} bytes, got ${member.size}`, place);
    members.set(name, member);
  }
  const entries = new Map<string, TensorEntry>();
  // So that they stay in the directory's order, whichever answers first.
  for (const name of members.keys()) entries.set(name, undefined!);
  await inParallel(members, AT_ONCE, async ([name, member]) => {
    entries.set(name, await openMember(source, name, member, voidAs));
  });
  return entries;
}

async function openMember(
  source: CheckedSource,
  name: string,
  member: ZipMember,
  voidAs: VoidAs,
): Promise<TensorEntry> {
  const place = { source: source.name, tensor: name };
  const local = await source.read(member.offset, Math.min(source.size, member.offset + LOCAL_SIZE + FIRST_READ));
  const begin = dataOffset(member, local, source.name);
  const end = begin + member.packedSize;
  if (end > source.size) throw new LoadError("ZipMismatch", `expected to end inside the file`, place);

  /** The packed bytes in pieces, those that came with the local header first. */
  async function* packed(signal?: AbortSignal) {
    const there = local.subarray(begin - member.offset, end - member.offset);
    if (there.length > 0) yield there;
    for (let at = begin + there.length; at < end; at += PIECE)
      yield await source.read(at, Math.min(at + PIECE, end), { signal, label: name });
  }

  const whole = async (signal?: AbortSignal): Promise<Uint8Array> => {
    const bytes =
      member.method === 0
        ? await source.read(begin, end, { signal, label: name })
        : await inflateWhole(member, packed(signal), place);
    const sum = crc32(bytes);
    if (sum !== member.crc)
      throw new LoadError("CrcMismatch", `expected CRC-32 ${hex(member.crc)}, got ${hex(sum)}: damaged`, place);
    return bytes;
  };

  let header: NpyHeader;
  try {
    header = parseNpyHeader(await unpackedHead(member, packed, place), member.size, voidAs, place);
    // A member that announces too little is told when it is unpacked: it may lie about that.
    if (member.method === 0 || header.dataOffset + header.bytes < member.size) checkLength(header, member.size, place);
  } catch (error) {
    // Bytes that were damaged on the way are no mistake of who wrote them.
    await whole();
    throw error;
  }

  const load: TensorEntry["load"] = async (signal) => {
    const bytes = await whole(signal);
    checkLength(header, bytes.length, place);
    return elementsOf(bytes.subarray(header.dataOffset), header);
  };
  return { ...infoOf(header), load };
}

function infoOf({ dtype, shape, bytes }: NpyHeader): Pick<NpyHeader, "dtype" | "shape" | "bytes"> {
  return { dtype, shape, bytes };
}

/** The first bytes of a member, its .npy header among them. */
async function unpackedHead(
  member: ZipMember,
  packed: () => AsyncIterable<Uint8Array>,
  place: LoadErrorPlace,
): Promise<Uint8Array> {
  const first = await unpacked(member, packed(), USUAL_HEAD, place);
  const size = npyHeadSize(first);
  return size <= first.length ? first : await unpacked(member, packed(), size, place);
}

/** The first `count` bytes of a member, or all that it announces. */
async function unpacked(
  member: ZipMember,
  packed: AsyncIterable<Uint8Array>,
  count: number,
  place: LoadErrorPlace,
): Promise<Uint8Array> {
  const wanted = Math.min(member.size, count);
  if (member.method === 8) return await inflate(packed, wanted, place);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const bytes of packed) {
    parts.push(bytes.subarray(0, wanted - size));
    size += bytes.length;
    if (size >= wanted) break;
  }
  return joinBytes(parts);
}

async function inflateWhole(
  member: ZipMember,
  packed: AsyncIterable<Uint8Array>,
  place: LoadErrorPlace,
): Promise<Uint8Array> {
  const bytes = await inflate(packed, member.size + 1, place);
  if (bytes.length > member.size)
    throw new LoadError("LimitBytes", `unpacks to more than the ${member.size} bytes that are announced`, place);
  return bytes;
}

function hex(sum: number): string {
  return sum.toString(16).padStart(8, "0");
}
