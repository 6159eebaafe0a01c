/** Every row of the comparison. Public API alone, so that it runs on any two versions. */
import { ARRAYS } from "./arrays.ts";
import { MAKING } from "./making.ts";
import { MODELS_AND_LAYERS } from "./models.ts";
import type { Row } from "./row.ts";

export const ROWS: readonly Row[] = [...ARRAYS, ...MODELS_AND_LAYERS, ...MAKING];
