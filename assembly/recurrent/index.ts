/**
 * The kernels of recurrent cells: a module of its own, which works on the memory of the other kernels. Its tables and
 * scratch memory lie behind theirs.
 */
export { cellF32 } from "./cell";
export { stepsF32 } from "./steps";
