import type { LoadErrorPlace } from "../errors.ts";
import { LoadError } from "../errors.ts";
import { decodeUtf8 } from "../json.ts";
import type { CheckedSource } from "../sources/open.ts";

/** A member of a zip, by the central directory: it is what tells the truth. */
export interface ZipMember {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: 0 | 8;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  /** Where its local header begins. */
  readonly offset: number;
}

const END_SIZE = 22;
const END64_SIZE = 56;
const LOCATOR_SIZE = 20;
const ENTRY_SIZE = 46;
export const LOCAL_SIZE = 30;

const MAX_MEMBERS = 100_000;

/** Deflate gives at most 1032 bytes for one. */
const MAX_RATIO = 1032;

/** The members of the zip in `source`. @throws LoadError `NotZip`, `ZipMismatch`, `ZipUnsupported`, ... */
export async function readDirectory(source: CheckedSource): Promise<ZipMember[]> {
  const place = { source: source.name };
  const { count, offset, size, end } = await findDirectory(source);
  if (count > MAX_MEMBERS)
    throw new LoadError("LimitEntries", `expected at most ${MAX_MEMBERS} members, got ${count}`, place);
  if (offset + size !== end)
    throw mismatch(`expected the directory to end at ${end}, where its end record begins, got ${offset + size}`, place);
  const bytes = await source.read(offset, end);
  const members: ZipMember[] = [];
  for (let at = 0; at < size;) {
    if (members.length === count) throw mismatch(`expected ${count} members, got more`, place);
    const { member, next } = readEntry(bytes, at, { ...place, offset: offset + at });
    members.push(member);
    at = next;
  }
  if (members.length !== count) throw mismatch(`expected ${count} members, got ${members.length}`, place);
  checkNames(members, place);
  checkApart(members, offset, place);
  return members;
}

interface Directory {
  readonly count: number;
  readonly offset: number;
  readonly size: number;
  /** Where the record behind it begins. */
  readonly end: number;
}

/** Finds the directory from the file's end: the last record whose comment fits exactly. */
async function findDirectory(source: CheckedSource): Promise<Directory> {
  const place = { source: source.name };
  const start = Math.max(0, source.size - END_SIZE - 0xffff - LOCATOR_SIZE);
  const tail = viewOf(await source.read(start, source.size));
  for (let at = tail.byteLength - END_SIZE; at >= 0; at--) {
    if (tail.getUint32(at, true) !== 0x06054b50) continue;
    if (at + END_SIZE + tail.getUint16(at + 20, true) !== tail.byteLength) continue;
    const disks = tail.getUint16(at + 4, true) | tail.getUint16(at + 6, true);
    const count = tail.getUint16(at + 10, true);
    const size = tail.getUint32(at + 12, true);
    const offset = tail.getUint32(at + 16, true);
    if (count === 0xffff || size === 0xffff_ffff || offset === 0xffff_ffff) {
      const locator = at - LOCATOR_SIZE;
      if (locator >= 0 && tail.getUint32(locator, true) === 0x07064b50)
        return await readEnd64(source, toNumber(tail.getBigUint64(locator + 8, true), place), start + locator);
    }
    if (disks !== 0) throw new LoadError("ZipUnsupported", "a zip of several disks", place);
    if (tail.getUint16(at + 8, true) !== count) throw mismatch("two counts of members", place);
    return { count, size, offset, end: start + at };
  }
  throw new LoadError(
    "NotZip",
    "expected a zip (.npz), got a file without its end record: cut, or of another kind",
    place,
  );
}

async function readEnd64(source: CheckedSource, at: number, locator: number): Promise<Directory> {
  const place = { source: source.name, offset: at };
  if (at + END64_SIZE > locator) throw mismatch("expected a Zip64 end record before its locator", place);
  const view = viewOf(await source.read(at, at + END64_SIZE));
  if (view.getUint32(0, true) !== 0x06064b50) throw mismatch("expected a Zip64 end record", place);
  if (view.getUint32(16, true) !== 0 || view.getUint32(20, true) !== 0)
    throw new LoadError("ZipUnsupported", "a zip of several disks", place);
  const [count, size, offset] = [32, 40, 48].map((field) => toNumber(view.getBigUint64(field, true), place));
  return { count: count!, size: size!, offset: offset!, end: at };
}

