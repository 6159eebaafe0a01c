/** Packs flaxen as npm publishes it, and installs that in an empty folder; finds the engines to run it in. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { build } from "esbuild";
import { ROOT } from "../../scripts/run.ts";
import { command } from "./command.ts";

const HERE = join(ROOT, "test", "platform");
const PROBE = ["probe.js", "cli.js", "entries.js", "page.js", "page.html"];

/** `npm pack` of the dist/ that is there; the path of the tarball. */
export function pack(temporary: string): string {
  const stdout = npm(["pack", "--ignore-scripts", "--json", "--pack-destination", temporary], ROOT);
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  return join(temporary, filename);
}

/** An app's folder, empty but for its kind of module; the tarball is installed in it, and the probe put beside that. */
export function installTarball(tarball: string, temporary: string): string {
  const app = join(temporary, "app");
  mkdirSync(app);
  writeFileSync(join(app, "package.json"), '{ "private": true, "type": "module" }\n');
  npm(["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", tarball], app);
  for (const file of PROBE) copyFileSync(join(HERE, file), join(app, file));
  return app;
}

/** The probe and flaxen in one file, as an app's bundler makes it, where no node_modules is in reach; its path. */
export async function bundle(app: string, temporary: string): Promise<string> {
  const outfile = join(temporary, "bundle", "app.mjs");
  await build({ entryPoints: [join(app, "cli.js")], outfile, bundle: true, minify: true, format: "esm", target: "es2022", logLevel: "silent" });
  return outfile;
}

/** The version of an engine's package, an alias (`npm:name@version`) or not, from the package.json beside this file. */
export function engineVersion(name: string): string {
  return (readJson(join(HERE, "package.json")) as { optionalDependencies: Record<string, string> }).optionalDependencies[name]!.split("@").at(-1)!;
}

/**
 * The binary `file` of an engine's package, which is installed if need be.
 *
 * @throws Error if npm cannot install it, or the package is not for this machine
 */
export function engineBinary(name: string, file: string): string {
  const folder = join(HERE, "node_modules", name);
  const manifest = join(folder, "package.json");
  const installed = (): boolean => existsSync(manifest) && (readJson(manifest) as { version: string }).version === engineVersion(name);
  if (!installed()) npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"], HERE);
  if (!installed()) throw new Error(`npm did not install ${name} on ${process.platform} ${process.arch}`);
  return join(folder, file);
}

/** Runs the user's npm: a dependency of a development tool may bring an older one, first in the PATH of an npm script. */
function npm(args: readonly string[], cwd: string): string {
  const path = (process.env.PATH ?? "").split(delimiter).filter((folder) => !folder.includes(join("node_modules", ".bin"))).join(delimiter);
  return command("npm", args, cwd, { PATH: path }).stdout;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}
