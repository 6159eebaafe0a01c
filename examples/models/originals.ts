/**
 * The packages of originals/, which carry weights, data and the original runtimes; `npm
 * run test:models` installs them.
 */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const PACKAGES = new URL("originals/node_modules/", import.meta.url);

/**
 * The path of a file of one of the packages: `package/folder/file`.
 *
 * @throws Error if the packages are not installed
 */
export function originalFile(path: string): string {
  const file = fileURLToPath(new URL(path, PACKAGES));
  if (!existsSync(file)) throw new Error(`${path} expected. Install it: npm ci --prefix examples/models/originals`);
  return file;
}

/** One of the packages, as `require` gives it. */
export function originalModule<T>(name: string): T {
  originalFile(name);
  return createRequire(new URL("originals/package.json", import.meta.url))(name) as T;
}
