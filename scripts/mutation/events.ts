/** What the runner writes to its log. */
export type Event =
  | { readonly event: "file"; readonly file: string }
  /** All tests of the file have run; the mutants that it came by in tests, and in loading and hooks. */
  | {
      readonly event: "done";
      readonly file: string;
      readonly inside: readonly number[];
      readonly outside: readonly number[];
      readonly ms: number;
    }
  /** A mutant is tried; it has so many milliseconds. */
  | { readonly event: "start"; readonly id: number; readonly patience: number }
  | { readonly event: "survived"; readonly id: number }
  | { readonly event: "killed"; readonly id: number; readonly by: string; readonly late: boolean }
  /** Its test failed, and then also without it. */
  | { readonly event: "unsure"; readonly id: number; readonly test: string }
  /** The test takes so long that it is not tried with each of these. */
  | { readonly event: "slow"; readonly test: string; readonly ids: readonly number[] }
  /** The test fails when it runs for the second time, so that these mutants have to be tried elsewhere. */
  | { readonly event: "unrepeatable"; readonly test: string; readonly ids: readonly number[] };

/** The events of a log, whose last line may be cut off. */
export function parseEvents(text: string): Event[] {
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Event);
}

/** A test that takes more milliseconds than these, by the clock and of the processor, is not repeated. */
export const SLOW = 5000;

/** How many milliseconds a mutant gets in a test that takes `ms` without it. */
export function patienceFor(ms: number): number {
  return 20_000 + 20 * ms;
}
