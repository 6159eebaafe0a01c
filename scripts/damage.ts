/** Damaged files, for `npm run fuzz:weights` and the tests. */
import { fileURLToPath } from "node:url";

/** The recorded files; another folder of the same layout may be tried. */
export const FOLDER =
  process.env.FLAXEN_GOLDEN_WEIGHTS ?? fileURLToPath(new URL("../test/golden/weights", import.meta.url));

/** What became of the files: how many were read (`ok`), and how many got each code. */
export type Outcome = Record<string, number>;

/** Numbers in [0, n), the same for a seed: mulberry32. */
export function randomOf(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return Math.floor((((x ^ (x >>> 14)) >>> 0) / 2 ** 32) * n);
  };
}

const INTERESTING = [
  0, 1, 0x22, 0x2c, 0x30, 0x5b, 0x5d, 0x7b, 0x7d, 0x7f, 0x80, 0x81, 0x93, 0xc1, 0xc4, 0xc7, 0xdf, 0xff,
];

/** One of `seeds`, damaged in one to four ways; half of them keep their length, which most formats check first. */
export function damage(seeds: readonly Uint8Array[], random: (n: number) => number): Uint8Array {
  let bytes: Uint8Array = seeds[random(seeds.length)]!.slice();
  const kinds = random(2) === 0 ? 3 : 7;
  for (let i = 0, ways = 1 + random(4); i < ways; i++) {
    const at = random(bytes.length + 1);
    const length = random(random(4) === 0 ? 64 : 8) + 1;
    switch (random(kinds)) {
      case 0:
        if (at < bytes.length) bytes[at]! ^= 1 << random(8);
        break;
      case 1:
        if (at < bytes.length) bytes[at] = INTERESTING[random(INTERESTING.length)]!;
        break;
      case 2:
        if (at < bytes.length) bytes[at] = random(256);
        break;
      case 3:
        bytes = bytes.slice(0, at);
        break;
      case 4:
        bytes = joined(bytes.subarray(0, at), bytes.subarray(at + length));
        break;
      case 5:
        bytes = joined(bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at));
        break;
      case 6: {
        const other = seeds[random(seeds.length)]!;
        const from = random(other.length + 1);
        bytes = joined(bytes.subarray(0, at), other.subarray(from, from + length), bytes.subarray(at + random(length)));
        break;
      }
    }
  }
  return bytes;
}

function joined(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
