import { nnx, random } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";
import type { Encoded } from "../golden/load.ts";
import { camelCase } from "./calls.ts";

const { initializers } = nnx;

/** A case of the first set: what is made is in the table below, or a variance scaling. */
export interface Case {
  fn: string;
  seed: string;
  shape: number[];
  scale?: number;
  mode?: nnx.initializers.FanMode;
  distribution?: nnx.initializers.ScalingDistribution;
  out: Encoded;
}

/** A case with arguments of its own. */
export interface MoreCase {
  fn: string;
  seed: number;
  make: unknown[];
  shape: number[];
  column?: number;
  axes?: { in_axis?: number | number[]; out_axis?: number | number[]; batch_axis?: number | number[] };
  bounds?: [number, number];
  error?: true;
  out?: Encoded;
}

const MADE: Record<string, nnx.initializers.Initializer> = {
  lecun_normal: initializers.lecunNormal(),
  lecun_uniform: initializers.lecunUniform(),
  glorot_normal: initializers.glorotNormal(),
  glorot_uniform: initializers.glorotUniform(),
  he_normal: initializers.heNormal(),
  he_uniform: initializers.heUniform(),
  normal: initializers.normal(0.02),
  uniform: initializers.uniform(0.05),
  truncated_normal: initializers.truncatedNormal(0.02),
  zeros: initializers.zerosInit(),
  ones: initializers.onesInit(),
  constant: initializers.constant(0.5),
  orthogonal: initializers.orthogonal(),
};

/** The initializer that a case calls. */
export function initializerOf({ fn, scale, mode, distribution }: Case): nnx.initializers.Initializer {
  return fn === "variance_scaling" ? initializers.varianceScaling(scale!, mode!, distribution!) : MADE[fn]!;
}

/** The options object of a case: axes, bounds or the column axis. */
function optionsOf({ axes, bounds, column }: MoreCase): object | undefined {
  if (axes) return Object.fromEntries(Object.entries(axes).map(([name, axis]) => [camelCase(name), axis]));
  if (bounds) return { lower: bounds[0], upper: bounds[1] };
  return column === undefined ? undefined : { columnAxis: column };
}

/** What a case with arguments of its own gives. */
export function more(c: MoreCase): NDArray {
  const { fn, make, seed, shape } = c;
  const options = optionsOf(c);
  const factory = (initializers as unknown as Record<string, (...args: unknown[]) => nnx.initializers.Initializer>)[
    camelCase(fn)
  ]!;
  return factory(...make, ...(options ? [options] : []))(random.key(seed), shape);
}
