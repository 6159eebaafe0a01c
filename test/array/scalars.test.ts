/**
 * Numbers beside arrays against what real JAX gave to Python's scalars: test/golden/scalars.json, from the folder that
 * FLAXEN_GOLDEN_SCALARS names where it is set. What differs on purpose stands in `DIFFERENT` with its reason.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import type { DType, NDArray } from "../../src/array/index.ts";
import { lax, nn, numpy as jnp } from "../../src/index.ts";

const FOLDER = process.env.FLAXEN_GOLDEN_SCALARS ?? fileURLToPath(new URL("../golden", import.meta.url));

type Scalar = number | boolean;
type Result = [dtype: DType, elements: (number | string)[]] | null;
const FILE = JSON.parse(readFileSync(join(FOLDER, "scalars.json"), "utf8")) as {
  values: number[];
  scalars: Scalar[];
  cases: [name: string, dtype: DType, results: Result[]][];
};

type Call = (x: NDArray, s: never) => NDArray;
const WHERE = jnp.array([true, false, true, false]);
const AT = jnp.array([0, 9], "int32");
const KEPT = { inplace: false } as const;

/** What is not called by its name with the array and the number. */
const CALLS: Record<string, Call> = {
  whereA: (x, s) => jnp.where(WHERE, s, x),
  whereB: (x, s) => jnp.where(WHERE, x, s),
  select: (x, s) => jnp.select([WHERE], [x], s),
  selectChoice: (x, s) => jnp.select([WHERE], [s], x),
  clipMin: (x, s) => jnp.clip(x, { min: s }),
  clipMax: (x, s) => jnp.clip(x, { max: s }),
  clipBoth: (x, s) => jnp.clip(x, s, 50),
  "at.getFill": (x, s) => (x.at(AT) as never as { get: (options: object) => NDArray }).get({ fillValue: s }),
  full: (x, s) => jnp.full([2], s, x.dtype),
  nanToNum: (x, s) => jnp.nanToNum(x, { nan: s, posinf: s, neginf: s }),
  padConstant: (x, s) => jnp.pad(x, 1, { constantValues: s }),
  takeFill: (x, s) => jnp.take(x, AT, { mode: "fill", fillValue: s }),
  takeAlongAxisFill: (x, s) => jnp.takeAlongAxis(x, AT, 0, { mode: "fill", fillValue: s }),
  piecewise: (x, s) => jnp.piecewise(x, [WHERE], [s, 1]),
  fillDiagonal: (x, s) => jnp.fillDiagonal(x.reshape([2, 2]), s, KEPT),
  put: (x, s) => jnp.put(x, AT, s, KEPT),
  putAlongAxis: (x, s) => jnp.putAlongAxis(x, AT.slice(":1"), s, 0, KEPT),
  place: (x, s) => jnp.place(x, WHERE, s, KEPT),
  insert: (x, s) => jnp.insert(x, 1, s),
  hstack: (x, s) => jnp.hstack([x, s]),
  stack: (x, s) => jnp.stack([s, x.slice(1)]),
  vstack: (x, s) => jnp.vstack([x.slice(":1"), s]),
  columnStack: (x, s) => jnp.columnStack([s, x.slice(":1")]),
  dstack: (x, s) => jnp.dstack([x.slice(0), s]),
  block: (x, s) => jnp.block([s, x]),
  ediff1dToEnd: (x, s) => jnp.ediff1d(x, { toEnd: s }),
  diffAppend: (x, s) => jnp.diff(x, { append: s }),
  diffPrepend: (x, s) => jnp.diff(x, { prepend: s }),
  isin: (x, s) => jnp.isin(x, s),
  polyval: (x, s) => jnp.polyval(x.slice(":2"), s),
  "lax.pad": (x, s) => lax.pad(x, s, [[1, 0, 0]]),
  "lax.full": (x, s) => lax.full([2], s, x.dtype),
};

function call(name: string, x: NDArray, scalar: Scalar): NDArray {
  const own = CALLS[name];
  if (own !== undefined) return own(x, scalar as never);
  const [first, second] = name.split(".") as [string, string?];
  if (first === "at") return (x.at(1) as never as Record<string, (s: Scalar) => NDArray>)[second!]!(scalar);
  const space = (first === "lax" ? lax : first === "nn" ? nn : jnp) as never as Record<
    string,
    (...a: unknown[]) => NDArray
  >;
  if (first === "lax" || first === "nn") return space[second!]!(x, scalar);
  if (second === "initial") return space[first]!(x, { initial: scalar });
  if (second === "whereInitial") return space[first]!(x, { initial: scalar, where: WHERE });
  return second === "first" ? space[first]!(scalar, x) : space[first]!(x, scalar);
}

/** How far floats may be off, in units in the last place of their dtype. */
const UNIT: Partial<Record<DType, number>> = { float32: 2 ** -23, bfloat16: 2 ** -7, float16: 2 ** -10 };

