/** Text from the character GPT, as export.py made the golden texts. */
import type { NDArray } from "flaxen";
import { numpy as jnp, random } from "flaxen";
import type { CharGPT } from "./model.ts";
import { VOCABULARY } from "./model.ts";

/** The tokens of a text. */
export function encode(text: string): number[] {
  return Array.from(text, (letter) => {
    const token = VOCABULARY.indexOf(letter);
    if (token < 0) throw new RangeError(`encode: "text" expected the letters ${VOCABULARY}, got ${letter}`);
    return token;
  });
}

/** The text of tokens. */
export function decode(tokens: Iterable<number>): string {
  return Array.from(tokens, (token) => VOCABULARY[token]!).join("");
}

/** Chooses the token that follows, as number `step` of those that are added. */
export type Choose = (logits: NDArray, step: number) => number;

/** The likeliest. */
export const greedy: Choose = (logits) => jnp.argmax(logits).item();

/** Drawn by the logits over `temperature`, with a key of its own for each step. */
export function sampled(key: random.Key, temperature: number): Choose {
  return (logits, step) => random.categorical(random.foldIn(key, step), logits.div(temperature)).item();
}

/** Yields `count` tokens after `prompt`. Each looks at the last tokens that the model has room for, computed afresh. */
export function* generate(model: CharGPT, prompt: readonly number[], count: number, choose: Choose): Generator<number> {
  const { context } = model.config;
  const tokens = [...prompt];
  for (let step = 0; step < count; step++) {
    const window = tokens.slice(-context);
    // What stands right of them is masked out: every window has the shape of the largest, as in Python.
    const padded = Int32Array.from({ length: context }, (_, i) => window[i] ?? 0);
    const logits = model(jnp.array(padded).reshape([1, context]));
    const token = choose(logits.slice(0, window.length - 1), step);
    tokens.push(token);
    yield token;
  }
}

/** Like generate, one token a call over the decode cache: ends when the context is full. */
export function* generateCached(
  model: CharGPT,
  prompt: readonly number[],
  count: number,
  choose: Choose,
): Generator<number> {
  const { context } = model.config;
  model.initCache(1);
  const next = (token: number, position: number): NDArray =>
    model(jnp.array([[token]], "int32"), { decode: true, position }).reshape([-1]);
  let logits: NDArray | undefined;
  for (const [position, token] of prompt.entries()) logits = next(token, position);
  for (let step = 0; step < Math.min(count, context - prompt.length + 1); step++) {
    const token = choose(logits!, step);
    yield token;
    const position = prompt.length + step;
    if (position < context) logits = next(token, position);
  }
}
