/** Whether a result is the recorded one, and if not, in what it differs first. */
import type { NDArray } from "flaxen";
import type { Flaxen } from "./flaxen.ts";

export type Tolerance = { readonly rtol: number; readonly atol: number } | null;

export type Difference =
  | {
      readonly what: "kind" | "shape" | "dtype" | "length";
      readonly got: string;
      readonly want: string;
      readonly path: readonly number[];
    }
  | { readonly what: "value"; readonly path: readonly number[]; readonly index: number; readonly largest?: number };

/** What a value is, in a word. */
export function kindOf(value: unknown, { nnx, NDArray }: Flaxen): string {
  if (value instanceof NDArray) return "array";
  if (value instanceof nnx.Variable) return "param";
  if (value instanceof nnx.Module) return "module";
  if (Array.isArray(value)) return "list";
  if (Number.isNaN(value)) return "NaN";
  return value === null ? "null" : typeof value;
}

/** Undefined if equal: shapes, dtypes, and elements to the bit, or within the tolerance. */
export function compare(got: unknown, want: unknown, tolerance: Tolerance, flaxen: Flaxen): Difference | undefined {
  return compareAt(got, want, tolerance, flaxen, []);
}

function compareAt(
  got: unknown,
  want: unknown,
  tolerance: Tolerance,
  flaxen: Flaxen,
  path: readonly number[],
): Difference | undefined {
  const [gotKind, wantKind] = [kindOf(got, flaxen), kindOf(want, flaxen)];
  if (gotKind !== wantKind) return { what: "kind", got: gotKind, want: wantKind, path };
  if (wantKind === "array") return compareArrays(got as NDArray, want as NDArray, tolerance, path);
  if (Array.isArray(want)) {
    const list = got as unknown[];
    for (let i = 0; i < Math.min(list.length, want.length); i++) {
      const difference = compareAt(list[i], want[i], tolerance, flaxen, [...path, i]);
      if (difference !== undefined) return difference;
    }
    if (list.length === want.length) return undefined;
    return { what: "length", got: String(list.length), want: String(want.length), path };
  }
  return Object.is(got, want) ? undefined : { what: "value", path, index: 0 };
}

function compareArrays(
  got: NDArray,
  want: NDArray,
  tolerance: Tolerance,
  path: readonly number[],
): Difference | undefined {
  if (got.shape.join() !== want.shape.join())
    return { what: "shape", got: got.shape.join(), want: want.shape.join(), path };
  if (got.dtype !== want.dtype) return { what: "dtype", got: got.dtype, want: want.dtype, path };
  const [a, b] = [got.ravel().tolist() as number[], want.ravel().tolist() as number[]];
  const allowed = (value: number): number => (tolerance ? tolerance.atol + tolerance.rtol * Math.abs(value) : 0);
  const index = b.findIndex((value, i) => !(Math.abs(a[i]! - value) <= allowed(value)));
  if (index < 0) return undefined;
  const largest = b.reduce((most, value, i) => Math.max(most, Math.abs(a[i]! - value)), 0);
  return { what: "value", path, index, ...(Number.isFinite(largest) ? { largest } : {}) };
}
