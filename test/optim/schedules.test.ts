import { describe, expect, it } from "vitest";
import * as optax from "../../src/optax.ts";
import { onEachBackend } from "../backends.ts";
import type { Encoded } from "../golden/load.ts";
import { numbersOf, recorded, revive, ulpsBetween } from "../golden/training.ts";

interface Recorded {
  readonly schedule: string;
  readonly options?: Record<string, unknown>;
  readonly text?: string;
  readonly values: Encoded;
}

const { cases, steps } = recorded<{ cases: readonly Recorded[]; steps: readonly number[] }>("schedules");

/** What options cannot say. */
const BY_TEXT: Record<string, () => optax.Schedule> = {
  "joinSchedules([linearSchedule(0, 1, 10), cosineDecaySchedule(1, 90)], [10])": () =>
    optax.joinSchedules([optax.linearSchedule(0, 1, 10), optax.cosineDecaySchedule(1, 90)], [10]),
};

function scheduleOf({ schedule, options, text }: Recorded): (count: unknown) => { item(): number; tolist(): unknown } {
  if (text !== undefined) return BY_TEXT[text]!() as never;
  return (optax as unknown as Record<string, (options: unknown) => never>)[schedule]!(revive(options));
}

const titled = cases.map((one) => [`${one.schedule} ${one.text ?? JSON.stringify(one.options)}`, one] as const);

onEachBackend("schedules against JAX", () => {
  it.each(titled)("%s: within 4 float32, or 2e-7 of the largest value", (_, one) => {
    const want = numbersOf(one.values);
    const schedule = scheduleOf(one);
    const small = 2e-7 * Math.max(...want.map(Math.abs));
    for (const [i, step] of steps.entries()) {
      const got = schedule(step).item();
      if (Math.abs(got - want[i]!) > small) expect(ulpsBetween(got, want[i]!), `step ${step}`).toBeLessThanOrEqual(4);
    }
  });

  it.each(titled)("%s: an array of counts gives an array of values", (_, one) => {
    const schedule = scheduleOf(one);
    const all = schedule([...steps]).tolist() as number[];
    const largest = Math.max(...all.map(Math.abs));
    expect(all).toHaveLength(steps.length);
    for (const [i, step] of steps.entries())
      expect(Math.abs(all[i]! - schedule(step).item()), `step ${step}`).toBeLessThanOrEqual(4e-7 * largest);
  });
});

describe("schedules and bad arguments", () => {
  it.each([
    [
      "an unknown name",
      () => optax.linearSchedule({ initValue: 0, endValue: 1, steps: 5 } as never),
      TypeError,
      /"steps"/,
    ],
    ["no value", () => optax.constantSchedule(undefined as never), TypeError, /"value" expected a value, got none/],
    ["a string", () => optax.constantSchedule("1" as never), TypeError, /"value" expected a number, got "1"/],
    ["no steps to decay in", () => optax.cosineDecaySchedule(1, 0), RangeError, /"decaySteps" expected more than 0/],
    [
      "a warm-up that takes all",
      () => optax.warmupCosineDecaySchedule(0, 1, 10, 10),
      RangeError,
      /"decaySteps" expected more than the 10/,
    ],
    [
      "too few boundaries",
      () => optax.joinSchedules([() => 1, () => 2], []),
      RangeError,
      /"boundaries" expected one fewer/,
    ],
    [
      "a number for a schedule",
      () => optax.joinSchedules([1] as never, []),
      TypeError,
      /"schedules\[0\]" expected a schedule/,
    ],
    ["a factor below 0", () => optax.piecewiseConstantSchedule(1, { 5: -1 }), RangeError, /factors from 0, got 5: -1/],
    [
      "an unknown way to interpolate",
      () => optax.piecewiseInterpolateSchedule("cubic" as never, 1),
      RangeError,
      /"interpolateType" expected "linear" or "cosine", got "cubic"/,
    ],
    ["no parts", () => optax.sgdrSchedule([]), RangeError, /"cosineKwargs" expected an array of at least one/],
    [
      "an argument twice",
      () => optax.exponentialDecay(1, 2, 0.5, { initValue: 3 } as never),
      TypeError,
      /by position and by name/,
    ],
  ] as const)("%s", (_, run, type, message) => {
    expect(run).toThrow(type);
    expect(run).toThrow(message);
  });

  it("steps that are none leave the value", () => {
    expect(optax.linearSchedule(2, 0, 0)(5).item()).toBe(2);
    expect(optax.exponentialDecay(2, 0, 0.5)(5).item()).toBe(2);
    expect(optax.exponentialDecay(2, 5, 0)(5).item()).toBe(2);
    expect(optax.piecewiseInterpolateSchedule("linear", 2)(5).item()).toBe(2);
  });

  it("a schedule of the user's gets a number", () => {
    const seen: unknown[] = [];
    const tx = optax.sgd((count) => {
      seen.push(count);
      return 1 / (1 + count);
    });
    let state = tx.init(0);
    for (let i = 0; i < 3; i++) [, state] = tx.update(1, state);
    expect(seen).toEqual([0, 1, 2]);
  });
});
