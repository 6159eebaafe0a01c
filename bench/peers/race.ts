/** Races of whole libraries: calls that may have to be awaited, checked against float64 before anything is timed. */
import type { Timing } from "../measure.ts";
import { formatRatio, formatTiming, summary } from "../measure.ts";

/** What libraries answer with: int64 indices and bytes as truth values among them. */
export type Values = Float32Array | Int32Array | BigInt64Array | Uint8Array;

/**
 * One library at one piece of work: an array in, a new array out. A promise only where the library has no other way.
 */
export interface Entrant {
  readonly name: string;
  readonly call: () => Values | Promise<Values>;
  /** Brings the result of a call into the order of the expected one, for the check alone. */
  readonly reorder?: (values: Values) => Values;
  /** Frees what the library keeps outside of JavaScript's heap. */
  readonly dispose?: () => unknown;
}

const ROUNDS = 11;
const ROUND_NS = 15e6;
/** Long enough for the engine to compile what a library's call runs through. */
const WARM_UP_MS = 150;
const SINGLE_CALLS = 3;
const US = 1000;

/**
 * Checks every entrant, then times them side by side.
 *
 * @param tolerance the largest difference allowed from the float64 result
 * @param before runs before every single call, untimed
 * @throws Error if an entrant's result is wrong; nothing is timed then
 */
export async function race(
  work: string,
  entrants: readonly Entrant[],
  expected: Float64Array,
  tolerance: number,
  before?: () => void,
): Promise<Timing[]> {
  for (const { name, call } of entrants) assertClose(`${work}: ${name}`, await call(), expected, tolerance);
  const times = await timeRounds(entrants, before);
  for (const { dispose } of entrants) await dispose?.();
  return entrants.map(({ name }, i) => summary(name, times[i]!));
}

/** The times of each entrant, one a round: each round runs all of them once, in turn. */
export async function timeRounds(entrants: readonly Entrant[], before?: () => void): Promise<number[][]> {
  const repeats: number[] = [];
  for (const entrant of entrants) repeats.push(await calibrate(entrant));
  const times = entrants.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, entrant] of entrants.entries()) {
      const ns = before ? await timeSingly(entrant, before) : await time(entrant, repeats[i]!);
      times[i]!.push(ns);
    }
  }
  return times;
}

/** The library that the others are compared with, and what is none of the others. */
const OURS = "flaxen";
const NO_PEERS = new Set([OURS, "flaxen, fused", "plain JS"]);

/**
 * A row of a table: the time of each of `names`, in units of so many nanoseconds, and how many times flaxen's it
 * is; "-" for one that did not run.
 */
export function cells(names: readonly string[], timings: readonly Timing[], unit = US): string[] {
  const ours = timings.find(({ name }) => name === OURS);
  return names.map((wanted) => {
    const timing = timings.find(({ name }) => name === wanted);
    if (timing === undefined) return "-";
    return ours === undefined || timing === ours
      ? formatTiming(timing, unit)
      : `${formatTiming(timing, unit)} ${formatRatio(timing, ours)}`;
  });
}

/**
 * How many times flaxen's time the best other library takes, by the medians; behind it by the least times, which other
 * work on the machine disturbs less.
 */
export function bestRatio(timings: readonly Timing[]): string {
  const ours = timings.find(({ name }) => name === OURS);
  const others = timings.filter(({ name }) => !NO_PEERS.has(name));
  if (ours === undefined || others.length === 0) return "-";
  const by = (time: "median" | "min"): string =>
    `${(Math.min(...others.map((other) => other[time])) / ours[time]).toFixed(2)}x`;
  return `${by("median")} (${by("min")})`;
}

/** Nanoseconds a call. A library that answers at once is not made to wait for the event loop. */
async function time({ call }: Entrant, repeats: number): Promise<number> {
  const first = call();
  const waits = first instanceof Promise;
  if (waits) await first;
  const start = performance.now();
  if (waits) for (let i = 0; i < repeats; i++) await call();
  else for (let i = 0; i < repeats; i++) call();
  return ((performance.now() - start) * 1e6) / repeats;
}

/** Nanoseconds a call, of so few that are timed one by one, each after `before`. */
async function timeSingly({ call }: Entrant, before: () => void): Promise<number> {
  let ns = 0;
  for (let i = 0; i < SINGLE_CALLS; i++) {
    before();
    const start = performance.now();
    const result = call();
    if (result instanceof Promise) await result;
    ns += (performance.now() - start) * 1e6;
  }
  return ns / SINGLE_CALLS;
}

/** How often to repeat a call for one round. */
async function calibrate(entrant: Entrant): Promise<number> {
  const start = performance.now();
  let repeats = 1;
  let ns = await time(entrant, repeats);
  while (performance.now() - start < WARM_UP_MS || ns * repeats < ROUND_NS / 2) {
    repeats = Math.max(1, Math.min(2 * repeats, Math.round(ROUND_NS / ns)));
    ns = await time(entrant, repeats);
  }
  return Math.max(1, Math.round(ROUND_NS / ns));
}

/** @throws Error that names the first element too far from the expected one */
export function assertClose(who: string, got: Values, expected: Float64Array, tolerance: number): void {
  if (got.length !== expected.length)
    throw new Error(`${who} gives ${got.length} elements, expected ${expected.length}`);
  // Written so that a NaN is a difference too.
  const at = expected.findIndex((value, i) => !(Math.abs(Number(got[i]) - value) <= tolerance));
  if (at >= 0)
    throw new Error(`${who}: element ${at} is ${got[at]}, expected ${expected[at]} (tolerance ${tolerance})`);
}
