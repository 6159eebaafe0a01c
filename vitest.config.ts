import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { ALONE, NO_TESTS, TESTS } from "./scripts/testfiles.ts";

/**
 * `vitest run` leaves the sources to Node, with tsx: in Vite's modules every use of an import is the call of a getter,
 * with which the loops of the core take twice the time. Watching needs Vite's own, which know who imports whom.
 */
const NATIVE =
  process.argv[2] === "run" ? { server: { deps: { external: [sourcePattern()] } }, execArgv: ["--import", "tsx"] } : {};

/** Matches the paths of the sources. */
function sourcePattern(): RegExp {
  const folder = fileURLToPath(new URL("src/", import.meta.url));
  return new RegExp(`^${folder.replace(/[^\w/]/g, "\\$&")}`);
}

export default defineConfig({
  // The examples import the package by its name; tests run them on the sources.
  resolve: {
    alias: [
      [/^flaxen$/, "src/index.ts"],
      [/^flaxen\/weights$/, "src/weights.ts"],
      [/^flaxen\/orbax$/, "src/orbax/index.ts"],
    ].map(([find, file]) => ({
      find: find as RegExp,
      replacement: fileURLToPath(new URL(file as string, import.meta.url)),
    })),
  },
  test: {
    testTimeout: 60_000,
    // By default one core is left idle, which is half of two.
    maxWorkers: availableParallelism(),
    projects: [
      // One load of the library for all files of a worker: one for each file takes 190 s of processor time more.
      {
        extends: true,
        test: { name: "together", isolate: false, include: TESTS, exclude: [...NO_TESTS, ...ALONE], ...NATIVE },
      },
      { extends: true, test: { name: "alone", include: ALONE, exclude: NO_TESTS } },
    ],
  },
});
