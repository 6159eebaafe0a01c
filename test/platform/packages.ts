/** Engines that come from npm, as packages with a binary in them. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../scripts/run.ts";
import { npm } from "./command.ts";

/** A folder whose package.json asks for engines. */
interface Engines {
  readonly folder: string;
  /** For npm's install. */
  readonly flags: readonly string[];
}

const HERE = join(ROOT, "test", "platform");

/** Engines for this processor, of which npm installs those that run here. */
export const NATIVE: Engines = { folder: HERE, flags: [] };

/**
 * Engines for other processors. npm leaves out an optional dependency of that kind, and
 * installs a plain one if forced to.
 */
export const FOREIGN: Engines = { folder: join(HERE, "foreign"), flags: ["--force"] };

/** The version of an engine's package, an alias (`npm:name@version`) or not, from the package.json that asks for it. */
export function engineVersion(name: string, { folder }: Engines = NATIVE): string {
  const { dependencies, optionalDependencies } = readJson(join(folder, "package.json")) as Record<
    string,
    Record<string, string> | undefined
  >;
  return { ...dependencies, ...optionalDependencies }[name]!.split("@").at(-1)!;
}

/**
 * The binary `file` of an engine's package, which is installed if need be.
 *
 * @throws Error if npm cannot install it, or the package is not for this machine
 */
export function engineBinary(name: string, file: string, engines: Engines = NATIVE): string {
  const place = join(engines.folder, "node_modules", name);
  const manifest = join(place, "package.json");
  // One of them calls its version v20.11.0.
  const installed = (): boolean =>
    existsSync(manifest) &&
    (readJson(manifest) as { version: string }).version.replace(/^v/, "") === engineVersion(name, engines);
  if (!installed()) npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", ...engines.flags], engines.folder);
  if (!installed()) throw new Error(`npm did not install ${name} on ${process.platform} ${process.arch}`);
  return join(place, file);
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}
