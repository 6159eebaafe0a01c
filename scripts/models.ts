/** `npm run test:models`: installs what the example models need into examples/models/originals, then runs their tests there. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { buildIfStale } from "./build.ts";
import { ROOT } from "./run.ts";
import { isStale } from "./stale.ts";

const FOLDER = join(ROOT, "examples/models/originals");

await buildIfStale();
// Deprecation notices of other people's dependencies say nothing about the tests.
if (
  isStale("examples/models/originals/node_modules/.package-lock.json", ["examples/models/originals/package-lock.json"])
)
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], FOLDER);
run(process.execPath, [
  join(ROOT, "node_modules/vitest/vitest.mjs"),
  "run",
  "--config",
  join(ROOT, "examples/models/vitest.config.ts"),
  ...process.argv.slice(2),
]);

/** Runs a command, and exits as it does unless that is with 0. */
function run(command: string, args: readonly string[], cwd: string = ROOT): void {
  const { status, error } = spawnSync(command, args, { cwd, stdio: "inherit" });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
