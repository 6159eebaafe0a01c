/**
 * The kernels' module as text that JavaScript can carry. It is ASCII, so that no charset can spoil it, and one byte is one
 * character where the byte is frequent. So what bytes have in common survives: it gzips as small as the bytes themselves,
 * 14.6 KiB, where hexadecimal takes 16.1 and base64 more (46.5 KiB of kernels).
 *
 * A frequent byte is a character. Any other is `}` or `~` and a character. Which bytes are frequent is written as 256 bits.
 */

/** The kernels' module as the build writes it. */
export interface Payload {
  readonly TEXT: string;
  /** Bit x is whether the byte x is one character: 64 hexadecimal digits, the lowest bits of the first one first. */
  readonly FREQUENT: string;
  /** How many bytes there are. */
  readonly LENGTH: number;
  /** Their FNV-1a checksum. */
  readonly FNV1A: number;
}

/** From here on a character is a prefix: `}` or `~`. */
const PREFIX = 125;

/** Printable ASCII below the prefixes, without what strings or inline scripts would need escaped. */
export const CHARACTERS: readonly number[] = Array.from({ length: PREFIX - 32 }, (_, i) => 32 + i).filter(
  (code) => !'"$\\`<'.includes(String.fromCharCode(code)),
);

/** The byte that each character stands for: entry `code` alone, `128 + code` after `}`, `256 + code` after `~`. */
export function byteTable(frequent: string): Uint8Array {
  const table = new Uint8Array(384);
  let singles = 0;
  let pairs = 0;
  for (let byte = 0; byte < 256; byte++) {
    const isFrequent = (parseInt(frequent[byte >> 2]!, 16) >> (byte & 3)) & 1;
    const place = isFrequent === 1 ? singles++ : CHARACTERS.length + pairs++;
    const page = Math.floor(place / CHARACTERS.length);
    table[page * 128 + CHARACTERS[place % CHARACTERS.length]!] = byte;
  }
  return table;
}

/** The bytes of `text`, of which there should be `length`; undefined where there are more or fewer. */
export function decodeText(text: string, frequent: string, length: number): Uint8Array<ArrayBuffer> | undefined {
  const table = byteTable(frequent);
  const bytes = new Uint8Array(length);
  let at = 0;
  let page = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= PREFIX) {
      page = (code - PREFIX + 1) << 7;
    } else {
      bytes[at++] = table[page + code]!;
      page = 0;
    }
  }
  return at === length ? bytes : undefined;
}
