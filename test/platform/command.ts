import { spawnSync } from "node:child_process";
import { delimiter, join } from "node:path";

const TIMEOUT_MS = 300_000;

/** What a command wrote. */
export interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program to its end.
 *
 * @param env set beside the environment of this process
 * @throws Error with what the program wrote if it fails or takes longer than five minutes
 */
export function command(
  file: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Output {
  const { status, signal, stdout, stderr, error } = spawnSync(file, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: "utf8",
    timeout: TIMEOUT_MS,
  });
  if (error) throw error;
  if (status !== 0)
    throw new Error(`${file} ${args.join(" ")} ended with ${status ?? signal}\n${stdout}${stderr}`.trimEnd());
  return { stdout, stderr };
}

/**
 * Runs the user's npm: a dependency of a development tool may bring an older one, first in the PATH of an npm script.
 */
export function npm(args: readonly string[], cwd: string): string {
  const path = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => !folder.includes(join("node_modules", ".bin")))
    .join(delimiter);
  return command("npm", args, cwd, { PATH: path }).stdout;
}
