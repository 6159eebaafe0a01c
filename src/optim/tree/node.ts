export { EMPTY_NODE } from "../../pytree/index.ts";
export type { Tree, TreeKey, TreePath } from "../../pytree/index.ts";
