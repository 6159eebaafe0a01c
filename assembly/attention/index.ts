/**
 * The kernels of attention: a module of its own, which works on the memory of the other kernels. Its tables lie behind
 * theirs.
 */
export { attentionF32, packKeysF32 } from "./attention";
