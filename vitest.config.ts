import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

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
    include: ["test/**/*.test.ts"],
    exclude: ["**/node_modules/**", "test/kernels/**", "test/platform/**"],
    testTimeout: 60_000,
    // By default one core is left idle, which is half of two: 155 s, and 99 s with both.
    maxWorkers: availableParallelism(),
  },
});
