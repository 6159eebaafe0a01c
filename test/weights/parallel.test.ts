import { expect, it } from "vitest";
import { inParallel } from "../../src/weights/parallel.ts";

/** Waits for some turns of the event loop. */
async function turns(n: number): Promise<void> {
  for (let i = 0; i < n; i++) await Promise.resolve();
}

it("inParallel does every item, so many at once and no more", async () => {
  const done: number[] = [];
  let running = 0;
  let most = 0;
  await inParallel([5, 1, 4, 2, 3], 2, async (item) => {
    most = Math.max(most, ++running);
    await turns(item);
    done.push(item);
    running--;
  });
  expect([done.toSorted(), most]).toEqual([[1, 2, 3, 4, 5], 2]);
  await inParallel([], 2, () => Promise.reject(new Error("never")));
});

it("after a failure nothing is begun; what runs is waited for", async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const work = async (item: number): Promise<void> => {
    begun.push(item);
    await turns(item === 0 ? 2 : 20);
    if (item === 0) throw new Error("the first");
    ended.push(item);
  };
  await expect(inParallel([0, 1, 2, 3], 2, work)).rejects.toThrow("the first");
  expect([begun, ended]).toEqual([[0, 1], [1]]);
});

const failing = (item: number): Promise<void> => Promise.reject(new Error(`item ${item}`));

it("of two failures at once the one of the earlier item is thrown", async () => {
  await expect(inParallel([0, 1], 2, failing)).rejects.toThrow("item 0");
});
