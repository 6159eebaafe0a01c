/** What other libraries call it. */
const ALSO: Readonly<Record<string, string>> = {
  bias: "useBias",
  dilation: "kernelDilation",
  dim: "axis",
  eps: "epsilon",
  groups: "featureGroupCount",
  size: "shape",
};

/**
 * The name among `names` that was meant by `name`: itself, that of another spelling, of another library, or with one or two
 * letters different.
 */
export function meant(name: string, names: readonly string[]): string | undefined {
  if (names.includes(name)) return name;
  const camel = name.replace(/_+(\w)/g, (_, letter: string) => letter.toUpperCase());
  const also = ALSO[camel];
  if (also !== undefined && names.includes(also)) return also;
  const near = names.map((known) => distance(camel.toLowerCase(), known.toLowerCase()));
  const least = Math.min(...near);
  return least <= (camel.length > 3 ? 2 : 1) ? names[near.indexOf(least)] : undefined;
}

/** How many letters must be put in, taken out, replaced or exchanged with their neighbour to make `a` of `b`. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let line = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = line[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next[j] = Math.min(changed, line[j]! + 1, next[j - 1]! + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        next[j] = Math.min(next[j]!, before[j - 2]! + 1);
    }
    before = line;
    line = next;
  }
  return line[b.length]!;
}
