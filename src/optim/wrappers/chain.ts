import { describe } from "../../base/index.ts";
import type { ExtraArgs, GradientTransformation, StateOf } from "../base.ts";
import { STEP, transformation } from "../base.ts";
import { withPart } from "../fused/parts.ts";
import { planOf } from "../fused/plan.ts";
import { fusedStep } from "../fused/step.ts";
import type { Tree } from "../tree/node.ts";

/** The states of the members of a chain, in order. */
export type ChainState<T extends readonly GradientTransformation[]> = { -readonly [I in keyof T]: StateOf<T[I]> };

/**
 * Transformations one after another: each gets the updates that the one before gives.
 *
 * Source: optax 0.2.8 `optax/transforms/_combining.py` (`chain`), as is the other function of this file.
 * @throws TypeError if one is not a transformation; RangeError if a state has another number of members
 * @example
 * const tx = optax.chain(optax.clip(1), optax.scale(-0.5));
 * tx.update(jnp.array([4, 1]), tx.init())[0].tolist() // => [-0.5, -0.5]
 */
export function chain<const T extends readonly GradientTransformation[]>(
  ...transforms: T
): GradientTransformation<ChainState<T>> {
  for (const [i, tx] of transforms.entries()) assertTransformation(tx, `chain: "transforms[${i}]"`);
  const tx = transformation<ChainState<T>>(
    (params) => transforms.map((tx) => tx.init(params)) as ChainState<T>,
    (updates, state, params, extra) => {
      const states = state as readonly unknown[];
      if (!Array.isArray(states) || states.length !== transforms.length)
        throw new RangeError(
          `optax.chain: "state" expected the ${transforms.length} states that init gives, got ${describe(state)}`,
        );
      const [changed, next] = run(transforms, states, updates, params, extra);
      return [changed, next as ChainState<T>];
    },
  );
  withPart(tx, { kind: "chain", members: transforms });
  const plan = planOf(tx);
  if (plan !== undefined) Object.defineProperty(tx, STEP, { value: fusedStep.bind(undefined, plan) });
  return tx;
}

function run(
  transforms: readonly GradientTransformation[],
  states: readonly unknown[],
  updates: Tree,
  params: Tree,
  extra: ExtraArgs,
): [Tree, unknown[]] {
  const next: unknown[] = [];
  let changed = updates;
  for (const [i, tx] of transforms.entries()) [changed, next[i]] = tx.update(changed, states[i], params, extra);
  return [changed, next];
}

/**
 * Transformations one after another, each with a name: its state has that name.
 *
 * @throws TypeError if one is not a pair of a name and a transformation; RangeError if a name comes twice
 * @example
 * const tx = optax.namedChain(["clip", optax.clip(1)], ["momentum", optax.trace({ decay: 0.9 })]);
 * Object.keys(tx.init(jnp.ones([1]))) // => ["clip", "momentum"]
 */
export function namedChain(
  ...transforms: readonly (readonly [name: string, transform: GradientTransformation])[]
): GradientTransformation<Readonly<Record<string, unknown>>> {
  for (const [i, pair] of transforms.entries()) {
    if (!Array.isArray(pair) || typeof pair[0] !== "string")
      throw new TypeError(
        `optax.namedChain: "transforms[${i}]" expected a name and a transformation, got ${describe(pair)}`,
      );
    assertTransformation(pair[1], `namedChain: "transforms[${i}]"`);
  }
  const names = transforms.map(([name]) => name);
  if (new Set(names).size < names.length)
    throw new RangeError(`optax.namedChain: expected names that differ, got ${names.join(", ")}`);
  const members = transforms.map(([, tx]) => tx);
  const byName = (states: readonly unknown[]): Record<string, unknown> =>
    Object.fromEntries(names.map((name, i) => [name, states[i]]));
  return transformation<Readonly<Record<string, unknown>>>(
    (params) => byName(members.map((tx) => tx.init(params))),
    (updates, state, params, extra) => {
      const states = names.map((name) => state[name]);
      const [changed, next] = run(members, states, updates, params, extra);
      return [changed, byName(next)];
    },
  );
}

/** @throws TypeError if a value is not a transformation */
export function assertTransformation(tx: unknown, name: string): void {
  const { init, update } = (typeof tx === "object" && tx !== null ? tx : {}) as Partial<GradientTransformation>;
  if (typeof init === "function" && typeof update === "function") return;
  const hint = typeof tx === "function" ? ". Call it: optax.adam(1e-3), not optax.adam" : "";
  throw new TypeError(`optax.${name} expected a gradient transformation, got ${describe(tx)}${hint}`);
}
