import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { moduleBasicsForward } from "../../src/index.ts";

const DIST = new URL("../../dist/index.js", import.meta.url).href;
const PROGRAM = `
  const { moduleBasicsForward, backend } = await import(${JSON.stringify(DIST)});
  const y = moduleBasicsForward(7, Float32Array.from({ length: 64 }, (_, i) => i / 9), 65).tolist();
  console.log(JSON.stringify({ name: backend().name, y }));
`;
const EXPECTED = moduleBasicsForward(
  7,
  Float32Array.from({ length: 64 }, (_, i) => i / 9),
  65,
).tolist();

it.each([
  [[], "wasm"],
  [["--jitless"], "core"],
  [["--import", "data:text/javascript,delete globalThis.WebAssembly"], "core"],
  [["--frozen-intrinsics"], "wasm"],
  [["--disable-proto=throw"], "wasm"],
  [["--liftoff-only"], "wasm"],
  [["--no-liftoff"], "wasm"],
  [["--no-enable-avx"], "wasm"],
])("node %j runs the %s, with the same bits", (flags, name) => {
  const output = execFileSync(process.execPath, [...flags, "--no-warnings", "--input-type=module", "--eval", PROGRAM], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  expect(JSON.parse(output)).toEqual({ name, y: EXPECTED });
});
