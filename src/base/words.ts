/** The high 32 bits of an integer from 0 to 2^53 - 1, as uint32. */
export function highWord(n: number): number {
  return (n / 0x1_0000_0000) >>> 0;
}

/** The low 32 bits of an integer from 0 to 2^53 - 1, as uint32. */
export function lowWord(n: number): number {
  return n >>> 0;
}
