/** What does not fit between a state and a model. */
export type StateErrorCode =
  | "MissingKeys"
  | "UnexpectedKeys"
  | "ShapeMismatch"
  | "DtypeMismatch"
  | "AliasConflict"
  | "GraphMismatch"
  | "PathConflict";

/**
 * A state does not fit a model, or another state. It is thrown before anything was changed; `code` says in which way
 * and the message lists every path that is concerned.
 *
 * @example
 * let code;
 * try { nnx.update(model, { kernel: jnp.zeros([4, 3]) }); } catch (error) { code = error.code; }
 * code // => "ShapeMismatch"
 */
export class StateError extends RangeError {
  override readonly name = "StateError";
  readonly code: StateErrorCode;

  /** @internal */
  constructor(code: StateErrorCode, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}
