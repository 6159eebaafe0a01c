import { asarray, less, subtract, where } from "../../array/index.ts";
import type { Given } from "../../base/index.ts";
import { assertList, describe, inOrder } from "../../base/index.ts";
import type { Schedule } from "../base.ts";
import type { ArraySchedule } from "./count.ts";

/**
 * Schedules one after another: from each boundary on the next one, which counts from there.
 *
 * @param boundaries where the second begins, the third, and so on: one fewer than schedules
 *
 * Source: optax 0.2.8 `optax/schedules/_join.py` (`join_schedules`).
 * @throws TypeError if one is not a function; RangeError if the numbers do not fit
 * @example
 * const schedule = optax.joinSchedules([optax.linearSchedule(0, 1, 10), optax.constantSchedule(5)], [10]);
 * schedule([5, 10]).tolist() // => [0.5, 5]
 */
export function joinSchedules(
  ...places: Given<[schedules: readonly Schedule[], boundaries: readonly number[]], "schedules boundaries">
): ArraySchedule;
export function joinSchedules(): ArraySchedule {
  return inOrder(joinSchedulesOf, arguments, 2, "optax.joinSchedules schedules boundaries");
}

function joinSchedulesOf(schedules: readonly Schedule[], boundaries: readonly number[]): ArraySchedule {
  assertList(schedules, 'optax.joinSchedules: "schedules"');
  assertList(boundaries, 'optax.joinSchedules: "boundaries"');
  for (const [i, schedule] of schedules.entries())
    if (typeof schedule !== "function")
      throw new TypeError(`optax.joinSchedules: "schedules[${i}]" expected a schedule, got ${describe(schedule)}`);
  if (schedules.length === 0 || boundaries.length !== schedules.length - 1)
    throw new RangeError(
      `optax.joinSchedules: "boundaries" expected one fewer than the ${schedules.length} schedules, got ` +
        `${boundaries.length}`,
    );
  const [first, ...others] = schedules as readonly ArraySchedule[];
  return (count) => {
    if (typeof count !== "number") {
      const step = asarray(count);
      return others.reduce(
        (value, schedule, i) =>
          where(less(step, boundaries[i]!), value, asarray(schedule(subtract(step, boundaries[i]!)))),
        asarray(first!(step)),
      );
    }
    let value = first!;
    let begin = 0;
    for (const [i, schedule] of others.entries())
      if (count >= boundaries[i]!) [value, begin] = [schedule, boundaries[i]!];
    return asarray(value(count - begin));
  };
}
