import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ModuleBasics, nnx } from "../src/index.ts";
import { decode, golden } from "./golden/load.ts";
import type { Encoded } from "./golden/load.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** `npm start --silent -- ...args`. */
function start(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync("npm", ["start", "--silent", "--", ...args], { cwd: ROOT, encoding: "utf8" });
}

it("the worked example prints kernel, y, backend and times, and real JAX's bits are met", () => {
  const { status, stdout } = start();
  expect(status).toBe(0);
  expect(stdout).toContain("kernel\n[[ 0.57966787 -0.523274   -0.43195742 -0.676289  ]\n [");
  expect(stdout).toContain("y       [ 2.451679  -3.1186936 -1.828534  -1.6291338]");
  expect(stdout).toContain("backend wasm: WebAssembly SIMD compiled and passed the self-test");
  expect(stdout).toContain("kernel bits equal to real JAX's: yes, all 12");
  expect(stdout).toMatch(
    /one call of model\(x\) on the TypeScript core: \d+ ns\none call of model\(x\) on WebAssembly: \d+ ns/,
  );
});

describe("--json prints one JSON object", () => {
  it.each(["core", "wasm"])("of any case, on %s", (backend) => {
    const { status, stdout } = start("--seed", "42", "--x=1,2,3", "--features", "5.7", "--backend", backend, "--json");
    expect(status).toBe(0);
    const { kernel } = golden<{ seed: number; x: Encoded; features: number; kernel: Encoded }>("module_basics").find(
      (c) => c.seed === 42 && c.features === 5.7 && c.x.shape[0] === 3,
    )!;
    const result = JSON.parse(stdout) as { y: number[]; kernel: number[][]; shape: number[]; backend: string };
    expect(Object.keys(result)).toEqual(["y", "kernel", "shape", "backend"]);
    expect(Float32Array.from(result.kernel.flat())).toEqual(decode(kernel));
    expect(result.y).toEqual(new ModuleBasics(3, 5, new nnx.Rngs(42))([1, 2, 3]).tolist());
    expect([result.shape, result.backend]).toEqual([[5], backend]);
  });

  it("takes negative numbers after =, and an empty width", () => {
    expect(JSON.parse(start("--x=-1.5", "--seed=-1", "--features=0", "--json").stdout)).toEqual({
      y: [],
      kernel: [[]],
      shape: [0],
      backend: "wasm",
    });
  });
});

it("--help explains and succeeds", () => {
  const { status, stdout } = start("--help");
  expect(status).toBe(0);
  for (const option of ["--seed", "--x", "--features", "--backend", "--json"]) expect(stdout).toContain(option);
});

it.each([
  [["--seed", "abc"], '--seed expected a number, got "abc"'],
  [["--x", "1,,2"], '--x expected a number, got ""'],
  [["--features=-1"], '"features" expected a size of at least 0, got -1'],
  [["--features", "1e12"], "expected at most 2147483647 elements"],
  [["--backend", "gpu"], "--backend expected core or wasm, got gpu"],
  [["--color"], "Unknown option '--color'"],
  [["extra"], "Unexpected argument 'extra'"],
])("bad arguments %j get one clear line and exit code 2", (args, message) => {
  const { status, stdout, stderr } = start(...args);
  expect([status, stdout]).toEqual([2, ""]);
  expect(
    stderr
      .trim()
      .split("\n")
      .filter((line) => !/^npm (warn|notice)/.test(line)),
  ).toEqual([expect.stringContaining(message)]);
});
