/**
 * The kernels of elementary functions with multiply-adds that the processor fuses, in the profile `fma`: the bits of
 * those in assembly/, which round in double precision what one instruction here rounds. A module of its own, because an
 * engine that lacks the instruction does not compile it.
 */
export { activateF32 } from "./activate";
export { fuses } from "./fma";
export { shiftedExpF32, softmaxF32 } from "./softmax";
export { softmaxColumnsF32 } from "./softmaxcolumns";
export { setScratch } from "../sum";
export { unaryF32 } from "./unary";
export { weightsF32 } from "./weights";
