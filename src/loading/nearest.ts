import { editDistance } from "../base/index.ts";

/** More names than these are not compared: it is a help, not a search. */
const MAX_NAMES = 2000;

/** The one of `names` that is written most like `name`; undefined where none is. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  let distance = Math.ceil(name.length / 3) + 1;
  for (const other of names.slice(0, MAX_NAMES)) {
    if (Math.abs(name.length - other.length) >= distance) continue;
    const found = editDistance(name, other);
    if (found >= distance) continue;
    best = other;
    distance = found;
  }
  return best;
}
