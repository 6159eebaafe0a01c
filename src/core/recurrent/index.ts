import type { RecurrentKernels } from "../../base/index.ts";
import { cellF32 } from "./cell.ts";
import { stepsF32 } from "./steps.ts";

/** The kernels of recurrent cells in plain TypeScript. */
export const coreRecurrent: RecurrentKernels = { name: "core", cellF32, stepsF32 };
