/** CRC-32C (Castagnoli), reflected. */
const POLYNOMIAL = 0x82f63b78;
/** Bytes that one round of the loop takes, each by a table of its own ("slicing by 4"). */
const SLICES = 4;

/** Table `k` at `k * 256 + byte`: the checksum of `byte` followed by `k` zeros. Made on first use. */
let tables: Uint32Array | undefined;

/**
 * The CRC-32C checksum of `bytes`, as an unsigned 32-bit integer.
 *
 * Source: RFC 3720, appendix B.4.
 */
export function crc32c(bytes: Uint8Array): number {
  tables ??= makeTables();
  const t = tables;
  const fast = bytes.length - (bytes.length % SLICES);
  let crc = -1;
  let i = 0;
  for (; i < fast; i += SLICES) {
    crc ^= bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
    crc = t[768 + (crc & 255)]! ^ t[512 + ((crc >>> 8) & 255)]! ^ t[256 + ((crc >>> 16) & 255)]! ^ t[crc >>> 24]!;
  }
  for (; i < bytes.length; i++) crc = t[(crc ^ bytes[i]!) & 255]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

function makeTables(): Uint32Array {
  const t = new Uint32Array(SLICES * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    t[byte] = crc;
  }
  for (let i = 256; i < t.length; i++) t[i] = t[t[i - 256]! & 255]! ^ (t[i - 256]! >>> 8);
  return t;
}
