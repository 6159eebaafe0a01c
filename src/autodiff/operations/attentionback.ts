import type { NDArray, Operation } from "../../array/index.ts";
import { applyAll, DATA } from "../../array/index.ts";
import type { AttentionBackInputs, AttentionBackParameters, AttentionParameters } from "../../data/index.ts";
import { attentionBackData } from "../../data/index.ts";

/** The cotangent of an input of an attention. */
export const ATTENTION_BACK: Operation<AttentionBackParameters, AttentionBackInputs> = {
  name: "attentionBack",
  forward: attentionBackData,
};

/** The arrays of an attention as its operation takes them. */
export type AttentionArrays = readonly [
  query: NDArray,
  key: NDArray,
  value: NDArray,
  bias: NDArray | undefined,
  mask: NDArray | undefined,
  multiplier: NDArray | undefined,
];

/** What gives the cotangent of one input, for the cotangent `ct` of the result: all are computed at the first. */
export function attentionBack(
  attention: AttentionParameters,
  ct: NDArray,
  arrays: AttentionArrays,
  withScores: boolean,
): (towards: AttentionBackParameters["towards"]) => NDArray {
  const made = { all: undefined };
  const [query, key, value, bias, mask, multiplier] = arrays;
  return (towards) =>
    applyAll(ATTENTION_BACK, { attention, towards, withScores, made }, [
      ct[DATA],
      query[DATA],
      key[DATA],
      value[DATA],
      bias?.[DATA],
      mask?.[DATA],
      multiplier?.[DATA],
    ]);
}
