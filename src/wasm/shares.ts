import type { KernelExports } from "./exports.ts";
import type { Arena } from "./memory.ts";

const { min } = Math;

/**
 * Calls `work`, which computes `count` of `size` outputs from the output `at` on, with these kernels and those of
 * the first module. Where threads have them too, they share the outputs by multiples of `unit`: `work` is called for
 * each part, with kernels that are recorded.
 *
 * @param terms how much there is to do, in terms of a product
 */
export function inShares<Exports extends object>(
  { scheduler, exports: first }: Arena,
  exports: Exports,
  terms: number,
  size: number,
  unit: number,
  work: (at: number, count: number, exports: Exports, kernels: KernelExports) => void,
): void {
  const own = scheduler?.recorder(exports);
  const kernels = scheduler?.recorder(first);
  if (scheduler === undefined || own === undefined || kernels === undefined) return work(0, size, exports, first);
  const step = scheduler.share(size, unit);
  for (let at = 0; at < size; at += step) {
    scheduler.begin();
    work(at, min(step, size - at), own, kernels);
  }
  scheduler.run(terms);
}