function readEntry(bytes: Uint8Array, at: number, place: LoadErrorPlace): { member: ZipMember; next: number } {
  const view = viewOf(bytes);
  if (at + ENTRY_SIZE > bytes.length || view.getUint32(at, true) !== 0x02014b50)
    throw mismatch("expected an entry of the directory", place);
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const nameEnd = at + ENTRY_SIZE + view.getUint16(at + 28, true);
  const extraEnd = nameEnd + view.getUint16(at + 30, true);
  const next = extraEnd + view.getUint16(at + 32, true);
  if (next > bytes.length) throw mismatch("expected an entry inside the directory", place);
  const raw = bytes.subarray(at + ENTRY_SIZE, nameEnd);
  const name = decodeName(raw, (flags & 0x800) !== 0, place);
  const own = { ...place, tensor: name };
  if (flags & 1) throw new LoadError("ZipUnsupported", "the member is encrypted", own);
  if (method !== 0 && method !== 8)
    throw new LoadError("ZipUnsupported", `expected method 0 or 8, got ${method}. Save it with numpy.savez`, own);
  if (view.getUint16(at + 34, true) !== 0) throw new LoadError("ZipUnsupported", "a zip of several disks", own);
  let size = view.getUint32(at + 24, true);
  let packedSize = view.getUint32(at + 20, true);
  let offset = view.getUint32(at + 42, true);
  // The Zip64 field has those of the three, in this order, that are all ones.
  const wide = extraField(viewOf(bytes.subarray(nameEnd, extraEnd)), 1);
  let field = 0;
  const widened = (value: number): number => {
    if (value !== 0xffff_ffff || wide === undefined) return value;
    if (field + 8 > wide.byteLength) throw mismatch("expected the Zip64 field to have its sizes", own);
    field += 8;
    return toNumber(wide.getBigUint64(field - 8, true), own);
  };
  size = widened(size);
  packedSize = widened(packedSize);
  offset = widened(offset);
  if (method === 0 && packedSize !== size) throw mismatch(`expected ${size} stored bytes, got ${packedSize}`, own);
  if (size > packedSize * MAX_RATIO + 100)
    throw new LoadError("LimitBytes", `${packedSize} bytes cannot unpack to the ${size} that are announced`, own);
  return { member: { name, method, crc: view.getUint32(at + 16, true), packedSize, size, offset }, next };
}

function decodeName(raw: Uint8Array, utf8: boolean, place: LoadErrorPlace): string {
  // Without the bit it is code page 437; NumPy sets the bit for whatever is not ASCII.
  const name = utf8 ? decodeUtf8(raw, place) : String.fromCharCode(...raw);
  if (/^\/|^[a-z]:\/|\\|\0|(?:^|\/)\.\.(?:\/|$)/i.test(name))
    throw new LoadError("PathRejected", "expected a relative name without ..", { ...place, tensor: name });
  return name;
}

function extraField(extra: DataView, id: number): DataView | undefined {
  for (let at = 0; at + 4 <= extra.byteLength;) {
    const end = at + 4 + extra.getUint16(at + 2, true);
    if (end > extra.byteLength) return undefined;
    if (extra.getUint16(at, true) === id) return new DataView(extra.buffer, extra.byteOffset + at + 4, end - at - 4);
    at = end;
  }
  return undefined;
}

function checkNames(members: readonly ZipMember[], place: LoadErrorPlace): void {
  const names = new Set<string>();
  for (const { name } of members) {
    if (names.has(name)) throw new LoadError("DuplicateKey", "expected every name once", { ...place, tensor: name });
    names.add(name);
  }
}

/** @throws LoadError `ZipOverlap` or `ZipMismatch` unless the members lie one behind the other, before the directory */
function checkApart(members: readonly ZipMember[], directory: number, place: LoadErrorPlace): void {
  let end = 0;
  for (const { name, offset, packedSize } of [...members].sort((a, b) => a.offset - b.offset)) {
    const own = { ...place, tensor: name, offset };
    if (offset < end) throw new LoadError("ZipOverlap", `expected to begin at ${end} or later`, own);
    end = offset + LOCAL_SIZE + packedSize;
    if (end > directory) throw mismatch(`expected to end before the directory at ${directory}, got ${end}`, own);
  }
}

/**
 * Where the bytes of `member` begin, by its local header. Its sizes are not looked at: NumPy puts all ones or zeros
 * there, and the directory has them.
 *
 * @param local - the local header, its name included
 * @throws LoadError `ZipMismatch`
 */
export function dataOffset(member: ZipMember, local: Uint8Array, source: string): number {
  const place = { source, tensor: member.name, offset: member.offset };
  const view = viewOf(local);
  if (local.length < LOCAL_SIZE || view.getUint32(0, true) !== 0x04034b50)
    throw mismatch("expected a local header where the directory says", place);
  if (view.getUint16(8, true) !== member.method) throw mismatch("the local header has another method", place);
  const nameEnd = LOCAL_SIZE + view.getUint16(26, true);
  const utf8 = (view.getUint16(6, true) & 0x800) !== 0;
  if (nameEnd > local.length || decodeName(local.subarray(LOCAL_SIZE, nameEnd), utf8, place) !== member.name)
    throw mismatch("the local header has another name", place);
  return member.offset + nameEnd + view.getUint16(28, true);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function toNumber(value: bigint, place: LoadErrorPlace): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw mismatch(`expected a size below 2^53, got ${value}`, place);
  return Number(value);
}

function mismatch(message: string, place: LoadErrorPlace): LoadError {
  return new LoadError("ZipMismatch", message, place);
}
