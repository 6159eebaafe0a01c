/** The programs of scripts/ and bench/ know their options, and say what there is to those who do not. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Those that read words of their own: another program's arguments follow, or another process of this project asks. */
const READ_ARGV = [
  "bench/compare/pass.ts",
  "bench/peers/sweep/group.ts",
  "scripts/commandline.ts",
  "scripts/exhaustive.ts",
  "scripts/models.ts",
  "scripts/start.ts",
  "scripts/test.ts",
];

function program(file: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ["--import", "tsx", join(ROOT, file), ...args], { cwd: ROOT, encoding: "utf8" });
}

it("no other program reads its arguments by hand", () => {
  const files = ["bench", "scripts"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.includes("node_modules"))
      .map((name) => `${folder}/${name}`),
  );
  // process.argv[1] is the program: whether a module was started or imported.
  const found = files.filter((file) => /argv(?!\[1\])/.test(readFileSync(join(ROOT, file), "utf8")));
  expect(found.sort()).toEqual(READ_ARGV);
});

it.each([
  ["scripts/build.ts", "--if-stale"],
  ["bench/run.ts", "thresholds"],
  ["bench/peers/sweep.ts", "--only pooling"],
  ["scripts/mutation.ts", "--again FILE"],
  ["scripts/test.ts", "go to vitest"],
])("%s --help prints the comment at its head", (file, part) => {
  const { status, stdout, stderr } = program(file, "--help");
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toContain(part);
  expect(stdout).not.toMatch(/^\s*\*|\*\//m);
});

it.each([
  ["scripts/build.ts", ["--stale"], "build.ts: Unknown option '--stale'", "Options: --if-stale, --help"],
  ["scripts/example.ts", ["--all", "gpt"], "example.ts: Unknown option '--all'", "Options: --help"],
  ["scripts/example.ts", [], "example.ts: expected one of cnn, digits, ", 'got ""'],
  ["scripts/gigabytes.ts", ["two"], 'threads expected a whole number, got "two"', "Options: --help"],
  ["scripts/gigabytes.ts", ["1", "2"], 'unexpected "2"', "Options: --help"],
  ["scripts/largefiles.ts", ["check", "."], 'expected "write FOLDER" or "read FOLDER"', "Needs 9 GB on disk"],
  ["bench/longrun.ts", ["mobile"], 'passes expected a whole number, got "mobile"', "longrun.ts mobilenet [calls]"],
  ["bench/nodes.ts", ["nothing"], "expected a bench, such as matvec or peers/run, got nothing", "Options: --help"],
  ["bench/run.ts", ["--save"], "run.ts: Unknown option '--save'", "Options: --help"],
  ["bench/peers/run.ts", ["modls"], "run.ts: expected draws, products, ", "Options: --save, --help"],
  [
    "bench/peers/sweep.ts",
    ["--only", "x"],
    "--only expected depthwise, convolution, ",
    "Options: --only, --save, --help",
  ],
])("%s %j is an error that says what there is", (file, args, message, options) => {
  const { status, stdout, stderr } = program(file, ...args);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr.split("\n")[0]).toContain(message);
  expect(stderr).toContain(options);
});
