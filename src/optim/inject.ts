import type { DType, NDArray } from "../array/index.ts";
import { array, asarray, isArray } from "../array/index.ts";
import { assertFunction, byCodePoint, describe, inOrder } from "../base/index.ts";
import type { Places } from "../base/index.ts";
import { DEFAULTS } from "./arguments.ts";
import type { GradientTransformation, Scalar, Schedule } from "./base.ts";
import { transformation } from "./base.ts";
import { safeIncrement, zeroCount } from "./count.ts";
import type { ScaleByScheduleState } from "./transforms/scale.ts";
import { treeDtype } from "./tree/dtype.ts";

/** The numbers an optimizer works with, and its state. */
export interface InjectHyperparamsState {
  /** int32 */
  readonly count: NDArray;
  /** By Python's names: `learning_rate`. Those that are not schedules may be set between updates, by either name. */
  readonly hyperparams: Record<string, Scalar>;
  /** How far each schedule is. */
  readonly hyperparams_states: Readonly<Record<string, ScaleByScheduleState>>;
  readonly inner_state: unknown;
}

/** What `injectHyperparams` takes besides the function. */
export interface InjectOptions {
  /**
   * Arguments that stay as they are. Those that are not numbers, arrays or schedules always
   * do, and functions named as masks.
   */
  readonly staticArgs?: string | readonly string[];
  /** The dtype of the numbers. Default the widest of the parameters. */
  readonly hyperparamDtype?: DType | null;
}

type Factory = (...args: never) => GradientTransformation;

/**
 * An optimizer whose numbers are part of its state: to see them, to change them between updates, and
 * to give any of them a schedule.
 *
 * @param innerFactory a function of `optax`, or one that takes one object of arguments
 * @returns a function that takes the arguments by name; those of `optax` take them by position too
 *
 * Source: optax 0.2.8 `optax/schedules/_inject.py` (`inject_hyperparams`).
 * @throws TypeError if `innerFactory` is not a function or the arguments have no names; RangeError if `staticArgs` has
 * a name that is none of them, or a number that does not exist was set
 * @example
 * const tx = optax.injectHyperparams(optax.sgd)({ learningRate: 0.5 });
 * const state = tx.init(jnp.zeros([1]));
 * const first = tx.update(jnp.array([1]), state)[0].tolist();
 * state.hyperparams.learningRate = 0.25;
 * [first, tx.update(jnp.array([1]), state)[0].tolist()] // => [[-0.5], [-0.25]]
 */
export function injectHyperparams<A extends readonly unknown[]>(
  innerFactory: (...args: A) => GradientTransformation,
  ...places: Places<[staticArgs: string | readonly string[], hyperparamDtype: DType | null], InjectOptions>
): (...args: A) => GradientTransformation<InjectHyperparamsState>;
export function injectHyperparams(): (...args: readonly unknown[]) => GradientTransformation<InjectHyperparamsState> {
  return inOrder(injected, arguments, 1, "optax.injectHyperparams innerFactory | staticArgs hyperparamDtype");
}

function injected<A extends readonly unknown[]>(
  innerFactory: (...args: A) => GradientTransformation,
  { staticArgs = [], hyperparamDtype = null }: InjectOptions = {},
): (...args: A) => GradientTransformation<InjectHyperparamsState> {
  assertFunction(innerFactory, 'optax.injectHyperparams: "innerFactory"');
  const fixed = typeof staticArgs === "string" ? [staticArgs] : staticArgs;
  return (...args) => {
    const { numbers, schedules, others } = sortArguments(argumentsOf(innerFactory, args), fixed);
    const make = (hyperparams: Readonly<Record<string, Scalar>>): GradientTransformation =>
      (innerFactory as unknown as (options: object) => GradientTransformation)({
        ...others,
        ...Object.fromEntries(
          [...numbers.keys(), ...schedules.keys()].map((name) => [name, hyperparams[snakeCase(name)]]),
        ),
      });
    const names = [...numbers.keys(), ...schedules.keys()].map(snakeCase).sort(byCodePoint);
    return transformation<InjectHyperparamsState>(
      (params) => {
        const dtype = hyperparamDtype ?? treeDtype(params, "highest");
        const states = Object.fromEntries(
          [...schedules.keys()].map((name) => [snakeCase(name), { count: zeroCount() }]),
        );
        const hyperparams = collect(names, (name) => convert(valueOf(name, numbers, schedules, states), dtype));
        return {
          count: zeroCount(),
          hyperparams,
          hyperparams_states: states,
          inner_state: make(hyperparams).init(params),
        };
      },
      (updates, state, params, extra) => {
        const dtype = hyperparamDtype ?? treeDtype(params, "highest");
        for (const name of Object.keys(state.hyperparams)) if (!names.includes(name)) throw nameError(name, names);
        const hyperparams = collect(names, (name) => {
          const schedule = scheduleOf(name, schedules);
          return convert(
            schedule ? schedule(state.hyperparams_states[name]!.count.item()) : state.hyperparams[name]!,
            dtype,
          );
        });
        const [changed, inner] = make(hyperparams).update(updates, state.inner_state, params, extra);
        return [
          changed,
          {
            count: safeIncrement(state.count),
            hyperparams,
            hyperparams_states: Object.fromEntries(
              Object.entries(state.hyperparams_states).map(([name, { count }]) => [
                name,
                { count: safeIncrement(count) },
              ]),
            ),
            inner_state: inner,
          },
        ];
      },
    );
  };
}

