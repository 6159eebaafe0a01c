/**
 * The kernels' module as text that JavaScript can carry. It is ASCII, so that no charset can spoil it, and a frequent
 * byte is one character: so what bytes have in common survives, and the text gzips as small as the bytes themselves.
 *
 * The operands of local.get, local.set and local.tee have a text of their own. Two kernels that do the same to other
 * locals are then the same text, which makes a module an eighth smaller when it is gzipped.
 *
 * Texts are of symbols. The first 88 are a character each; any other is `}` or `~` and a character.
 */

/** The kernels' module as the build writes it. */
export interface Payload {
  /** The instructions. The first three symbols are those of locals without their operand, the others are bytes. */
  readonly TEXT: string;
  /** The first byte of the operand of each instruction of a local; the symbols are the bytes ascending. */
  readonly LOCALS: string;
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

/** All bytes, ascending: what the symbols of `Payload.LOCALS` stand for. */
export const BYTES: readonly number[] = Array.from({ length: 256 }, (_, byte) => byte);

/** Added to the opcode of an instruction whose operand is in the other text. */
export const LOCAL = 256;
/** local.get, local.set and local.tee. */
export const LOCAL_INSTRUCTIONS: readonly number[] = [LOCAL + 0x20, LOCAL + 0x21, LOCAL + 0x22];

/** What the symbols of `Payload.TEXT` stand for: the instructions of locals, the frequent bytes, the other ones. */
export function symbolsOf(frequent: string): number[] {
  const singles = [...LOCAL_INSTRUCTIONS];
  const pairs: number[] = [];
  for (let byte = 0; byte < 256; byte++)
    ((parseInt(frequent[byte >> 2]!, 16) >> (byte & 3)) & 1 ? singles : pairs).push(byte);
  return [...singles, ...pairs];
}

/**
 * The bytes of a module; undefined where there are more or fewer than there should be. One loop for both texts: at
 * start-up most of its time passes before the engine has compiled it.
 */
export function decodePayload({ TEXT, LOCALS, FREQUENT, LENGTH }: Payload): Uint8Array<ArrayBuffer> | undefined {
  const symbols = tableOf(symbolsOf(FREQUENT));
  const operands = tableOf(BYTES);
  const bytes = new Uint8Array(LENGTH);
  let at = 0;
  let page = 0;
  let local = 0;
  for (let i = 0; i < TEXT.length; i++) {
    const code = TEXT.charCodeAt(i);
    if (code >= PREFIX) {
      page = pageBehind(code);
      continue;
    }
    const symbol = symbols[page + code]!;
    page = 0;
    bytes[at++] = symbol;
    if (symbol < LOCAL) continue;
    const first = LOCALS.charCodeAt(local++);
    const place = first < PREFIX ? first : pageBehind(first) + LOCALS.charCodeAt(local++);
    bytes[at++] = operands[place]!;
  }
  return at === LENGTH && local === LOCALS.length ? bytes : undefined;
}

/** What a character stands for: entry `code` alone, `128 + code` after `}`, `256 + code` after `~`. */
function tableOf(values: readonly number[]): Uint16Array {
  const table = new Uint16Array(384);
  values.forEach((value, place) => {
    table[Math.floor(place / CHARACTERS.length) * 128 + CHARACTERS[place % CHARACTERS.length]!] = value;
  });
  return table;
}

function pageBehind(prefix: number): number {
  return (prefix - PREFIX + 1) << 7;
}
