/** `npm test`: the vitest suites, then the kernels' as-pect specs; ends with the sum of both. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildIfStale } from "./build.ts";
import { ROOT } from "./run.ts";

/** Tests passed and failed. */
interface Count {
  passed: number;
  failed: number;
}

await buildIfStale();
const counts = [vitest(), asPect()];
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && counts.every((count) => count.passed > 0) ? 0 : 1;

function vitest(): Count {
  const report = join(ROOT, "build", "vitest.json");
  const { status } = tool(
    "vitest",
    ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    "inherit",
  );
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, "utf8")) as {
    numPassedTests: number;
    numFailedTests: number;
  };
  return { passed: numPassedTests, failed: Math.max(numFailedTests, status === 0 ? 0 : 1) };
}

function asPect(): Count {
  const { status, stdout } = tool("asp", ["--no-logo"], "pipe");
  process.stdout.write(`${stdout.trimEnd()}\n`);
  // oxlint-disable-next-line no-control-regex -- the colours of a terminal
  const plain = stdout.replace(/\u001b\[[0-9;]*m/g, "");
  const [, passed, all] = /\[Tests\]: (\d+) \/ (\d+)/.exec(plain) ?? ["", "0", "0"];
  return { passed: Number(passed), failed: Math.max(Number(all) - Number(passed), status === 0 ? 0 : 1) };
}

function tool(name: string, args: string[], stdout: "inherit" | "pipe"): { status: number | null; stdout: string } {
  const result = spawnSync(join(ROOT, "node_modules", ".bin", name), args, {
    cwd: ROOT,
    stdio: ["inherit", stdout, "inherit"],
    encoding: "utf8",
  });
  if (result.error) throw result.error;
  return result;
}
