/**
 * The 32-bit FNV-1a checksum of `n` bytes at `ptr`. A kernel, because in JavaScript a loop that runs once over the
 * kernels' bytes takes longer than compiling them.
 *
 * Source: Fowler, Noll, Vo; draft-eastlake-fnv.
 */
export function fnv1a(ptr: usize, n: u32): u32 {
  let hash: u32 = 0x811c9dc5;
  for (const end = ptr + n; ptr < end; ptr++) hash = (hash ^ load<u8>(ptr)) * 0x01000193;
  return hash;
}
