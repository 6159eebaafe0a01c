/**
 * threefry2x32 with 20 rounds, the block function under all of jax.random.
 *
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011);
 * JAX 0.10.2 `jax/_src/random/threefry2x32.py` (`_threefry2x32_lowering`).
 */

/** The key schedule's parity word, 466688986. */
const PARITY = 0x1bd11bda;

/** The two words y0, y1 of the last block hashed: a result without an allocation. */
export const hashed = new Uint32Array(2);

function rotl(x: number, r: number): number {
  return (x << r) | (x >>> (32 - r));
}

/**
 * Hashes the counter (c0, c1) under the key (k0, k1) into `hashed`. Five groups of four rounds, a key injection after
 * each.
 */
export function block(k0: number, k1: number, c0: number, c1: number): void {
  k0 |= 0;
  k1 |= 0;
  const k2 = k0 ^ k1 ^ PARITY;
  let a = (c0 + k0) | 0;
  let b = (c1 + k1) | 0;

  a = (a + b) | 0;
  b = rotl(b, 13) ^ a;
  a = (a + b) | 0;
  b = rotl(b, 15) ^ a;
  a = (a + b) | 0;
  b = rotl(b, 26) ^ a;
  a = (a + b) | 0;
  b = rotl(b, 6) ^ a;
  a = (a + k1) | 0;
  b = (b + k2 + 1) | 0;

  a = (a + b) | 0;
  b = rotl(b, 17) ^ a;
  a = (a + b) | 0;
  b = rotl(b, 29) ^ a;
  a = (a + b) | 0;
  b = rotl(b, 16) ^ a;
  a = (a + b) | 0;
  b = rotl(b, 24) ^ a;
  a = (a + k2) | 0;
  b = (b + k0 + 2) | 0;

  a = (a + b) | 0;
  b = rotl(b, 13) ^ a;
  a = (a + b) | 0;
  b = rotl(b, 15) ^ a;
  a = (a + b) | 0;
  b = rotl(b, 26) ^ a;
  a = (a + b) | 0;
  b = rotl(b, 6) ^ a;
  a = (a + k0) | 0;
  b = (b + k1 + 3) | 0;

  a = (a + b) | 0;
  b = rotl(b, 17) ^ a;
  a = (a + b) | 0;
  b = rotl(b, 29) ^ a;
  a = (a + b) | 0;
  b = rotl(b, 16) ^ a;
  a = (a + b) | 0;
  b = rotl(b, 24) ^ a;
  a = (a + k1) | 0;
  b = (b + k2 + 4) | 0;

  a = (a + b) | 0;
  b = rotl(b, 13) ^ a;
  a = (a + b) | 0;
  b = rotl(b, 15) ^ a;
  a = (a + b) | 0;
  b = rotl(b, 26) ^ a;
  a = (a + b) | 0;
  b = rotl(b, 6) ^ a;
  a = (a + k2) | 0;
  b = (b + k0 + 5) | 0;

  hashed[0] = a;
  hashed[1] = b;
}

export function threefry2x32(k0: number, k1: number, x0: Uint32Array, x1: Uint32Array): void {
  for (let i = 0; i < x0.length; i++) {
    block(k0, k1, x0[i]!, x1[i]!);
    x0[i] = hashed[0]!;
    x1[i] = hashed[1]!;
  }
}
