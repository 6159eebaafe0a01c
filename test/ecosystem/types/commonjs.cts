import { Linear } from "flaxen/nnx";
import flaxen = require("flaxen");

const { nnx, numpy: jnp } = flaxen;
const model: flaxen.nnx.Linear = new Linear(3, 4, { rngs: new nnx.Rngs(0) });
export const y = model(jnp.ones([3]));
