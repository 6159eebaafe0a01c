import type { LoadErrorCode } from "../errors.ts";
import { LoadError } from "../errors.ts";
import { decodeUtf8 } from "../json.ts";
import type { CheckedSource } from "../sources/open.ts";

/** A member of a zip, by the central directory: it is what tells the truth. */
export interface ZipMember {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  /** Where its local header begins. */
  readonly offset: number;
}

const END_SIZE = 22;
const LOCATOR_SIZE = 20;
const END64_SIZE = 56;
const ENTRY_SIZE = 46;
export const LOCAL_SIZE = 30;

const MAX_MEMBERS = 100_000;

/** Deflate gives at most 1032 bytes for one. */
const MAX_RATIO = 1032;

/** A field or size that stands in a Zip64 record. */
const WIDE = 0xffff_ffff;

/** Where the directory is. */
interface Directory {
  readonly count: number;
  readonly offset: number;
  readonly size: number;
  /** Where the record behind it begins. */
  readonly end: number;
}

/** What reads the numbers of a record, little-endian. */
function fieldsOf(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    u16: (at: number) => view.getUint16(at, true),
    u32: (at: number) => view.getUint32(at, true),
    u64: (at: number) => Number(view.getBigUint64(at, true)),
  };
}

/** The members of the zip in `file`. @throws LoadError `NotZip`, `ZipMismatch`, `ZipUnsupported`, ... */
export async function readDirectory(file: CheckedSource): Promise<ZipMember[]> {
  const { name: source, read } = file;
  const { count, offset, size, end } = await findDirectory(file);
  check(
    offset + size === end && size >= count * ENTRY_SIZE,
    "its directory to end where its end record begins",
    source,
  );
  if (count > MAX_MEMBERS) throw new LoadError("LimitEntries", `${count} members, at most ${MAX_MEMBERS}`, { source });
  const bytes = await read(offset, end);
  const members = new Map<string, ZipMember>();
  let at = 0;
  for (let i = 0; i < count; i++) {
    const { member, length } = readEntry(bytes.subarray(at), source);
    const { name } = member;
    if (members.has(name)) throw new LoadError("DuplicateKey", "expected it once", { source, tensor: name });
    members.set(name, member);
    at += length;
  }
  check(at === size, `the ${count} members that are announced`, source);
  const sorted = [...members.values()].sort((a, b) => a.offset - b.offset);
  let free = 0;
  for (const { name, offset: begin, packedSize } of sorted) {
    check(begin >= free, "members apart from each other", source, name, "ZipOverlap");
    free = begin + LOCAL_SIZE + packedSize;
    check(free <= offset, "members before the directory", source, name);
  }
  return [...members.values()];
}

/** Finds the directory from the file's end: the last record whose comment fits exactly. */
async function findDirectory({ size: all, name: source, read }: CheckedSource): Promise<Directory> {
  const start = Math.max(0, all - END_SIZE - 0xffff - LOCATOR_SIZE);
  const { u16, u32, u64 } = fieldsOf(await read(start, all));
  for (let at = all - start - END_SIZE; at >= 0; at--) {
    if (u32(at) !== 0x06054b50 || start + at + END_SIZE + u16(at + 20) !== all) continue;
    const [disks, counts, count, size, offset] = [u32(at + 4), u16(at + 8), u16(at + 10), u32(at + 12), u32(at + 16)];
    const locator = at - LOCATOR_SIZE;
    if (locator >= 0 && u32(locator) === 0x07064b50 && (count === 0xffff || size === WIDE || offset === WIDE)) {
      const end = u64(locator + 8);
      check(end + END64_SIZE <= start + locator, "a Zip64 end record before its locator", source);
      const wide = fieldsOf(await read(end, end + END64_SIZE));
      check(wide.u32(0) === 0x06064b50, "a Zip64 end record", source);
      check(wide.u64(16) === 0, "one disk", source, undefined, "ZipUnsupported");
      return { count: wide.u64(32), size: wide.u64(40), offset: wide.u64(48), end };
    }
    check(disks === 0, "one disk", source, undefined, "ZipUnsupported");
    check(counts === count, "one number of members", source);
    return { count, size, offset, end: start + at };
  }
  throw new LoadError("NotZip", "expected a zip, got a file without its end record", { source });
}

