/**
 * `npm run bench:peers`: installs the peers into this folder, then prints the tables of draws.ts, products.ts,
 * functions.ts, models.ts and training.ts, and flaxen's start-up. `npm run bench:peers -- products 1024`
 * runs one of them, as far as its rows have that size (or, for models, that name); `--save` also keeps
 * what was printed in bench/results and in RESULTS.md. Where `python3`, or the one that PYTHON names, has
 * JAX, its products and NumPy's follow.
 */
import { spawnSync } from "node:child_process";
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

process.exitCode = main(process.argv.slice(2));

function main(args: readonly string[]): number {
  const save = args.includes("--save");
  const words = args.filter((word) => word !== "--save");
  const [first] = words;
  if (first !== undefined && !Object.hasOwn(BENCHES, first)) {
    process.stderr.write(`bench:peers: expected ${Object.keys(BENCHES).join(", ")}, got ${first}\n`);
    return 2;
  }
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
  if (save) saveRun(heading, report);
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
