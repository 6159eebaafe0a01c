/**
 * `node --import tsx bench/nodes.ts peers/run products 256`: runs a bench of this folder, with its arguments, under
 * each version of Node that bench/nodes pins; its packages hold the binaries (Linux on x86-64).
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { commandAndRest, failUsage } from "../scripts/commandline.ts";

const FOLDER = new URL("nodes/", import.meta.url);

process.exitCode = main(...commandAndRest(import.meta.url));

function main(bench: string | undefined, args: readonly string[]): number {
  const file = fileURLToPath(new URL(`${bench}.ts`, import.meta.url));
  if (bench === undefined || !existsSync(file))
    failUsage(import.meta.url, `expected a bench, such as matvec or peers/run, got ${bench ?? "none"}`);
  if (!existsSync(new URL("node_modules", FOLDER)))
    run("npm", ["ci", "--no-audit", "--no-fund"], fileURLToPath(FOLDER));
  const versions = readdirSync(new URL("node_modules", FOLDER)).filter((name) => /^node\d+$/.test(name));
  const failed = versions.filter((version) => {
    const node = fileURLToPath(new URL(`node_modules/${version}/bin/node`, FOLDER));
    process.stdout.write(`\n## ${version}\n\n`);
    return run(node, [...process.execArgv, file, ...args]) !== 0;
  });
  if (failed.length > 0) process.stderr.write(`bench/nodes: failed under ${failed.join(", ")}\n`);
  return failed.length > 0 ? 1 : 0;
}

function run(command: string, args: readonly string[], cwd?: string): number {
  return spawnSync(command, args, { ...(cwd !== undefined && { cwd }), stdio: "inherit" }).status ?? 1;
}
