/** What files with operations need, to describe and to call them. */
export type { Input, Operation } from "../data/index.ts";
export type { Interpreter } from "./interpreter.ts";
export { interpreter } from "./interpreter.ts";
export { apply, applyAll } from "./ndarray.ts";
