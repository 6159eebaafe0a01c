/** What the tools say of the tarball: publint of its manifest, attw of its types. */
import { join } from "node:path";
import { ROOT } from "../../scripts/run.ts";
import { command } from "../platform/command.ts";

/** publint's word, warnings counted as errors. */
export function publint(tarball: string): string {
  tool("publint", ["run", tarball, "--strict"]);
  return "clean";
}

/** attw's word on every entry point, for each way in which TypeScript looks for types. */
export function attw(tarball: string): string {
  tool("attw", [tarball, "--format", "ascii", "--no-emoji"]);
  return "clean";
}

function tool(name: string, args: readonly string[]): string {
  return command(join(ROOT, "node_modules", ".bin", name), args, ROOT, { NO_COLOR: "1" }).stdout;
}
