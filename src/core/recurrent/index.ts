import type { RecurrentKernels } from "../../base/index.ts";
import { cellF32 } from "./cell.ts";

/** The kernels of recurrent cells in plain TypeScript. */
export const coreRecurrent: RecurrentKernels = { name: "core", cellF32 };
