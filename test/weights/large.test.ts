import { execFileSync } from "node:child_process";
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "flaxen-large-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const GB = 1e9;

/** A file of 5 GB that takes no space: one array of zeros, and a small one behind it. */
function sparseFile(): string {
  const path = join(folder, "sparse.safetensors");
  const header = JSON.stringify({
    huge: { dtype: "U8", shape: [5, GB], data_offsets: [0, 5 * GB] },
    small: { dtype: "F32", shape: [4], data_offsets: [5 * GB, 5 * GB + 16] },
  }).padEnd(1000);
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(BigInt(header.length));
  const file = openSync(path, "w");
  writeSync(file, prefix);
  writeSync(file, header);
  ftruncateSync(file, 8 + header.length + 5 * GB);
  writeSync(file, new Float32Array([1, 2, 3, 4]), 0, 16, 8 + header.length + 5 * GB);
  closeSync(file);
  return path;
}

/** What a program of its own prints, with the peak of its memory in MB. */
function run(program: string): { out: unknown; peak: number } {
  const dist = fileURLToPath(new URL("../../dist/node/weights.js", import.meta.url));
  const code = `import { open } from ${JSON.stringify(dist)}; const out = await (async () => { ${program} })();
    console.log(JSON.stringify({ out, peak: process.resourceUsage().maxRSS / 1000 }));`;
  return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" })) as {
    out: unknown;
    peak: number;
  };
}

it("one array of a file of 5 GB takes under 100 MB of memory", () => {
  const path = JSON.stringify(sparseFile());
  const { out, peak } = run(`
    const file = await open(${path});
    const small = await file.get("small");
    const error = await file.get("huge").catch((error) => error);
    await file.close();
    return [file.info("huge").bytes, small.tolist(), error.name];`);
  expect(out).toEqual([5 * GB, [1, 2, 3, 4], "LoadError"]);
  expect(peak).toBeLessThan(100);
});

it("reading all arrays, one after the other, takes the memory of the largest", () => {
  const path = join(folder, "many.safetensors");
  const count = 40;
  const bytes = 20e6;
  const header = JSON.stringify(
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        `w${i}`,
        { dtype: "F32", shape: [bytes / 4], data_offsets: [i * bytes, (i + 1) * bytes] },
      ]),
    ),
  ).padEnd(8000);
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(BigInt(header.length));
  const file = openSync(path, "w");
  writeSync(file, prefix);
  writeSync(file, header);
  ftruncateSync(file, 8 + header.length + count * bytes);
  closeSync(file);
  const { out, peak } = run(`
    let size = 0;
    const file = await open(${JSON.stringify(path)});
    for await (const [, array] of file) size += array.size;
    await file.close();
    return size;`);
  expect(out).toBe((count * bytes) / 4);
  // 800 MB in all; what the collector has not taken yet stays.
  expect(peak).toBeLessThan(400);
});
