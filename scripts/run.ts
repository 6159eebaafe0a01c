import { spawnSync } from "node:child_process";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's top folder. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/**
 * Runs one of the project's own tools, its output on stderr so that stdout stays the caller's; exits with it if it
 * fails.
 */
export function run(tool: string, ...args: string[]): void {
  const path = `${join(ROOT, "node_modules", ".bin")}${delimiter}${process.env.PATH ?? ""}`;
  const { status, error } = spawnSync(tool, args, {
    cwd: ROOT,
    stdio: ["inherit", 2, 2],
    env: { ...process.env, PATH: path },
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
