import { nodeModule } from "../base/index.ts";
import type { Progress } from "../weights/index.ts";

/** What a command writes to and reads from. */
export interface Terminal {
  out(text: string): void;
  error(text: string): void;
  /** Shows how far long work is; undefined where nobody sees it. */
  readonly progress: ((what: string, progress: Progress) => void) | undefined;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { stdout, stderr } = process;
  const clear = stderr.isTTY ? "\r\u001b[K" : "";
  return {
    out: (text) => void stdout.write(text),
    error: (text) => void stderr.write(clear + text),
    progress: stderr.isTTY ? (what, progress) => void stderr.write(clear + progressText(what, progress)) : undefined,
  };
}

function progressText(what: string, { loaded, total, name }: Progress): string {
  const part = total ? `${Math.floor((100 * loaded) / total)} %` : sizeText(loaded);
  return `${what} ${part}${name === undefined ? "" : ` ${name}`}`;
}

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB"];

/** A number of bytes for people: three digits and a unit. */
export function sizeText(bytes: number): string {
  let [size, unit] = [bytes, 0];
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${unit === 0 || size >= 100 ? size.toFixed(0) : size.toPrecision(3)} ${UNITS[unit]}`;
}

/** The version of this package, from the package.json above this file, wherever it was bundled to. */
export async function packageVersion(): Promise<string> {
  const fs = (await nodeModule<{ readFile(path: unknown, encoding: "utf8"): Promise<string> }>("node:fs/promises"))!;
  for (let folder = "."; ; folder += "/..") {
    const text = await fs.readFile(new URL(`${folder}/package.json`, import.meta.url), "utf8").catch(() => "{}");
    const { name, version } = JSON.parse(text) as { name?: string; version?: string };
    if (name === "flaxen") return version!;
    if (folder.length > 30) return "unknown";
  }
}
