import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { NO_TESTS, TESTS } from "../testfiles.ts";

const CONFIG = "vitest.mutation.config.ts";

/** Writes the vitest configuration of a workspace, on top of the project's own. */
export function configure(folder: string): void {
  const runner = fileURLToPath(new URL("runner.ts", import.meta.url));
  const setup = fileURLToPath(new URL("setup.ts", import.meta.url));
  writeFileSync(
    join(folder, CONFIG),
    `import { defineConfig, mergeConfig } from "vitest/config";
import { BaseSequencer } from "vitest/node";
import config from "./vitest.config.ts";

/** Which files share a process is said at each run. */
const { projects, ...test } = config.test;
const project = { ...config, test };

const order = (process.env.FLAXEN_ORDER ?? "").split(",");
/** Files in the order that they were asked for in. */
class AsAsked extends BaseSequencer {
  async sort(files) {
    const place = ({ moduleId }) => order.findIndex((name) => moduleId.endsWith(name));
    return files.toSorted((a, b) => place(a) - place(b));
  }
}

export default mergeConfig(
  project,
  defineConfig({
    server: { fs: { strict: false } },
    test: {
      include: ${JSON.stringify(TESTS)},
      exclude: ${JSON.stringify(NO_TESTS)},
      sequence: { sequencer: AsAsked },
      testTimeout: 300_000,
      hookTimeout: 300_000,
      experimental: { fsModuleCache: true },
      ...(process.env.FLAXEN_MUTATION === undefined
        ? { setupFiles: [${JSON.stringify(setup)}] }
        : { runner: ${JSON.stringify(runner)} }),
    },
  }),
);
`,
  );
}

/**
 * Runs test files in a workspace, on this Node, in this order, one at a time; gives the exit status. `late` is asked
 * every second and ends the run, whose status is then null.
 */
export function vitest(
  folder: string,
  files: readonly string[],
  args: readonly string[],
  env: Record<string, string>,
  late: () => boolean,
): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const path = join(folder, "node_modules", "vitest", "vitest.mjs");
    const options = [`--config=${CONFIG}`, "--reporter=dot", "--maxWorkers=1", ...args];
    // Not by its name, which is another Node's where the program runs on one that is not in the PATH.
    const child = spawn(process.execPath, [path, "run", ...options, ...files], {
      cwd: folder,
      env: { ...process.env, ...env, FLAXEN_ORDER: files.join(","), NO_COLOR: "1" },
      stdio: "ignore",
      detached: true,
    });
    let ended = false;
    const timer = setInterval(() => {
      if (ended || !late()) return;
      ended = true;
      process.kill(-child.pid!, "SIGKILL");
    }, 1000);
    child.on("error", reject);
    child.on("exit", (code) => {
      clearInterval(timer);
      resolve(ended ? null : (code ?? 1));
    });
  });
}
