import { LoadError } from "../errors.ts";
import { nodeModule } from "./node.ts";
import type { ByteSource } from "./source.ts";

const PIECE = 4 * 2 ** 20;

interface Hash {
  update(bytes: Uint8Array): unknown;
  digest(encoding: "hex"): string;
}

/** Reads all of `source`. @throws LoadError `Checksum` if its SHA-256 is not `expected` */
export async function checkSha256(
  source: ByteSource,
  expected: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const crypto = await nodeModule<{ createHash(name: string): Hash }>("node:crypto");
  const hash = crypto?.createHash("sha256") ?? new Sha256();
  for (let at = 0; at < source.size; at += PIECE)
    hash.update(await source.read(at, Math.min(at + PIECE, source.size), { signal }));
  const got = hash.digest("hex");
  if (got === expected) return;
  throw new LoadError("Checksum", `expected SHA-256 ${expected}, got ${got}. Remove it from a cache that keeps it`, {
    source: source.name,
  });
}

/** SHA-256 of bytes that come in pieces, which the Web Cryptography API has not. Source: FIPS 180-4. */
export class Sha256 implements Hash {
  readonly #state = Uint32Array.from(FIRST_PRIMES.slice(0, 8), (prime) => fractionBits(Math.sqrt(prime)));
  readonly #block = new Uint8Array(64);
  readonly #view = new DataView(this.#block.buffer);
  readonly #words = new Uint32Array(64);
  #size = 0;

  update(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const start = this.#size % 64;
      const part = bytes.subarray(at, at + 64 - start);
      this.#block.set(part, start);
      this.#size += part.length;
      at += part.length;
      if (this.#size % 64 === 0) this.#mix();
    }
  }

  digest(): string {
    const bits = BigInt(this.#size) * 8n;
    this.update(Uint8Array.of(0x80));
    this.update(new Uint8Array((120 - (this.#size % 64)) % 64));
    const length = new Uint8Array(8);
    new DataView(length.buffer).setBigUint64(0, bits);
    this.update(length);
    return [...this.#state].map((word) => word.toString(16).padStart(8, "0")).join("");
  }

  #mix(): void {
    const w = this.#words;
    for (let i = 0; i < 16; i++) w[i] = this.#view.getUint32(4 * i);
    for (let i = 16; i < 64; i++) {
      const [x, y] = [w[i - 15]!, w[i - 2]!];
      const small = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
      w[i] = w[i - 16]! + small + w[i - 7]! + (rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = this.#state as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    for (let i = 0; i < 64; i++) {
      const t = (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[i]! + w[i]!) | 0;
      const u = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t) | 0, c, b, a, (t + u) | 0];
    }
    for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) this.#state[i]! += word;
  }
}

function rotate(x: number, count: number): number {
  return (x >>> count) | (x << (32 - count));
}

/** The first 32 bits behind the point. */
function fractionBits(x: number): number {
  return Math.floor((x - Math.floor(x)) * 2 ** 32);
}

/** The cube root, rounded the same way everywhere: Newton's steps until they stand. */
function cubeRoot(x: number): number {
  let root = x;
  for (let i = 0; i < 60; i++) root -= (root * root * root - x) / (3 * root * root);
  return root;
}

const FIRST_PRIMES = /* @__PURE__ */ firstPrimes(64);
const ROUNDS = /* @__PURE__ */ Uint32Array.from(FIRST_PRIMES, (prime) => fractionBits(cubeRoot(prime)));

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return primes;
}
