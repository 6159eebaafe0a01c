import * as jnp from "../../src/numpy.ts";
import type { Encoded } from "../golden/load.ts";

/** A case of elementwise.json. */
export interface ElementwiseCase {
  readonly fn: string;
  readonly x: Encoded;
  readonly out: Encoded;
}

/** The functions of elementwise.json, by the generator's names. */
export const FUNCTIONS = {
  exp: jnp.exp,
  expm1: jnp.expm1,
  log: jnp.log,
  log1p: jnp.log1p,
  tanh: jnp.tanh,
  erf: jnp.erf,
  erf_inv: jnp.erfInv,
  logistic: jnp.logistic,
  sqrt: jnp.sqrt,
};
