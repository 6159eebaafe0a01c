/**
 * `npm run bench:peers`: installs the peers into this folder, then prints the tables of draws.ts, products.ts,
 * functions.ts, models.ts and training.ts, and flaxen's start-up. `npm run bench:peers -- products 1024`
 * runs one of them, as far as its rows have that size (or, for models, that name); `--save` also keeps
 * what was printed in bench/results and in RESULTS.md. Where `python3`, or the one that PYTHON names, has
 * JAX, its products and NumPy's follow.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { machine } from "../machine.ts";
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
const HERE = fileURLToPath(new URL(".", import.meta.url));

process.exitCode = main(process.argv.slice(2));

function main(args: readonly string[]): number {
  const save = args.includes("--save");
  const words = args.filter((word) => word !== "--save");
  const [first] = words;
  if (first !== undefined && !Object.hasOwn(BENCHES, first)) {
    process.stderr.write(`bench:peers: expected ${Object.keys(BENCHES).join(", ")}, got ${first}\n`);
    return 2;
  }
  if (!existsSync(new URL("node_modules", import.meta.url)) && !succeeds("npm", ["ci", "--no-audit", "--no-fund"]))
    return 1;
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

function succeeds(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { cwd: HERE, stdio: "inherit" }).status === 0;
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

/** The libraries with their versions, as package.json pins them. */
function versions(): string[] {
  const { dependencies } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8")) as {
    dependencies: Record<string, string>;
  };
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return [`flaxen ${version}`, ...Object.entries(dependencies).map(([name, pinned]) => `${name} ${pinned}`)];
}
