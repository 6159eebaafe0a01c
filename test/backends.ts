import { afterAll, beforeAll, describe } from "vitest";
import { useBackend } from "../src/backend/index.ts";

/** Runs a suite on each backend, forced for every size of work. */
export function onEachBackend(title: string, suite: (backend: "core" | "wasm") => void): void {
  describe.each(["core", "wasm"] as const)(`${title}, on %s`, (backend) => {
    beforeAll(() => useBackend(backend));
    afterAll(() => useBackend("auto"));
    suite(backend);
  });
}
