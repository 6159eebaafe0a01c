/** `nnx.List` beside a plain array, at every index. */
import { describe, expect, it } from "vitest";
import { nnx } from "../../src/index.ts";

const INDICES = [-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5];
const items = (): number[] => [10, 20, 30];
const isInside = (index: number): boolean => index >= -3 && index < 3;

describe.each(INDICES)("at index %s of three items", (index) => {
  it("insert puts an item where Python's list does", () => {
    const [list, array] = [new nnx.List(items()), items()];
    list.insert(index, 9);
    array.splice(index, 0, 9);
    expect([[...list], list.length]).toEqual([array, 4]);
  });

  it("at, get, set and remove take the item from the same place", () => {
    expect(new nnx.List(items()).at(index)).toBe(items().at(index));
    const list = new nnx.List(items());
    const array = items();
    for (const [name, call] of [
      ["get", () => list.get(index)],
      ["set", () => list.set(index, 9)],
      ["remove", () => list.remove(index)],
    ] as const)
      if (!isInside(index)) {
        expect(call).toThrow(`nnx.List.${name}: "index" expected -3 to 2, got ${index}`);
        expect([...list]).toEqual(items());
      }
    if (!isInside(index)) return;
    expect(list.get(index)).toBe(items().at(index));
    list.set(index, 9);
    array.splice(index, 1, 9);
    expect([...list]).toEqual(array);
    expect(list.remove(index)).toBe(9);
    array.splice(index, 1);
    expect([[...list], list.length, 2 in list]).toEqual([array, 2, false]);
  });
});

it("an empty list has nothing to pop, and takes an item at any index", () => {
  const list = new nnx.List<number>([]);
  expect([list.pop(), list.at(0), list.at(-1), list.length]).toEqual([undefined, undefined, undefined, 0]);
  for (const index of [-1, 0, 1]) {
    const filled = new nnx.List<number>([]);
    filled.insert(index, 7);
    expect([...filled]).toEqual([7]);
  }
});

it("extend, clear, reverse and index do what Python's do", () => {
  const list = new nnx.List(items());
  list.extend([40, 20]);
  list.reverse();
  expect([[...list], list.length, list.index(20)]).toEqual([[20, 40, 30, 20, 10], 5, 0]);
  list.extend(list);
  expect(list.length).toBe(10);
  list.clear();
  expect([[...list], list.length, 0 in list]).toEqual([[], 0, false]);
});
