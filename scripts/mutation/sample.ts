import type { Mutant } from "./mutants.ts";

/** Numbers in [0, 1) from a seed: mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * `count` of the mutants, none overlapping another or one of `others`. A line is drawn first, then one of its mutants:
 * a table of constants counts no more than the loop that reads it.
 */
export function sample(
  mutants: readonly Mutant[],
  seed: number,
  count: number,
  others: readonly Mutant[] = [],
): Mutant[] {
  const random = randomFrom(seed);
  const byLine = new Map<string, Mutant[]>();
  for (const mutant of mutants) {
    const at = `${mutant.file}:${mutant.line}`;
    const line = byLine.get(at);
    if (line === undefined) byLine.set(at, [mutant]);
    else line.push(mutant);
  }
  const lines = [...byLine.values()];
  const chosen: Mutant[] = [];
  while (chosen.length < count && lines.length > 0) {
    const [line] = lines.splice(Math.floor(random() * lines.length), 1) as [Mutant[]];
    const mutant = line[Math.floor(random() * line.length)]!;
    if (![...others, ...chosen].some((other) => overlap(other, mutant))) chosen.push(mutant);
  }
  return chosen;
}

function overlap(a: Mutant, b: Mutant): boolean {
  return a.file === b.file && a.start < b.end && b.start < a.end;
}
