/** The declarations of dist/ for older TypeScript, and for CommonJS. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Types of the platform, which a program may not have: an empty interface merges with the real one. */
const PLATFORM = ["AbortSignal", "Response"];

/**
 * Rewrites the declarations under `dist` so that TypeScript 5.4 reads them, with no library but ES2022's, and copies
 * them to `commonjs`: TypeScript takes a declaration for the kind of module that the nearest package.json says.
 */
export function writeDeclarations(dist: string, commonjs: string): void {
  const files = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".d.ts"));
  for (const name of files) {
    const path = join(dist, name);
    const text = forOlderCompilers(readFileSync(path, "utf8"));
    writeFileSync(path, text);
    mkdirSync(dirname(join(commonjs, name)), { recursive: true });
    // Their maps are those of the modules.
    writeFileSync(join(commonjs, name), text.replace(/^\/\/# sourceMappingURL=.*\n?/m, ""));
  }
}

function forOlderCompilers(text: string): string {
  // Typed arrays are generic since TypeScript 5.7. What `of` gives is the same type there, and the plain one before.
  const plain = text
    .replaceAll(/\b(\w+Array)<ArrayBuffer>/g, "ReturnType<typeof $1.of>")
    .replaceAll(/\b(\w+Array)<ArrayBufferLike>/g, "$1");
  const code = plain.replaceAll(/\/\*.*?\*\//gs, "");
  const used = PLATFORM.filter((name) => new RegExp(`\\b${name}\\b`).test(code));
  if (used.length === 0) return plain;
  const globals = used.map((name) => `    interface ${name} {}\n`).join("");
  return plain.replace(/(?=^\/\/# sourceMappingURL=|$(?![\s\S]))/m, `declare global {\n${globals}}\n`);
}
