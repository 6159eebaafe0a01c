/** Gradients: functions of arrays that give derivatives of functions of arrays. */
export { checkpoint } from "./checkpoint.ts";
export { customVjp } from "./customvjp.ts";
export type { CustomVjp, CustomVjpOptions } from "./customvjp.ts";
export { grad, valueAndGrad } from "./grad.ts";
export { hessian, jacfwd, jacrev } from "./jacobian.ts";
export type { Jacobian, JacobianOptions } from "./jacobian.ts";
export { jvp } from "./jvp.ts";
export type { JvpOptions } from "./jvp.ts";
export type { Nest } from "./nest.ts";
export { stopGradient } from "./stopgradient.ts";
export type { Argnums, Givens, Gradient, Gradients, GradOptions } from "./types.ts";
export { vjp } from "./vjp.ts";
export type { VjpFn } from "./vjp.ts";
