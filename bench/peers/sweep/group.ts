/**
 * `node --import tsx bench/peers/sweep/group.ts pooling max`: runs one group, as far as the names of its rows have one
 * of the words, and prints each row's result as a line of JSON.
 */
import { assertClose, timeRounds } from "../race.ts";
import type { Chapter, Row } from "./contest.ts";
import { entrantsOf } from "./entrants.ts";
import type { Failure, Result } from "./groups.ts";

const TOLERANCE = 1e-5;

const [, , group, ...words] = process.argv;
const { ROWS, REASONS = {} } = (await import(`./${group}.ts`)) as Chapter;
for (const name of Object.keys(REASONS))
  if (!ROWS.some((row) => row.name === name)) throw new Error(`sweep/${group}.ts has a reason for no row: ${name}`);
for (const row of ROWS) {
  if (words.length > 0 && !words.some((word) => row.name.includes(word))) continue;
  const result = await run(row).catch((error: unknown): Failure => ({ name: row.name, error: String(error) }));
  process.stderr.write(`${row.name}: ${"error" in result ? result.error : result.ratio.toFixed(2)}\n`);
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

/** Compares all results with flaxen's, then times the libraries in turn. */
async function run({ name, tolerance = TOLERANCE, contest }: Row): Promise<Result> {
  const entrants = await entrantsOf(contest());
  const [ours, ...peers] = entrants;
  const expected = Float64Array.from((await ours!.call()) as Float32Array, Number);
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (const peer of peers) {
    const values = await peer.call();
    assertClose(peer.name, peer.reorder?.(values) ?? values, expected, tolerance * largest);
  }
  const [mine, ...others] = await timeRounds(entrants);
  for (const { dispose } of entrants) await dispose?.();
  const ratios = others.map((times) => times.map((time, round) => time / mine![round]!));
  const best = ratios.reduce((least, values, i) => (median(values) < median(ratios[least]!) ? i : least), 0);
  return {
    name,
    tolerance,
    ...(REASONS[name] !== undefined && { reason: REASONS[name] }),
    flaxen: median(mine!),
    peer: { name: peers[best]!.name, time: median(others[best]!) },
    ratio: median(ratios[best]!),
    spread: [quantile(ratios[best]!, 0.25), quantile(ratios[best]!, 0.75)],
    byLeast: Math.min(...others.flat()) / Math.min(...mine!),
  };
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.round(part * (values.length - 1))]!;
}
