/** Packs flaxen as npm publishes it, and installs that in an empty folder. */
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { ROOT } from "../../scripts/run.ts";
import { npm } from "./command.ts";

const HERE = join(ROOT, "test", "platform");
const PROBE = ["probe.js", "cli.js", "jsc.js", "entries.js", "page.js", "page.html", "weights.js"];

/** `npm pack` of the dist/ that is there; the path of the tarball. */
export function pack(temporary: string): string {
  const stdout = npm(["pack", "--ignore-scripts", "--json", "--pack-destination", temporary], ROOT);
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  return join(temporary, filename);
}

/**
 * An app's folder, empty except for its kind of module; the tarball is installed in it, and the probe put beside that.
 */
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
  await build({
    entryPoints: [join(app, "cli.js")],
    outfile,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    logLevel: "silent",
  });
  return outfile;
}
