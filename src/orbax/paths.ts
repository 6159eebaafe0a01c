import type { LoadErrorPlace } from "../weights/index.ts";
import { LoadError } from "../weights/index.ts";

/**
 * Checks that `path` stays inside the checkpoint: relative, with `/` between its parts, and no `..`.
 *
 * @throws LoadError `PathRejected`
 */
export function checkPath(path: string, place: LoadErrorPlace): void {
  const parts = path.split("/");
  if (parts.some((part) => part === "" || part === "." || part === "..") || /[\\:\0]/.test(path))
    throw new LoadError("PathRejected", `expected a path inside the checkpoint, got ${JSON.stringify(path)}`, place);
}
