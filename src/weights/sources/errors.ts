import { LoadError } from "../errors.ts";

/** @returns the error for a file that became another while it was read */
export function changedError(source: string): LoadError {
  return new LoadError("StateChanged", "it was changed while it was read", { source });
}

/** @returns the error for an answer with another number of bytes than it must have */
export function lengthError(source: string, expected: number, got: number): LoadError {
  return new LoadError("Incomplete", `expected ${expected} bytes, got ${got}`, { source });
}
