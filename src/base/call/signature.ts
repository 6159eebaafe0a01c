/** What a function takes, as a text. */

/**
 * A signature is one text: `"fn a b | c:b * d:n"` has the places a, b and c, and the name d. The function gets a and b
 * by place; c and d by name. A kind after a name is checked: see `KINDS` and `isNone`.
 */
interface Signature {
  readonly fn: string;
  readonly names: readonly string[];
  readonly index: ReadonlyMap<string, number>;
  readonly kinds: readonly (string | undefined)[];
  /** How many come to the function by place, and how many a caller may write by place. */
  readonly direct: number;
  readonly places: number;
}

const signatures = new Map<string, Signature>();

export function signatureOf(text: string): Signature {
  const known = signatures.get(text);
  if (known !== undefined) return known;
  const [fn = "", ...words] = text.split(" ");
  const parts = words.filter((word) => word !== "|" && word !== "*").map((word) => word.split(":"));
  const star = words.indexOf("*");
  const bar = words.indexOf("|");
  const places = star < 0 ? parts.length : star - (bar < 0 ? 0 : 1);
  const names = parts.map(([name]) => name!);
  const found: Signature = {
    fn,
    names,
    index: new Map(names.map((name, i) => [name, i])),
    kinds: parts.map(([, kind]) => kind),
    direct: bar < 0 ? places : bar,
    places,
  };
  signatures.set(text, found);
  return found;
}
