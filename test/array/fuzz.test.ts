/**
 * Random calls of numpy against what real JAX gave: test/golden/fuzz.json, from the folder that FLAXEN_GOLDEN_FUZZ
 * names where it is set. What differs on purpose stands in `DIFFERENT` with its reason.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { DType } from "../../src/array/index.ts";
import { numpy as jnp } from "../../src/index.ts";
import type { Element, Plain } from "./fuzzcalls.ts";
import { call, mapped, read } from "./fuzzcalls.ts";
import { reasonFor } from "./fuzzdifferences.ts";

const FOLDER = process.env.FLAXEN_GOLDEN_FUZZ ?? fileURLToPath(new URL("../golden", import.meta.url));

type Case = [name: string, args: Plain[], options: Record<string, Plain>, result: Plain];

const FILES = ["fuzz", "fuzz_names"] as const;

function casesOf(file: string): Case[] {
  return (JSON.parse(readFileSync(join(FOLDER, `${file}.json`), "utf8")) as { cases: Case[] }).cases;
}

/** How far a float may be off, in units in the last place of its dtype, where the rest is not exact. */
const ULPS: Record<string, number> = {
  // JAX's own are off by eight: e^(x + log(1/2)). Ours are within one.
  sinh: 16,
  cosh: 16,
};
const PRECISION: Partial<Record<DType, number>> = { float32: 2 ** -23, bfloat16: 2 ** -7, float16: 2 ** -10 };

function compare(name: string, got: unknown, want: Plain, at = ""): string | undefined {
  if (Array.isArray(want)) {
    if (!Array.isArray(got)) return `${at}: expected a list, got ${typeof got}`;
    if (got.length !== want.length) return `${at}: expected ${want.length} items, got ${got.length}`;
    return want.map((part, i) => compare(name, got[i], part, `${at}[${i}]`)).find((line) => line !== undefined);
  }
  if (typeof want !== "object" || want === null)
    return Object.is(got, want) ? undefined : `${at}: expected ${want}, got ${String(got)}`;
  const [dtype, shape, elements] = (want as { a: [DType, number[], Element[]] }).a;
  if (!jnp.isArray(got)) {
    if (shape.length === 0 && Number(got) === Number(elements[0])) return undefined;
    return `${at}: expected ${dtype} [${shape}], got ${typeof got} ${String(got)}`;
  }
  const kind = `${got.dtype} [${got.shape}]`;
  if (kind !== `${dtype} [${shape}]`) return `${at}: expected ${dtype} [${shape}], got ${kind}`;
  const values = got.flatten().tolist() as (number | boolean)[];
  const unit = PRECISION[dtype];
  const far = values.findIndex((value, i) => {
    const right = Number(elements[i]);
    const x = Number(value);
    if (x === right || (x !== x && right !== right)) return false;
    if (unit === undefined || !Number.isFinite(right)) return true;
    const scale = Math.max(Math.abs(right), SCALE[name] ?? 2 ** -20);
    return !(Math.abs(x - right) <= (ULPS[name] ?? 4) * unit * scale);
  });
  return far < 0 ? undefined : `${at}: expected ${elements[far]} at ${far}, got ${values[far]} (${dtype} [${shape}])`;
}

/** Below this size what counts is the error itself: sums cancel. */
const SCALE: Record<string, number> = {};
for (const name of ["sum", "mean", "nansum", "nanmean", "average", "var", "std", "cumsum", "matmul", "dot", "inner"])
  SCALE[name] = 1;
SCALE["nn.standardize"] = 1;
// Of products of deviations of up to ten.
SCALE.cov = 8;

describe.each(FILES)("random calls of %s.json give JAX's values", (file) => {
  const cases = casesOf(file);

  it("of which there are enough to mean something", () => {
    expect(cases.length).toBeGreaterThan(file === "fuzz" ? 800 : 1000);
    expect(cases.filter(([, , , result]) => result === null).length).toBeLessThan(cases.length / 20);
  });

  it.each([...new Set(cases.map(([name]) => name))])("%s", (name) => {
    const wrong: string[] = [];
    for (const [own, args, options, result] of cases) {
      if (own !== name) continue;
      if (result === null) continue;
      const text = JSON.stringify([args, options]);
      let line: string | undefined;
      try {
        line = compare(name, call(name, args.map(read), mapped(options)), result);
      } catch (error) {
        line = String(error);
      }
      if (line !== undefined && reasonFor(name, args, line) === undefined) wrong.push(`${text} ${line}`);
    }
    expect(wrong).toEqual([]);
  });
});
