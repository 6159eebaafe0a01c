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
 * The name among `names` that was meant by `name`: itself, that of another spelling, of another library, or
 * with one or two letters different.
 */
export function meant(name: string, names: readonly string[]): string | undefined {
  if (names.includes(name)) return name;
  const camel = name.replace(/_+(\w)/g, (_, letter: string) => letter.toUpperCase());
  const also = ALSO[camel];
  if (also !== undefined && names.includes(also)) return also;
  const near = names.map((known) => editDistance(camel.toLowerCase(), known.toLowerCase()));
  const smallest = Math.min(...near);
  return smallest <= (camel.length > 3 ? 2 : 1) ? names[near.indexOf(smallest)] : undefined;
}

/** How many letters must be put in, taken out or replaced to make `a` of `b`. */
export function editDistance(a: string, b: string): number {
  let line = Array.from(`${b} `, (_, j) => j);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++)
      next.push(Math.min(line[j]! + Number(a[i] !== b[j]), line[j + 1]! + 1, next[j]! + 1));
    line = next;
  }
  return line[b.length]!;
}
