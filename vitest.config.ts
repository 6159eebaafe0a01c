import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  // The examples import the package by its name; tests run them on the sources.
  resolve: { alias: [{ find: /^flaxen$/, replacement: fileURLToPath(new URL("src/index.ts", import.meta.url)) }] },
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/kernels/**", "test/platform/**"],
    testTimeout: 60_000,
    // By default one core is left idle, which is half of two: 155 s, and 99 s with both.
    maxWorkers: availableParallelism(),
  },
});
