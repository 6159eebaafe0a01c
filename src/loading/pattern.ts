/** What a pattern's placeholders stood for: captures by name, and which alternative was taken, group by group. */
export interface Match {
  readonly captures: ReadonlyMap<string, string>;
  readonly choices: readonly number[];
  /** Which of a list it was; 0 where there is no list. */
  readonly item: number;
}

type Token =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "capture"; readonly name: string; readonly any: boolean }
  | { readonly kind: "choice"; readonly texts: readonly string[] }
  | { readonly kind: "list"; readonly texts: readonly string[] };

/** `{w|b}` is short for what PyTorch calls them. */
const SHORT: Readonly<Record<string, string>> = { "w|b": "weight|bias" };

/**
 * A pattern of names: `{i}` stands for a number, `{*rest}` for any text, `{weight|bias}` for one of these, and a list
 * `{query,key,value}` for several names in that order.
 */
export class Pattern {
  readonly source: string;
  readonly #tokens: readonly Token[];
  readonly #regexp: RegExp;

  /** @param tokens - without them those of `source`. @throws RangeError if braces do not match, or lists are several */
  constructor(source: string, tokens: readonly Token[] = tokensOf(source)) {
    this.source = source;
    this.#tokens = tokens;
    const seen = new Set<string>();
    this.#regexp = new RegExp(`^${this.#tokens.map((token) => regexpOf(token, seen)).join("")}$`, "s");
  }

  /** The pattern of one name, braces included. */
  static exact(name: string): Pattern {
    return new Pattern(name, [{ kind: "text", text: name }]);
  }

  /** The number of names that it stands for at once. */
  get items(): number {
    const list = this.#tokens.find(({ kind }) => kind === "list");
    return list?.kind === "list" ? list.texts.length : 1;
  }

  get captures(): readonly string[] {
    return this.#tokens.flatMap((token) => (token.kind === "capture" ? [token.name] : []));
  }

  /** The captures among them that stand for any text. */
  get anyCaptures(): readonly string[] {
    return this.#tokens.flatMap((token) => (token.kind === "capture" && token.any ? [token.name] : []));
  }

  /** How many alternatives each of its groups has. */
  get choices(): readonly number[] {
    return this.#tokens.flatMap((token) => (token.kind === "choice" ? [token.texts.length] : []));
  }

  /** Whether it stands for one name, the one that is written. */
  get isExact(): boolean {
    return this.#tokens.every(({ kind }) => kind === "text");
  }

  match(name: string): Match | undefined {
    const found = this.#regexp.exec(name);
    if (found === null) return undefined;
    const captures = new Map<string, string>();
    const choices: number[] = [];
    let item = 0;
    let group = 1;
    for (const token of this.#tokens) {
      if (token.kind === "text" || (token.kind === "capture" && captures.has(token.name))) continue;
      const text = found[group++]!;
      if (token.kind === "capture") captures.set(token.name, text);
      else if (token.kind === "choice") choices.push(token.texts.indexOf(text));
      else item = token.texts.indexOf(text);
    }
    return { captures, choices, item };
  }

  /** The names that `match` makes of it: of a list all. */
  namesOf(match: Omit<Match, "item">): string[] {
    return Array.from({ length: this.items }, (_, item) => this.nameOf({ ...match, item }));
  }

  /** The name that `match` makes of it. */
  nameOf({ captures, choices, item }: Match): string {
    let choice = 0;
    return this.#tokens
      .map((token) => {
        if (token.kind === "text") return token.text;
        if (token.kind === "capture") return captures.get(token.name) ?? "";
        return token.texts[token.kind === "choice" ? choices[choice++]! : item]!;
      })
      .join("");
  }
}

function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  let lists = 0;
  for (const [part] of source.matchAll(/\{[^{}]*\}|[^{}]+|[{}]/g)) {
    if (part === "{" || part === "}") throw patternError(source, "braces in pairs");
    if (!part.startsWith("{")) {
      tokens.push({ kind: "text", text: part });
      continue;
    }
    const inside = part.slice(1, -1);
    const content = Object.hasOwn(SHORT, inside) ? SHORT[inside]! : inside;
    if (content.includes(",")) {
      if (lists++ > 0) throw patternError(source, "one list at most");
      tokens.push({ kind: "list", texts: content.split(",").map((text) => text.trim()) });
    } else if (content.includes("|")) tokens.push({ kind: "choice", texts: content.split("|") });
    else if (/^\*?[a-z_]\w*$/i.test(content))
      tokens.push({ kind: "capture", name: content.replace("*", ""), any: content.startsWith("*") });
    else throw patternError(source, "a name in braces, {i}");
  }
  return tokens;
}

function regexpOf(token: Token, seen: Set<string>): string {
  if (token.kind === "text") return escape(token.text);
  if (token.kind !== "capture") return `(${token.texts.map(escape).join("|")})`;
  // A capture that comes again must be the same text.
  if (seen.has(token.name)) return `\\k<${token.name}>`;
  seen.add(token.name);
  return `(?<${token.name}>${token.any ? ".*" : "0|[1-9][0-9]*"})`;
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

function patternError(source: string, expected: string): RangeError {
  return new RangeError(`pattern ${JSON.stringify(source)}: expected ${expected}`);
}
