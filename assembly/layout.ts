/** Random kernels work on this many elements at a time, and may write a result up to the next multiple of it. */
// @ts-ignore: decorator
@inline
export const GROUP: u32 = 16;

/** The first byte past the kernels' own tables. From there on, memory belongs to the host. */
export function heapBase(): usize {
  return __heap_base;
}
