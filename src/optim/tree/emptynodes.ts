import { EMPTY_NODE } from "./node.ts";

/**
 * The state of a transformation that keeps nothing: a tree without leaves.
 *
 * Source: optax 0.2.8 `optax/_src/base.py` (`EmptyState`).
 * @example
 * optax.tree.leaves(optax.scale(2).init(jnp.ones([3]))) // => []
 */
export class EmptyState {
  get [EMPTY_NODE](): true {
    return true;
  }
}

/**
 * What stands in a tree for a part that a mask leaves out: a tree without leaves.
 *
 * Source: optax 0.2.8 `optax/transforms/_masking.py` (`MaskedNode`).
 * @example
 * const tx = optax.masked(optax.trace({ decay: 0.9 }), { a: true, b: false });
 * const state = tx.init({ a: jnp.ones([1]), b: jnp.ones([1]) });
 * state.inner_state.trace.b instanceof optax.MaskedNode // => true
 */
export class MaskedNode {
  get [EMPTY_NODE](): true {
    return true;
  }
}

/** The one EmptyState that transformations share. */
export const EMPTY_STATE: EmptyState = /* @__PURE__ */ new EmptyState();

/** The one MaskedNode that masks share. */
export const MASKED_NODE: MaskedNode = /* @__PURE__ */ new MaskedNode();
