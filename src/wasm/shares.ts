import type { Arena } from "./memory.ts";

const { min } = Math;

/**
 * Calls `work`, which computes `count` of `size` outputs from the output `first` on, with these kernels. Where threads
 * have them too, they share the outputs by multiples of `unit`: `work` is called for each part, with kernels that are
 * recorded.
 *
 * @param terms how much there is to do, in terms of a product
 */
export function inShares<Exports extends object>(
  { scheduler }: Arena,
  exports: Exports,
  terms: number,
  size: number,
  unit: number,
  work: (exports: Exports, first: number, count: number) => void,
): void {
  const recorder = scheduler?.recorder(exports);
  if (scheduler === undefined || recorder === undefined) return work(exports, 0, size);
  const step = scheduler.share(size, unit);
  for (let first = 0; first < size; first += step) {
    scheduler.begin();
    work(recorder, first, min(step, size - first));
  }
  scheduler.run(terms);
}
