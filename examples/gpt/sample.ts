import type { NDArray } from "flaxen";
import { numpy as jnp, random } from "flaxen";
import type { nnx } from "flaxen";
import type { Gpt } from "./model.ts";

export interface SampleOptions {
  /** How many tokens to add. */
  readonly count: number;
  /** Logits are divided by it; 0 takes the likeliest token always. */
  readonly temperature: number;
  /** Only so many of the likeliest tokens are drawn from. */
  readonly topK: number;
  /** Keys come from its stream `sample`, one a token. */
  readonly rngs: nnx.Rngs;
}

/** Yields the tokens that follow `prompt`, decoding one after the other over the model's cache. */
export function* sample(model: Gpt, prompt: readonly number[], options: SampleOptions): Generator<number> {
  model.initCache(1);
  let next = prompt[0]!;
  for (let start = 0; start < prompt.length + options.count - 1; start++) {
    const logits = model(jnp.array([[next]], "int32"), { decode: true, start }).reshape([-1]);
    if (start + 1 < prompt.length) {
      next = prompt[start + 1]!;
    } else {
      next = pick(logits, options);
      yield next;
    }
  }
}

/** One token of [vocabulary] logits. */
function pick(logits: NDArray, { temperature, topK, rngs }: SampleOptions): number {
  const descending = logits.data.slice().sort().toReversed();
  const least = temperature === 0 ? descending[0]! : descending[Math.min(topK, descending.length) - 1]!;
  const kept = jnp.array(Float32Array.from(logits.data, (logit) => (logit < least ? -Infinity : logit)));
  return random.categorical(rngs.sample!(), temperature === 0 ? kept : kept.div(temperature)).item();
}