function readEntry(bytes: Uint8Array, source: string): { member: ZipMember; length: number } {
  const { u16, u32, u64 } = fieldsOf(bytes);
  check(bytes.length >= ENTRY_SIZE && u32(0) === 0x02014b50, "an entry of the directory", source);
  const nameEnd = ENTRY_SIZE + u16(28);
  const extraEnd = nameEnd + u16(30);
  const length = extraEnd + u16(32);
  check(length <= bytes.length, "an entry inside the directory", source);
  const name = decodeName(bytes.subarray(ENTRY_SIZE, nameEnd), u16(8), source);
  const method = u16(10);
  if (u16(8) & 1 || (method !== 0 && method !== 8) || u16(34) !== 0) {
    const message = `expected method 0 or 8, not encrypted, on one disk, got method ${method} and flags ${u16(8)}`;
    throw new LoadError("ZipUnsupported", message, { source, tensor: name });
  }
  let at = nameEnd;
  while (at + 4 <= extraEnd && u16(at) !== 1) at += 4 + u16(at + 2);
  const wideEnd = at + 4 <= extraEnd ? Math.min(extraEnd, at + 4 + u16(at + 2)) : 0;
  at += 4;
  // The Zip64 field has those of the three, in this order, that are all ones.
  const [size, packedSize, offset] = [24, 20, 42].map((field) => {
    if (u32(field) !== WIDE || wideEnd === 0) return u32(field);
    check(at + 8 <= wideEnd, "its sizes in the Zip64 field", source, name);
    at += 8;
    return u64(at - 8);
  }) as [number, number, number];
  check(method !== 0 || packedSize === size, "one size of a stored member", source, name);
  const isPossible = size <= packedSize * MAX_RATIO + 100;
  check(isPossible, `at most ${MAX_RATIO} bytes for each of ${packedSize}, got ${size}`, source, name, "LimitBytes");
  return { member: { name, method, crc: u32(16), packedSize, size, offset }, length };
}

/** Without bit 11 names are of code page 437; NumPy sets it for whatever is not ASCII. */
function decodeName(raw: Uint8Array, flags: number, source: string): string {
  const name = flags & 0x800 ? decodeUtf8(raw, { source }) : String.fromCharCode(...raw);
  check(isRelative(name), "a relative name without ..", source, name, "PathRejected");
  return name;
}

/** Whether a name stays inside a folder, on every system. */
export function isRelative(name: string): boolean {
  return !/^\/|^[a-z]:\/|\\|\0|(?:^|\/)\.\.(?:\/|$)/i.test(name);
}

/**
 * Where the bytes of `member` begin, by its local header. Its sizes are not looked at: NumPy puts all ones or zeros
 * there, and the directory has them.
 *
 * @param local - the local header, its name included
 * @throws LoadError `ZipMismatch`
 */
export function dataStart({ name, method, offset }: ZipMember, local: Uint8Array, source: string): number {
  const { u16, u32 } = fieldsOf(local);
  check(local.length >= LOCAL_SIZE && u32(0) === 0x04034b50, "a local header", source, name);
  const nameEnd = LOCAL_SIZE + u16(26);
  const own = decodeName(local.subarray(LOCAL_SIZE, nameEnd), u16(6), source);
  check(own === name && u16(8) === method, "the name and method of the directory", source, name);
  return offset + nameEnd + u16(28);
}

function check(
  holds: boolean,
  what: string,
  source: string,
  tensor?: string,
  code: LoadErrorCode = "ZipMismatch",
): void {
  if (!holds) throw new LoadError(code, `expected ${what}`, { source, tensor });
}
