/**
 * `npm run example -- NAME [arguments]`: builds the package if it is stale, then runs examples/NAME.ts on it. All that
 * stands behind NAME is for the example. The data of those that train are installed first if they are not there.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildIfStale } from "./build.ts";
import { commandAndRest, failUsage } from "./commandline.ts";
import { installIfStale } from "./install.ts";
import { ROOT } from "./run.ts";

const FOLDER = join(ROOT, "examples");
const NAMES = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -3));

const [name = "", args] = commandAndRest(import.meta.url);
if (NAMES.includes(name)) {
  const file = join(FOLDER, `${name}.ts`);
  await buildIfStale();
  if (readFileSync(file, "utf8").includes('"./training/data.ts"')) installIfStale("examples/training/packages");
  const { status, error } = spawnSync(process.execPath, ["--import", "tsx", file, ...args], {
    cwd: ROOT,
    stdio: "inherit",
  });
  if (error) throw error;
  process.exitCode = status ?? 1;
} else {
  failUsage(import.meta.url, `expected one of ${NAMES.join(", ")}, got "${name}"`);
}
