import { gradientKernels } from "../../backend/index.ts";
import { config } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { emptyData, zerosData } from "../arraydata.ts";
import type { AttentionInputs, AttentionParameters } from "../attention/attend.ts";
import { kernelArguments } from "../attention/attend.ts";

/** The cotangents that an attention's gradient computes together. */
interface Cotangents {
  readonly query: ArrayData;
  readonly key: ArrayData;
  readonly value: ArrayData;
  readonly scores: ArrayData | undefined;
}

/** The gradient of an attention towards one of its inputs. */
export interface AttentionBackParameters {
  readonly attention: AttentionParameters;
  /** Which one: of the scores, [..., heads, queries, keys], those after the scale and the bias. */
  readonly towards: keyof Cotangents;
  /** Whether those of the scores are wanted. */
  readonly withScores: boolean;
  /** All of them, once the first was asked for: one call of the kernel computes them. */
  readonly made: { all: Cotangents | undefined };
}

/** A cotangent of the result, and the inputs of the attention. */
export type AttentionBackInputs = [ct: ArrayData, ...AttentionInputs];

/**
 * The cotangent of an input of `attentionData`, from that of its result. The order of every sum is that of the
 * contract's `attentionBackF32`.
 *
 * @throws ShapeError if an overlay does not broadcast
 */
export function attentionBackData(
  { attention, towards, withScores, made }: AttentionBackParameters,
  ...inputs: AttentionBackInputs
): ArrayData {
  made.all ??= cotangents(attention, withScores, ...inputs);
  return made.all[towards]!;
}

function cotangents(
  parameters: AttentionParameters,
  withScores: boolean,
  ...[ct, query, key, value, bias, mask, multiplier]: AttentionBackInputs
): Cotangents {
  const { sizes, options, scores } = kernelArguments(parameters, query, key, value, { bias, mask, multiplier });
  const isNone = ct.storage.data.length === 0 || sizes.keys === 0;
  const made = isNone ? zerosData : emptyData;
  const [toQuery, toKey, toValue] = [query, key, value].map(({ shape }) => made(shape, "float32")) as [
    ArrayData,
    ArrayData,
    ArrayData,
  ];
  const toScores = withScores ? made(scores, "float32") : undefined;
  if (!isNone)
    gradientKernels().attentionBackF32(
      floats(ct),
      floats(query),
      floats(key),
      floats(value),
      {
        query: floats(toQuery),
        key: floats(toKey),
        value: floats(toValue),
        scores: toScores && floats(toScores),
      },
      sizes,
      options,
      config.profile === "fma",
    );
  return { query: toQuery, key: toKey, value: toValue, scores: toScores };
}

function floats(x: ArrayData): Float32Array {
  return x.storage.data as Float32Array;
}
