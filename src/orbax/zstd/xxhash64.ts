const [P1, P2, P3, P4, P5] = [
  0x9e3779b185ebca87n,
  0xc2b2ae3d27d4eb4fn,
  0x165667b19e3779f9n,
  0x85ebca77c2b2ae63n,
  0x27d4eb2f165667c5n,
];

/**
 * The low 32 bits of the xxHash64 of `bytes`, seed 0.
 *
 * Source: the xxHash specification, version 0.1.1 (XXH64).
 */
export function xxhash64Low(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const lanes = [wrap(P1 + P2), P2, 0n, wrap(-P1)];
  let i = 0;
  for (; i + 32 <= bytes.length; i += 32)
    for (let lane = 0; lane < 4; lane++) lanes[lane] = round(lanes[lane]!, view.getBigUint64(i + 8 * lane, true));
  let hash = P5;
  if (bytes.length >= 32) {
    hash = wrap(rotl(lanes[0]!, 1n) + rotl(lanes[1]!, 7n) + rotl(lanes[2]!, 12n) + rotl(lanes[3]!, 18n));
    for (const lane of lanes) hash = wrap((hash ^ round(0n, lane)) * P1 + P4);
  }
  hash = wrap(hash + BigInt(bytes.length));
  for (; i + 8 <= bytes.length; i += 8) hash = wrap(rotl(hash ^ round(0n, view.getBigUint64(i, true)), 27n) * P1 + P4);
  if (i + 4 <= bytes.length) {
    hash = wrap(rotl(hash ^ wrap(BigInt(view.getUint32(i, true)) * P1), 23n) * P2 + P3);
    i += 4;
  }
  for (; i < bytes.length; i++) hash = wrap(rotl(hash ^ wrap(BigInt(bytes[i]!) * P5), 11n) * P1);
  hash = wrap((hash ^ (hash >> 33n)) * P2);
  hash = wrap((hash ^ (hash >> 29n)) * P3);
  return Number(BigInt.asUintN(32, hash ^ (hash >> 32n)));
}

function round(lane: bigint, input: bigint): bigint {
  return wrap(rotl(wrap(lane + input * P2), 31n) * P1);
}

function rotl(x: bigint, bits: bigint): bigint {
  return wrap((x << bits) | (x >> (64n - bits)));
}

function wrap(x: bigint): bigint {
  return BigInt.asUintN(64, x);
}
