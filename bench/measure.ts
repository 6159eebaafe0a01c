import { formatFigure } from "./table.ts";

/** The results of contenders, which are compared bit by bit. */
export type Output = Float32Array | Uint32Array;

/**
 * One way of doing a piece of work. `run` holds the loop itself, so that a call of nanoseconds is not timed together
 * with a call into the harness; `output` is the result of the run's last call.
 */
export interface Contender {
  readonly name: string;
  readonly run: (repeats: number) => void;
  readonly output: () => Output;
}

/** Nanoseconds a call. */
export interface Timing {
  readonly name: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

const ROUNDS = 11;

/**
 * Long compared with the clock's resolution and a stray interrupt, and short enough that all contenders of a round run
 * under similar machine load.
 */
const ROUND_NS = 15e6;

/**
 * `race` for contenders that must agree, and others `beside` them that do something else.
 *
 * @throws Error if two contenders give different bits; nothing is timed then
 */
export function compare(work: string, contenders: readonly Contender[], beside: readonly Contender[] = []): Timing[] {
  assertSameBits(work, contenders);
  return race([...contenders, ...beside]);
}

/**
 * Times contenders side by side: every round runs each of them once, in turn, so that a slow spell of the machine
 * affects all alike.
 */
export function race(contenders: readonly Contender[]): Timing[] {
  const repeats = contenders.map(calibrate);
  const times = contenders.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    contenders.forEach((contender, i) => times[i]!.push(time(contender, repeats[i]!)));
  }
  return contenders.map(({ name }, i) => summary(name, times[i]!));
}

/** The median of some times, and their range. */
export function summary(name: string, times: readonly number[]): Timing {
  const sorted = times.toSorted((a, b) => a - b);
  return { name, median: sorted[sorted.length >> 1]!, min: sorted[0]!, max: sorted[sorted.length - 1]! };
}

/** `median (min..max)`, each divided by `unit` nanoseconds. */
export function formatTiming({ median, min, max }: Timing, unit = 1): string {
  return `${formatFigure(median / unit)} (${formatFigure(min / unit)}..${formatFigure(max / unit)})`;
}

/** How many times faster `b` is than `a`. */
export function formatRatio(a: Timing, b: Timing): string {
  return `${(a.median / b.median).toFixed(2)}x`;
}

/** Nanoseconds a call. */
function time({ run }: Contender, repeats: number): number {
  const start = performance.now();
  run(repeats);
  return ((performance.now() - start) * 1e6) / repeats;
}

/**
 * How often to repeat a call for one round. Measured twice, because the engine compiles the loop during the first pass.
 */
function calibrate(contender: Contender): number {
  let repeats = 1;
  for (let pass = 0; pass < 2; pass++) {
    let ns = time(contender, repeats);
    while (ns * repeats < ROUND_NS / 2) {
      repeats *= 2;
      ns = time(contender, repeats);
    }
    repeats = Math.max(1, Math.round(ROUND_NS / ns));
  }
  return repeats;
}

function assertSameBits(work: string, contenders: readonly Contender[]): void {
  const [first, ...others] = contenders.map((contender) => ({ name: contender.name, words: firstWords(contender) }));
  for (const other of others) {
    const { length } = first!.words;
    if (other.words.length !== length)
      throw new Error(`${work}: ${first!.name} gives ${length} elements, ${other.name} ${other.words.length}`);
    const at = other.words.findIndex((word, i) => word !== first!.words[i]);
    if (at >= 0)
      throw new Error(
        `${work}: element ${at} differs: ` +
          `${first!.name} ${hex(first!.words[at]!)}, ${other.name} ${hex(other.words[at]!)}`,
      );
  }
}

/** The first call's result, as words. A copy, because the next run overwrites it. */
function firstWords({ run, output }: Contender): Uint32Array {
  run(1);
  const { buffer, byteOffset, length } = output();
  return new Uint32Array(buffer, byteOffset, length).slice();
}

function hex(word: number): string {
  return word.toString(16).padStart(8, "0");
}
