import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import root from "../../vitest.config.ts";

/** `npm run test:models`: the models against their original runtimes, whose packages are in originals/. */
export default defineConfig({
  resolve: root.resolve!,
  test: {
    root: fileURLToPath(new URL(".", import.meta.url)),
    include: ["test/**/*.test.ts"],
    testTimeout: 600_000,
  },
});
