import { LoadError } from "../../weights/index.ts";

/** @returns the error for data that is not zstd, or damaged; `offset` counts from the start of the compressed data */
export function zstdError(expected: string, offset?: number): LoadError {
  return new LoadError("BadZstd", `zstd: expected ${expected}${offset === undefined ? "" : ` at byte ${offset}`}`);
}
