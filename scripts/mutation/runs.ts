import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** Tests of what is built, of the text of the sources and of other processes: no mutant reaches them. */
const EXCLUDED = [
  "test/kernels/**",
  "test/platform/**",
  "test/longrun/**",
  "test/cli.test.ts",
  "test/meta/{bundles,layers,surface,opcodes,twins}.test.ts",
  "test/environment/node.test.ts",
];

/** A test file with what it came by and how long it took. */
export interface TestFile {
  readonly file: string;
  readonly ms: number;
  readonly mutants: readonly number[];
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly startTime: number;
    readonly endTime: number;
  }[];
}

/** Writes the vitest configuration of a workspace. */
export function configure(folder: string): void {
  const setup = fileURLToPath(new URL("setup.ts", import.meta.url));
  writeFileSync(
    join(folder, "vitest.config.ts"),
    `import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer } from "vitest/node";

const order = (process.env.FLAXEN_ORDER ?? "").split(",");
/** Files in the order that they were asked for in. */
class AsAsked extends BaseSequencer {
  async sort(files) {
    const place = ({ moduleId }) => order.findIndex((name) => moduleId.endsWith(name));
    return files.toSorted((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  resolve: { alias: [{ find: /^flaxen$/, replacement: fileURLToPath(new URL("src/index.ts", import.meta.url)) }] },
  server: { fs: { strict: false } },
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ${JSON.stringify(EXCLUDED)},
    setupFiles: [${JSON.stringify(setup)}],
    sequence: { sequencer: AsAsked },
    testTimeout: 30_000,
    experimental: { fsModuleCache: true },
  },
});
`,
  );
}

/** Runs all tests without a mutant: which files pass, how long they take and which mutants they come by. */
export async function coverage(folder: string, workers: number): Promise<TestFile[]> {
  const hits = join(folder, "coverage");
  const report = join(folder, "report.json");
  const args = ["--reporter=json", `--outputFile=${report}`, `--maxWorkers=${workers}`];
  await vitest(folder, args, { FLAXEN_COVERAGE: hits }, Infinity);
  if (!existsSync(report)) throw new Error("mutation: the run without a mutant gave no report");
  const { testResults } = JSON.parse(readFileSync(report, "utf8")) as Report;
  const found = new Map(
    readdirSync(hits).map((name) => [
      decodeURIComponent(name.replace(/\.json$/, "")),
      JSON.parse(readFileSync(join(hits, name), "utf8")) as number[],
    ]),
  );
  const failed = testResults.filter(({ status }) => status !== "passed").map(({ name }) => relative(folder, name));
  if (failed.length > 0) process.stderr.write(`left out, they fail without a mutant: ${failed.join(", ")}\n`);
  return testResults
    .filter(({ status }) => status === "passed")
    .map(({ name, startTime, endTime }) => ({
      file: relative(folder, name),
      ms: endTime - startTime,
      mutants: found.get(name) ?? [],
    }));
}

/** How a mutant fared. */
export type Outcome = "killed" | "timeout" | "survived";

/** Runs test files, in this order, with a mutant, up to the first failure. */
export async function runMutant(folder: string, id: number, files: readonly TestFile[]): Promise<Outcome> {
  const names = files.map(({ file }) => file);
  const patience = 30_000 + 5 * files.reduce((sum, { ms }) => sum + ms, 0);
  const args = ["--bail=1", "--reporter=dot", "--maxWorkers=1", ...names];
  const status = await vitest(folder, args, { FLAXEN_MUTANT: String(id), FLAXEN_ORDER: names.join(",") }, patience);
  return status === 0 ? "survived" : status === null ? "timeout" : "killed";
}

/** The exit status; null if it took longer than `patience` milliseconds, and was ended. */
function vitest(
  folder: string,
  args: readonly string[],
  env: Record<string, string>,
  patience: number,
): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const path = join(folder, "node_modules", ".bin", "vitest");
    const child = spawn(path, ["run", ...args], {
      cwd: folder,
      env: { ...process.env, ...env, NO_COLOR: "1" },
      stdio: "ignore",
      detached: true,
    });
    let late = false;
    const timer =
      patience === Infinity
        ? undefined
        : setTimeout(() => {
            late = true;
            process.kill(-child.pid!, "SIGKILL");
          }, patience);
    child.on("error", reject);
    child.on("exit", (code) => {
      clearTimeout(timer);
      resolve(late ? null : (code ?? 1));
    });
  });
}
