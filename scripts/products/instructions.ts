/** What decoding needs to know of each WebAssembly instruction. Source: the core specification, appendix "Index". */

/** One instruction of a function. */
export interface Instruction {
  /** Where its first byte is. */
  readonly at: number;
  readonly end: number;
  /** The opcode; behind the prefixes 0xfc and 0xfd that of the prefix times 256 plus the second one. */
  readonly code: number;
  /** Its first immediate, where that is an index or a type. */
  readonly index: number;
}

export const UNREACHABLE = 0x00;
export const BLOCK = 0x02;
export const LOOP = 0x03;
export const IF = 0x04;
export const ELSE = 0x05;
export const END = 0x0b;
export const BRANCH = 0x0c;
export const BRANCH_TABLE = 0x0e;
export const RETURN = 0x0f;
export const CALL = 0x10;
export const LOCAL_GET = 0x20;
export const LOCAL_SET = 0x21;
export const LOCAL_TEE = 0x22;
export const F32_ADD = 0x92;
export const F32_SUB = 0x93;
export const F32_MUL = 0x94;
const MORE = 0xfc00;
const SIMD = 0xfd00;
export const F32X4_ADD: number = SIMD + 0xe4;
export const F32X4_SUB: number = SIMD + 0xe5;
export const F32X4_MUL: number = SIMD + 0xe6;

/** An unsigned LEB128 number at `at`, and where it ends. Behind the last byte it is 0: not every operation has one. */
export function number(bytes: Uint8Array, at: number): { value: number; end: number } {
  let value = 0;
  for (let factor = 1; ; factor *= 128) {
    const byte = bytes[at++] ?? 0;
    value += (byte & 127) * factor;
    if (byte < 128) return { value, end: at };
  }
}

/** The instruction at `at`. @throws Error for one that is not known here */
export function instruction(bytes: Uint8Array, at: number): Instruction {
  let code = bytes[at]!;
  let from = at + 1;
  if (code === 0xfc || code === 0xfd) {
    const second = number(bytes, from);
    code = code * 256 + second.value;
    from = second.end;
  }
  const { value: index, end } = number(bytes, from);
  return { at, end: immediatesEnd(bytes, code, from, end), code, index };
}

/** Where the immediates from `from` on end, of which the first, read as a number, ends at `first`. */
function immediatesEnd(bytes: Uint8Array, code: number, from: number, first: number): number {
  const second = (): number => number(bytes, first).end;
  if (code >= SIMD) {
    const op = code - SIMD;
    if (op <= 0x0b || op === 0x5c || op === 0x5d) return second();
    if (op === 0x0c || op === 0x0d) return from + 16;
    if (op >= 0x15 && op <= 0x22) return from + 1;
    return op >= 0x54 && op <= 0x5b ? second() + 1 : from;
  }
  if (code >= MORE) {
    const op = code - MORE;
    if (op <= 7) return from;
    if (op === 0x0a) return second();
    if (op === 0x0b) return first;
    throw unknown(code);
  }
  if ((code >= BLOCK && code <= IF) || code === BRANCH || code === BRANCH + 1 || code === CALL) return first;
  if (code === BRANCH_TABLE) {
    let end = first;
    for (let left = number(bytes, from).value; left >= 0; left--) ({ end } = number(bytes, end));
    return end;
  }
  if (code >= LOCAL_GET && code <= 0x24) return first;
  if (code >= 0x28 && code <= 0x3e) return second();
  if (code >= 0x3f && code <= 0x42) return first;
  if (code === 0x43) return from + 4;
  if (code === 0x44) return from + 8;
  const isPlain = code <= 0x01 || code === ELSE || code === END || code === RETURN || code === 0x1a || code === 0x1b;
  if (isPlain || (code >= 0x45 && code <= 0xc4)) return from;
  throw unknown(code);
}

/** How many values an instruction takes from the stack, and how many it puts there: all but control and calls. */
export function effect(code: number): readonly [pops: number, pushes: number] {
  if (code >= SIMD) return simdEffect(code - SIMD);
  if (code >= MORE) return code - MORE <= 7 ? [1, 1] : [3, 0];
  if (code === 0x01 || code === 0x00) return [0, 0];
  if (code === 0x1a || code === LOCAL_SET || code === 0x24 || code === IF) return [1, 0];
  if (code === BRANCH + 1 || code === BRANCH_TABLE) return [1, 0];
  if (code === 0x1b) return [3, 1];
  if (code === LOCAL_TEE || code === 0x40 || (code >= 0x28 && code <= 0x35)) return [1, 1];
  if (code >= 0x36 && code <= 0x3e) return [2, 0];
  if (code === LOCAL_GET || code === 0x23 || (code >= 0x3f && code <= 0x44)) return [0, 1];
  return isUnary(code) ? [1, 1] : [2, 1];
}

/** Each pair: the first and the last opcode of a range of operations of one operand. */
const UNARY = [0x45, 0x45, 0x50, 0x50, 0x67, 0x69, 0x79, 0x7b, 0x8b, 0x91, 0x99, 0x9f, 0xa7, 0xc4];
const SIMD_UNARY = [
  0x00, 0x0a, 0x0f, 0x16, 0x18, 0x19, 0x1b, 0x1b, 0x1d, 0x1d, 0x1f, 0x1f, 0x21, 0x21, 0x4d, 0x4d, 0x53, 0x53, 0x5c,
  0x64, 0x67, 0x6a, 0x74, 0x75, 0x7a, 0x7a, 0x7c, 0x81, 0x83, 0x84, 0x87, 0x8a, 0x94, 0x94, 0xa0, 0xa4, 0xa7, 0xaa,
  0xc0, 0xc4, 0xc7, 0xca, 0xe0, 0xe3, 0xec, 0xef, 0xf8, 0xff,
];

function isUnary(code: number): boolean {
  return within(UNARY, code);
}

function simdEffect(op: number): readonly [pops: number, pushes: number] {
  if (op === 0x0b || (op >= 0x58 && op <= 0x5b)) return [2, 0];
  if (op === 0x0c) return [0, 1];
  if (op === 0x52) return [3, 1];
  if (op > 0xff) throw unknown(SIMD + op);
  return within(SIMD_UNARY, op) ? [1, 1] : [2, 1];
}

function within(ranges: readonly number[], code: number): boolean {
  return ranges.some((first, i) => i % 2 === 0 && code >= first && code <= ranges[i + 1]!);
}

function unknown(code: number): Error {
  return new Error(`wasm: the instruction 0x${code.toString(16)} is not known here`);
}
