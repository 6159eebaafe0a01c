/**
 * `npm run example -- NAME [arguments]`: builds the package if it is stale, then runs examples/NAME.ts on it. All that
 * stands behind NAME is for the example.
 */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { buildIfStale } from "./build.ts";
import { commandAndRest, failUsage } from "./commandline.ts";
import { ROOT } from "./run.ts";

const FOLDER = join(ROOT, "examples");
const NAMES = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -3));

const [name = "", args] = commandAndRest(import.meta.url);
if (NAMES.includes(name)) {
  await buildIfStale();
  const { status, error } = spawnSync(process.execPath, ["--import", "tsx", join(FOLDER, `${name}.ts`), ...args], {
    cwd: ROOT,
    stdio: "inherit",
  });
  if (error) throw error;
  process.exitCode = status ?? 1;
} else {
  failUsage(import.meta.url, `expected one of ${NAMES.join(", ")}, got "${name}"`);
}
