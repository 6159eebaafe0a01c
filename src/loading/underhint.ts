/**
 * Of a file whose names are another's with something before: the option that takes them, as a line of an error; empty
 * where there is none.
 *
 * @param missing - what the model wants, joined by dots
 * @param unexpected - the names of the file that lead nowhere
 * @param isNothing - whether no name led anywhere
 */
export function underHint(missing: readonly string[], unexpected: readonly string[], isNothing: boolean): string {
  const wanted = new Set(missing);
  const found = new Map<string, number>();
  for (const name of unexpected)
    for (const { index } of name.matchAll(/[./]/g)) {
      const [before, after] = [name.slice(0, index), name.slice(index + 1).replaceAll("/", ".")];
      if (wanted.has(after)) found.set(before, (found.get(before) ?? 0) + 1);
    }
  const whole = [...found].find(([, count]) => count === wanted.size)?.[0];
  const [first, second] = beginnings(unexpected);
  const common = isNothing && second === undefined && !unexpected.includes(first ?? "") ? first : undefined;
  const under = whole ?? common;
  return under === undefined ? "" : `\n  the names begin with ${under}: { under: ${JSON.stringify(under)} }`;
}

/** What names begin with, before their first dot or slash if there is one. */
export function beginnings(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => /^[^./]+/.exec(name)?.[0] ?? name))];
}