/** The arguments of a call by name, with the defaults of functions of `optax`. */
function argumentsOf(factory: Factory, args: readonly unknown[]): Readonly<Record<string, unknown>> {
  const last = args.at(-1);
  const options =
    typeof last === "object" && last !== null && !isArray(last) && !Array.isArray(last) ? last : undefined;
  const positional = options === undefined ? args : args.slice(0, -1);
  let found: Readonly<Record<string, unknown>> | undefined;
  const stop = {};
  const listen = (given: Readonly<Record<string, unknown>>): never => {
    found = { ...given };
    throw stop;
  };
  try {
    (factory as unknown as (...args: unknown[]) => unknown)(...positional, { ...options, [DEFAULTS]: listen });
  } catch (error) {
    if (error !== stop) throw error;
  }
  if (found !== undefined) return found;
  if (options !== undefined && positional.length === 0) return options as Readonly<Record<string, unknown>>;
  throw new TypeError(
    `optax.injectHyperparams: expected the arguments by name, because those of ${describe(factory)} are not ` +
      "known.\n  right: optax.injectHyperparams(make)({ learningRate: 0.1 })",
  );
}

interface SortedArguments {
  readonly numbers: ReadonlyMap<string, Scalar>;
  readonly schedules: ReadonlyMap<string, Schedule>;
  readonly others: Readonly<Record<string, unknown>>;
}

function sortArguments(given: Readonly<Record<string, unknown>>, fixed: readonly string[]): SortedArguments {
  const unknown = fixed.find((name) => !Object.hasOwn(given, name));
  if (unknown !== undefined)
    throw new RangeError(
      `optax.injectHyperparams: "staticArgs" expected names among ${Object.keys(given).join(", ")}, got ` +
        `${describe(unknown)}`,
    );
  const numbers = new Map<string, Scalar>();
  const schedules = new Map<string, Schedule>();
  const others: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    if (fixed.includes(name)) others[name] = value;
    else if (typeof value === "number" || isArray(value)) numbers.set(name, value);
    else if (typeof value === "function" && !/mask$|fn$/i.test(name)) schedules.set(name, value as Schedule);
    else others[name] = value;
  }
  return { numbers, schedules, others };
}

function valueOf(
  name: string,
  numbers: SortedArguments["numbers"],
  schedules: SortedArguments["schedules"],
  states: Readonly<Record<string, ScaleByScheduleState>>,
): Scalar {
  const schedule = scheduleOf(name, schedules);
  if (schedule) return schedule(states[name]!.count.item());
  return [...numbers].find(([camel]) => snakeCase(camel) === name)![1];
}

function scheduleOf(name: string, schedules: SortedArguments["schedules"]): Schedule | undefined {
  return [...schedules].find(([camel]) => snakeCase(camel) === name)?.[1];
}

/** The values by name. Names of several words may be read and written in camel case too, which is not listed. */
function collect(names: readonly string[], valueOf: (name: string) => Scalar): Record<string, Scalar> {
  const values: Record<string, Scalar> = Object.fromEntries(names.map((name) => [name, valueOf(name)]));
  for (const name of names) {
    const camel = camelCase(name);
    if (camel === name) continue;
    Object.defineProperty(values, camel, {
      get: () => values[name],
      set(value: Scalar) {
        values[name] = value;
      },
    });
  }
  return values;
}

function convert(value: Scalar, dtype: DType): NDArray {
  return typeof value === "number" ? array(value, dtype) : asarray(value);
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function nameError(name: string, names: readonly string[]): RangeError {
  return new RangeError(
    `optax.injectHyperparams: "state.hyperparams" expected ${names.join(", ")} alone, got ${describe(name)} too`,
  );
}
