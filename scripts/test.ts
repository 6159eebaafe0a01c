/**
 * `npm test`: the vitest suites, then the kernels' as-pect specs; ends with the sum of both. `npm test -- FILE...` runs
 * these files alone, each with the runner that it is for; options, such as `-t NAME`, go to vitest. `npm run watch`
 * runs what a change reaches, again and again.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildIfStale } from "./build.ts";
import { commandLine } from "./commandline.ts";
import { ROOT } from "./run.ts";
import { buildWasm } from "./wasm.ts";

/** Tests passed and failed. */
interface Count {
  passed: number;
  failed: number;
}

process.exitCode = await main(process.argv.slice(2));

async function main(asked: readonly string[]): Promise<number> {
  if (asked.includes("--help")) commandLine(import.meta.url, {}, 0, ["--help"]);
  if (asked[0] === "--watch") {
    buildWasm();
    return tool("vitest", ["watch", ...asked.slice(1)], "inherit").status ?? 1;
  }
  const specs = asked.filter((name) => name.endsWith(".spec.ts"));
  const others = asked.filter((name) => !specs.includes(name));
  // The packed files take seconds to make, and few tests read them.
  if (asked.length === 0 || others.some(readsDist)) await buildIfStale();
  else buildWasm();
  const counts: Count[] = [];
  if (asked.length === 0 || others.length > 0) counts.push(vitest(others));
  if (asked.length === 0 || specs.length > 0) counts.push(asPect(specs));
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 && counts.every((count) => count.passed > 0) ? 0 : 1;
}

/** Whether one of the test files that vitest takes for this part of a path mentions dist/. */
function readsDist(part: string): boolean {
  const path = part.replace(/^\.\//, "");
  return readdirSync(join(ROOT, "test"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => join(ROOT, "test", name))
    .some((file) => file.includes(path) && readFileSync(file, "utf8").includes("dist/"));
}

function vitest(asked: readonly string[]): Count {
  const report = join(ROOT, "build", "vitest.json");
  rmSync(report, { force: true });
  const { status } = tool(
    "vitest",
    ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...asked],
    "inherit",
  );
  // It refused its options.
  if (!existsSync(report)) process.exit(2);
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, "utf8")) as {
    numPassedTests: number;
    numFailedTests: number;
  };
  return { passed: numPassedTests, failed: Math.max(numFailedTests, status === 0 ? 0 : 1) };
}

function asPect(specs: readonly string[]): Count {
  const { status, stdout } = tool("asp", ["--no-logo"], "pipe", specs.length > 0 ? { SPECS: specs.join(",") } : {});
  process.stdout.write(`${stdout.trimEnd()}\n`);
  // oxlint-disable-next-line no-control-regex -- the colours of a terminal
  const plain = stdout.replace(/\u001b\[[0-9;]*m/g, "");
  const [, passed, all] = /\[Tests\]: (\d+) \/ (\d+)/.exec(plain) ?? ["", "0", "0"];
  return { passed: Number(passed), failed: Math.max(Number(all) - Number(passed), status === 0 ? 0 : 1) };
}

function tool(
  name: string,
  args: readonly string[],
  stdout: "inherit" | "pipe",
  env: Record<string, string> = {},
): { status: number | null; stdout: string } {
  const result = spawnSync(join(ROOT, "node_modules", ".bin", name), args, {
    cwd: ROOT,
    stdio: ["inherit", stdout, "inherit"],
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  if (result.error) throw result.error;
  return result;
}
