import type { Encoded } from "../../golden/load.ts";
import { toArray } from "./layercases.ts";

export interface MaskCase {
  readonly fn: "makeAttentionMask" | "makeCausalMask" | "combineMasks";
  readonly args: Encoded[];
  readonly options: Record<string, unknown>;
  readonly out: Encoded;
}

export interface FunctionCase {
  readonly fn: "dotProductAttention";
  readonly name: string;
  readonly query: Encoded;
  readonly key: Encoded;
  readonly value: Encoded;
  readonly options: Record<string, unknown>;
  readonly out: Encoded;
  readonly float64: Encoded;
  readonly weights: Encoded | null;
  readonly weights64: Encoded | null;
}

export interface LayerCase {
  readonly fn: "MultiHeadAttention";
  readonly name: string;
  readonly heads: number;
  readonly features: number;
  readonly options: Record<string, unknown>;
  readonly seeds: Record<string, number>;
  readonly call: Record<string, unknown>;
  readonly state: Record<string, Encoded>;
  readonly inputs: (Encoded | null)[];
  readonly out: Encoded[];
  readonly float64: Encoded[];
}

export interface DecodeCase {
  readonly fn: "decode";
  readonly name: string;
  readonly heads: number;
  readonly features: number;
  readonly options: Record<string, unknown>;
  readonly capacity: number;
  readonly tokens: Encoded;
  readonly call: Record<string, unknown>;
  readonly out: Encoded[];
  readonly float64: Encoded[];
  readonly state: Record<string, Encoded>;
  readonly state64: Record<string, Encoded>;
}

export type AttentionCase = MaskCase | FunctionCase | LayerCase | DecodeCase;

/** Options as the generator writes them: arrays are encoded, the rest is as it is. */
export function toOptions(given: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      typeof value === "object" && value !== null && "b64" in value ? toArray(value as Encoded) : value,
    ]),
  );
}
