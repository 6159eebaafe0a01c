/** Races of whole libraries: calls that may have to be awaited, checked against float64 before anything is timed. */
import type { Timing } from "../measure.ts";
import { formatRatio, formatTiming, summary } from "../measure.ts";

/**
 * One library at one piece of work: an array in, a new array out. A promise only where the library has no other way.
 */
export interface Entrant {
  readonly name: string;
  readonly call: () => Float32Array | Promise<Float32Array>;
  /** Frees what the library keeps outside of JavaScript's heap. */
  readonly dispose?: () => unknown;
}

const ROUNDS = 11;
const ROUND_NS = 15e6;
/** Long enough for the engine to compile what a library's call runs through. */
const WARM_UP_MS = 150;
const US = 1000;

/**
 * Checks every entrant, then times them side by side: each round runs all of them once, in turn.
 *
 * @param tolerance the largest difference allowed from the float64 result
 * @throws Error if an entrant's result is wrong; nothing is timed then
 */
export async function race(
  work: string,
  entrants: readonly Entrant[],
  expected: Float64Array,
  tolerance: number,
): Promise<Timing[]> {
  for (const { name, call } of entrants) assertClose(`${work}: ${name}`, await call(), expected, tolerance);
  const repeats: number[] = [];
  for (const entrant of entrants) repeats.push(await calibrate(entrant));
  const times = entrants.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, entrant] of entrants.entries()) times[i]!.push(await time(entrant, repeats[i]!));
  }
  for (const { dispose } of entrants) await dispose?.();
  return entrants.map(({ name }, i) => summary(name, times[i]!));
}

/** The library that the others are compared with, and the loops that are no library. */
const OURS = "flaxen";
const NO_LIBRARY = "plain JS";

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
  const others = timings.filter(({ name }) => name !== OURS && name !== NO_LIBRARY);
  if (ours === undefined || others.length === 0) return "-";
  const by = (time: "median" | "least"): string =>
    `${(Math.min(...others.map((other) => other[time])) / ours[time]).toFixed(2)}x`;
  return `${by("median")} (${by("least")})`;
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

function assertClose(who: string, got: Float32Array, expected: Float64Array, tolerance: number): void {
  if (got.length !== expected.length)
    throw new Error(`${who} gives ${got.length} elements, expected ${expected.length}`);
  // Written so that a NaN is a difference too.
  const at = got.findIndex((value, i) => !(Math.abs(value - expected[i]!) <= tolerance));
  if (at >= 0)
    throw new Error(`${who}: element ${at} is ${got[at]}, in float64 ${expected[at]} (tolerance ${tolerance})`);
}
