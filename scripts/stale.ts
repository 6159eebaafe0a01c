import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./run.ts";

/**
 * Whether `output` is missing or older than any input: files, or folders with all that is in them. Paths from the top
 * folder.
 */
export function isStale(output: string, inputs: readonly string[]): boolean {
  const made = modified(join(ROOT, output));
  return inputs.flatMap((input) => files(join(ROOT, input))).some((file) => modified(file) > made);
}

function files(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => files(join(path, name)));
}

function modified(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
