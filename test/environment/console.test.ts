import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const NODE_BUILD = new URL("../../dist/node/index.js", import.meta.url).href;

/** What a program writes to a pipe when it ends by an error that nothing catches. */
function uncaught(program: string): string {
  const source = `import { nnx, numpy, random } from ${JSON.stringify(NODE_BUILD)};\n${program}`;
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", source], {
    encoding: "utf8",
  });
  expect(status).toBe(1);
  return stderr;
}

/** The places in the library that a stack trace names. */
function framesOf(text: string): { file: string; line: number; column: number }[] {
  return Array.from(text.matchAll(/\((\/\S+\/dist\/cjs\/\S+?):(\d+):(\d+)\)/g), ([, file, line, column]) => ({
    file: file!,
    line: Number(line),
    column: Number(column),
  }));
}

describe.each([
  ["an operation", `numpy.ones([2, 3]).matmul(numpy.ones([4, 5]));`, 'ShapeError: matmul: "a" [2, 3] and "b" [4, 5]'],
  ["a layer", `new nnx.Linear(3, 4, { rngs: new nnx.Rngs(0) })(numpy.ones([5]));`, "ShapeError: nnx.Linear: "],
  ["a sampler", `random.normal(3);`, "KeyError: "],
])("an uncaught error of %s", (_, program, message) => {
  const text = uncaught(program);

  it("prints its message, and less than 4 KB in all", () => {
    expect(text).toContain(message);
    expect(text.length).toBeLessThan(4096);
  });

  it("names files of the library, and lines in them that a person can read", () => {
    const frames = framesOf(text);
    expect(frames.length).toBeGreaterThan(0);
    for (const { file, line, column } of frames) {
      const code = readFileSync(file, "utf8").split("\n")[line - 1]!;
      expect(code.length).toBeLessThan(400);
      expect(column).toBeLessThanOrEqual(code.length);
    }
  });
});
