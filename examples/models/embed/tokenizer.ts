/** The first entries of a vocabulary stand for no text. */
const RESERVED = 6;
/** What a space becomes; every text begins with one. */
const SPACE = "\u2581";
const UNKNOWN = 0;

/** A vocabulary: pieces of text with the logarithms of their probabilities. */
export type Vocabulary = readonly (readonly [piece: string, score: number])[];

/** Cuts texts into pieces of a vocabulary, the likeliest way: a unigram model, as SentencePiece has it. */
export class Tokenizer {
  readonly #pieces: ReadonlyMap<string, readonly [token: number, score: number]>;
  readonly #longest: number;

  constructor(vocabulary: Vocabulary) {
    const known = vocabulary.map(([piece, score], token) => [piece, [token, score]] as const).slice(RESERVED);
    this.#pieces = new Map(known);
    this.#longest = Math.max(...known.map(([piece]) => [...piece].length));
  }

  /** The tokens of a text. */
  encode(text: string): number[] {
    const normalized = text.normalize("NFKC");
    const letters = [...(normalized === "" ? "" : SPACE + normalized.replaceAll(" ", SPACE))];
    /** The best way to each place: its score, the last token and where that began. */
    const best: { score: number; token: number; start: number }[] = [{ score: 0, token: UNKNOWN, start: 0 }];
    for (let end = 1; end <= letters.length; end++) {
      let found: (typeof best)[number] | undefined;
      for (let start = Math.max(0, end - this.#longest); start < end; start++) {
        const piece = this.#pieces.get(letters.slice(start, end).join("")) ?? this.#unknown(letters, start, end);
        if (piece === undefined || best[start] === undefined) continue;
        const score = piece[1] + best[start].score;
        if (found === undefined || found.score === 0 || score >= found.score) found = { score, token: piece[0], start };
      }
      best[end] = found!;
    }
    const tokens: number[] = [];
    for (let end = letters.length; end > 0; end = best[end]!.start) {
      const { token } = best[end]!;
      // Unknown letters in a row are one token.
      if (token !== UNKNOWN || tokens.at(-1) !== UNKNOWN) tokens.push(token);
    }
    return tokens.toReversed();
  }

  /** A letter that no piece begins with stands for itself. */
  #unknown(letters: readonly string[], start: number, end: number): readonly [number, number] | undefined {
    if (end !== start + 1) return undefined;
    for (let past = end; past <= Math.min(letters.length, start + this.#longest); past++)
      if (this.#pieces.has(letters.slice(start, past).join(""))) return undefined;
    return [UNKNOWN, 0];
  }
}