function isNear(got: number, want: number, dtype: DType): boolean {
  if (got === want || (got !== got && want !== want)) return true;
  const unit = UNIT[dtype];
  return unit !== undefined && Math.abs(got - want) <= 4 * unit * Math.abs(want);
}

/** What differs, if anything does. */
function difference(name: string, dtype: DType, scalar: Scalar, want: NonNullable<Result>): string | undefined {
  const text = `${dtype} ${scalar}: expected ${want[0]} ${want[1]}`;
  let got: NDArray;
  try {
    got = call(name, jnp.array(FILE.values, dtype), scalar);
  } catch (error) {
    return `${text}, got ${String(error)}`;
  }
  const elements = (got.flatten().tolist() as number[]).map(Number);
  const right = elements.length === want[1].length && elements.every((x, i) => isNear(x, Number(want[1][i]), want[0]));
  return right && got.dtype === want[0] ? undefined : `${text}, got ${got.dtype} ${elements}`;
}

/** Where flaxen differs on purpose, with the reason. */
const DIFFERENT: readonly { readonly reason: string; readonly is: (name: string, line: string) => boolean }[] = [
  {
    reason: "At has get, set, add, multiply, min and max, and no options: the rest is refused",
    is: (name, line) => /^at\.(subtract|divide|power|getFill)$/.test(name) && line.includes("got TypeError: "),
  },
  {
    reason: "a number that has to be one is no boolean, and the error says so",
    is: (_, line) => /true: .* got TypeError: \S+: "\w+" expected a number, got true$/.test(line),
  },
  {
    reason: "gcd and lcm refuse bools, and the error says so",
    is: (name, line) => /^(gcd|lcm)/.test(name) && /expected integers, got bool/.test(line),
  },
  {
    reason: "JAX guards bools modulo 0 less than other integers: True % False is True, and 1 % 0 is 0",
    is: (name, line) =>
      name === "fmod.first" && line.startsWith("bool true: expected int32 1,0,0,0, got int32 0,0,0,0"),
  },
];

it.each([...new Set(FILE.cases.map(([name]) => name))])("%s has JAX's values of numbers beside arrays", (name) => {
  const wrong: string[] = [];
  for (const [own, dtype, results] of FILE.cases) {
    if (own !== name) continue;
    for (const [i, want] of results.entries()) {
      const line = want === null ? undefined : difference(name, dtype, FILE.scalars[i]!, want);
      if (line !== undefined && !DIFFERENT.some(({ is }) => is(name, line))) wrong.push(line);
    }
  }
  expect(wrong).toEqual([]);
});

it("a list that begins with a boolean and goes on with numbers is of floats", () => {
  expect(jnp.array([true, 2.5] as never).dtype).toBe("float32");
  expect(jnp.array([true, 2.5] as never).tolist()).toEqual([1, 2.5]);
  expect(jnp.array([[true], [2.5]] as never, "bfloat16").tolist()).toEqual([[1], [2.5]]);
  expect(jnp.array([true, 3n] as never).dtype).toBe("int32");
  expect(jnp.array([3n, 2.5]).tolist()).toEqual([3, 2.5]);
  expect(jnp.array([true, false]).dtype).toBe("bool");
});

it("arange of integers begins and goes on by integers, as in JAX", () => {
  // jnp.arange(0.5, 5, 1.5, dtype="int32") and jnp.arange(0, 2, 0.5, dtype="uint8")
  expect(jnp.arange(0.5, 5, 1.5, "int32").tolist()).toEqual([0, 1, 2]);
  expect(jnp.arange(0, 2, 0.5, "uint8").tolist()).toEqual([0, 0, 0, 0]);
  expect(jnp.arange(3, { dtype: "bool" }).astype("int32").tolist()).toEqual([0, 1, 1]);
});

it("linspace of bools is false at zeros alone, as in JAX", () => {
  // jnp.linspace(0, 1, 3, dtype="bool")
  expect(jnp.linspace(0, 1, 3, { dtype: "bool" }).tolist()).toEqual([false, true, true]);
});

it("values that promotion makes one are one to intersect1d", () => {
  // jnp.intersect1d(jnp.array([1], "bfloat16"), jnp.array([4294967295, 4294967294], "uint32"))
  const near = jnp.array(Uint32Array.of(4294967295, 4294967294));
  expect(jnp.intersect1d(jnp.array([1], "bfloat16"), near).shape).toEqual([0]);
});

it("cumulative sums and products in bool are bools", () => {
  // jnp.cumsum(jnp.array([0.5, 0, -3, 2]), dtype=bool) and the like
  for (const cumsum of [jnp.cumsum, jnp.nancumsum])
    expect(cumsum([0, 0.5, 0, -3], { dtype: "bool" }).tolist()).toEqual([false, true, true, true]);
  expect(jnp.array([0, 0.5, 0, -3]).cumsum({ dtype: "bool" }).tolist()).toEqual([false, true, true, true]);
  for (const cumprod of [jnp.cumprod, jnp.nancumprod])
    expect(cumprod([0.5, -1, 0, 3], { dtype: "bool" }).tolist()).toEqual([true, true, false, false]);
});
