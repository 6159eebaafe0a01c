/**
 * Gives classes their names as properties: what models print and errors say survives a user's minifier, which renames
 * classes. In the built modules, because there the name is the class's own already.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The classes that people read of: those of nnx, arrays, keys and errors. */
const NAMED = /^(nnx\/.*|array\/ndarray|random\/key|base\/errors|weights\/errors)\.js$/;

const CLASS = /^(?:export )?class (\w+)(?: extends [\w.]+)? \{/gm;

/** Rewrites the modules under `dist`, line by line, so that their source maps stay right. */
export function nameClassesOfModules(dist: string): void {
  for (const name of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
    if (!NAMED.test(name.replaceAll("\\", "/"))) continue;
    const path = join(dist, name);
    const text = readFileSync(path, "utf8");
    // A class that sets its name itself has another one.
    const named = text.replace(CLASS, (start, own: string) =>
      text.includes(`Object.defineProperty(${own}, "name"`) ? start : `${start} static name = "${own}";`,
    );
    if (named !== text) writeFileSync(path, named);
  }
}
