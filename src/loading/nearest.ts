/** More names than these are not compared: it is a help, not a search. */
const MAX_NAMES = 2000;

/** The one of `names` that is written most like `name`; undefined where none is. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  let distance = Math.ceil(name.length / 3) + 1;
  for (const other of names.slice(0, MAX_NAMES)) {
    const found = editDistance(name, other, distance);
    if (found >= distance) continue;
    best = other;
    distance = found;
  }
  return best;
}

/** How many letters must be put in, taken out or replaced; `limit` where it is that or more. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let above = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row.push(Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + same));
      least = Math.min(least, row[j]!);
    }
    if (least >= limit) return limit;
    above = row;
  }
  return Math.min(above[b.length]!, limit);
}
