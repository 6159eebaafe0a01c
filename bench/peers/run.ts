/**
 * `npm run bench:peers`: installs the peers into this folder, then prints the tables of draws.ts, products.ts,
 * functions.ts, models.ts and training.ts, and flaxen's start-up. `npm run bench:peers -- products 1024`
 * runs one of them (draws, products, functions, models, training or startup), as far as its rows have that size or, but
 * for products, that name; `--save` also keeps what was printed in bench/results and in RESULTS.md. Where `python3`, or
 * the one that PYTHON names, has JAX, its products and NumPy's follow.
 */
import { spawnSync } from "node:child_process";
import { commandLine, failUsage } from "../../scripts/commandline.ts";
import { machine } from "../machine.ts";
import { HERE, installPeers, versions } from "./peers.ts";
import { saveRun } from "./results.ts";

const BENCHES: Readonly<Record<string, string>> = {
  draws: "draws.ts",
  products: "products.ts",
  functions: "functions.ts",
  models: "models.ts",
  training: "training.ts",
  startup: "../startup.ts",
};
const PYTHON = process.env.PYTHON ?? "python3";

process.exitCode = main();

function main(): number {
  const options = { save: { type: "boolean" } } as const;
  const { values, positionals: words } = commandLine(import.meta.url, options, Infinity);
  const [first] = words;
  if (first !== undefined && !Object.hasOwn(BENCHES, first))
    failUsage(import.meta.url, `expected ${Object.keys(BENCHES).join(", ")}, got ${first}`, options);
  if (!installPeers()) return 1;
  const heading = `${machine()}; ${versions().join(", ")}`;
  process.stdout.write(`${heading}\n`);
  let report = "";
  for (const name of first === undefined ? Object.keys(BENCHES) : [first]) {
    const output = tables(process.execPath, [...process.execArgv, BENCHES[name]!, ...words.slice(1)]);
    if (output === undefined) return 1;
    report += output;
    if (name === "products" && hasJax()) report += tables(PYTHON, ["native.py", ...words.slice(1)]) ?? "";
  }
  if (values.save) saveRun(heading, report);
  return 0;
}

function hasJax(): boolean {
  return spawnSync(PYTHON, ["-c", "import jax"]).status === 0;
}

/**
 * What a bench prints, which is shown as well. A process each: what one library leaves behind does not slow the next
 * bench.
 */
function tables(command: string, args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(command, args, {
    cwd: HERE,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  process.stdout.write(stdout);
  return status === 0 ? stdout : undefined;
}
