import { nnx, numpy as jnp, optax, random } from "flaxen";
import { Linear } from "flaxen/nnx";
import { exp } from "flaxen/numpy";
import { adam } from "flaxen/optax";
import { open } from "flaxen/orbax";
import { normal } from "flaxen/random";
import { saveParts } from "flaxen/weights";

const model: nnx.Linear = new Linear(3, 4, { rngs: new nnx.Rngs(0) });
const params: nnx.State<nnx.Param> = nnx.state(model, nnx.Param);
export const shape: readonly number[] = params.get("kernel").shape;
export const y = exp(model(jnp.ones([3])));
export const bytes: Uint8Array[] = saveParts({ x: normal(random.key(0), [2]) });
export const all = [adam(1e-3), optax.sgd(0.1), open];
export * from "flaxen";
