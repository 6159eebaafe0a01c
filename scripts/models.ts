/**
 * `npm run test:models`: installs the packages that the example models and the examples of training need, then runs the
 * tests of examples/models. Files and options, such as `-t NAME`, go to vitest.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { buildIfStale } from "./build.ts";
import { commandLine } from "./commandline.ts";
import { ROOT } from "./run.ts";
import { isStale } from "./stale.ts";

const FOLDERS = ["examples/models/originals", "examples/training/packages"];

const args = process.argv.slice(2);
if (args.includes("--help")) commandLine(import.meta.url, {}, 0, ["--help"]);

await buildIfStale();
for (const folder of FOLDERS)
  if (isStale(`${folder}/node_modules/.package-lock.json`, [`${folder}/package-lock.json`]))
    // Deprecation notices of other people's dependencies say nothing about the tests.
    run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], join(ROOT, folder));
run(process.execPath, [
  join(ROOT, "node_modules/vitest/vitest.mjs"),
  "run",
  "--config",
  join(ROOT, "examples/models/vitest.config.ts"),
  ...args,
]);

/** Runs a command, and exits as it does unless that is with 0. */
function run(command: string, args: readonly string[], cwd: string = ROOT): void {
  const { status, error } = spawnSync(command, args, { cwd, stdio: "inherit" });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
