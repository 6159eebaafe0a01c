import { run } from "./run.ts";
import { isStale } from "./stale.ts";

/** Installs the packages of a folder with a lock file of its own, unless they are there. */
export function installIfStale(folder: string): void {
  if (isStale(`${folder}/node_modules/.package-lock.json`, [`${folder}/package-lock.json`]))
    // Deprecation notices of other people's dependencies say nothing to who runs this.
    run("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", folder);
}
