import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { nnx, numpy as jnp, random } from "../../../src/index.ts";
import type { NDArray } from "../../../src/index.ts";
import type { Encoded } from "../../golden/load.ts";
import { decode } from "../../golden/load.ts";

/** An array of a golden file: float64 only serves to compare with. */
export interface Values {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

export type State = Record<string, Values>;

export interface Case {
  readonly group?: string;
  readonly fn?: string;
  readonly layer?: string;
  readonly activation?: string;
  readonly ctor?: Record<string, unknown>;
  readonly arguments: readonly unknown[];
  readonly options: Record<string, unknown>;
  readonly run: Record<string, boolean>;
  readonly seed: number;
  readonly inputs: readonly Values[];
  readonly outputs: readonly Values[];
  readonly outputs_float64: readonly Values[] | null;
  readonly state: State;
  readonly state_after: State;
  readonly error?: string;
}

function values(x: Encoded): Values {
  if (x.dtype !== "float64") return { dtype: x.dtype, shape: x.shape, data: decode(x) };
  return {
    dtype: x.dtype,
    shape: x.shape,
    data: new Float64Array(Uint8Array.from(Buffer.from(x.b64, "base64")).buffer),
  };
}

/** The cases of a file whose arrays stand in place, or in a list of their own. */
export function load(name: string): Case[] {
  const file = JSON.parse(readFileSync(new URL(`../../golden/${name}.json`, import.meta.url), "utf8")) as {
    cases: unknown[];
    arrays?: Encoded[];
  };
  const arrays = (file.arrays ?? []).map(values);
  const revive = (x: unknown): unknown => {
    if (Array.isArray(x)) return x.map(revive);
    if (typeof x !== "object" || x === null) return x;
    if ("b64" in x) return values(x as Encoded);
    if ("array" in x) return arrays[(x as { array: number }).array];
    return Object.fromEntries(Object.entries(x).map(([key, value]) => [key, revive(value)]));
  };
  return file.cases.map((item) => revive(item) as Case);
}

export function toArray(x: Values): NDArray {
  return jnp.array(x.data as Float32Array, x.dtype as "float32").reshape([...x.shape]);
}

/** Python's name in the form it has here. */
export function camelCase(name: string): string {
  return name.replace(/(?<=.)_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

export function camelKeys(options: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [camelCase(name), value]));
}

/** The state of a model by path, keys as their words. */
export function stateOf(model: object): Map<string, NDArray> {
  return new Map(
    nnx.toFlatState(nnx.state(model)).map(([path, leaf]) => {
      const value = leaf instanceof nnx.Variable ? leaf.get() : leaf;
      return [path.join("/"), value.dtype === "key<fry>" ? random.keyData(value as never) : (value as NDArray)];
    }),
  );
}

function finite(x: ArrayLike<number>): number[] {
  return Array.from(x).filter(Number.isFinite).map(Math.abs);
}

/**
 * Every output within 4 times JAX's own float32 error, where it has one, plus 1e-6 of the output's size; NaN and
 * infinities where JAX has them.
 */
export function expectClose(actual: NDArray, jax: Values, exact: Values | undefined): void {
  expect(actual.shape).toEqual(jax.shape);
  expect(actual.dtype).toBe(jax.dtype);
  const truth = exact?.data ?? jax.data;
  const size = Math.max(0, ...finite(truth));
  let error = 0;
  for (let i = 0; i < truth.length; i++)
    if (Number.isFinite(truth[i]) && Number.isFinite(jax.data[i]))
      error = Math.max(error, Math.abs(jax.data[i]! - truth[i]!));
  const bound = 4 * error + 1e-6 * size;
  for (let i = 0; i < truth.length; i++) {
    const value = actual.data[i]!;
    if (Number.isFinite(jax.data[i]))
      expect(
        Math.abs(value - truth[i]!),
        `element ${i}: ${value}, JAX ${jax.data[i]}, exactly ${truth[i]}`,
      ).toBeLessThanOrEqual(bound);
    else expect(value, `element ${i}`).toBe(jax.data[i]);
  }
}

/** The bits of JAX's result, any NaN for a NaN. */
export function expectSame(actual: NDArray, jax: Values): void {
  expect(actual.shape).toEqual(jax.shape);
  expect(actual.dtype).toBe(jax.dtype);
  const i = Array.from(jax.data).findIndex((value, at) => !Object.is(value, actual.data[at]));
  expect(i, `element ${i}: ${actual.data[i]}, JAX ${jax.data[i]}`).toBe(-1);
}
