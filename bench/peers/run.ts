/** `npm run bench:peers`: installs the peers into this folder, then prints the tables. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const HERE = fileURLToPath(new URL(".", import.meta.url));

if (!existsSync(new URL("node_modules", import.meta.url))) step("npm", ["ci", "--no-audit", "--no-fund"], HERE);
step(process.execPath, [...process.execArgv, fileURLToPath(new URL("draws.ts", import.meta.url))], HERE);

function step(command: string, args: string[], cwd: string): void {
  const { status } = spawnSync(command, args, { cwd, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
