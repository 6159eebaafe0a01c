/**
 * The kernels of recurrent cells: a module of its own, which works on the memory of the other kernels. Its tables and
 * scratch memory lie behind theirs.
 */
export { cellF32 } from "./cell";
// Nobody calls it: the build fuses its products, and no others, for the module's twin.
export { matvecPanelsF32 } from "../matvec";
export { stepsF32 } from "./steps";
