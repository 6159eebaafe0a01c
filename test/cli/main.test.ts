import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/main.ts";
import { sizeText } from "../../src/cli/terminal.ts";
import { numpy as jnp } from "../../src/index.ts";
import { open, readSafetensors, save } from "../../src/weights.ts";
import type { Recorded } from "../weights/golden.ts";
import { bytesOf, expectRecorded, jsonOf, pathOf } from "../weights/golden.ts";
import { serve, withRanges } from "../weights/server.ts";

const folder = mkdtempSync(join(tmpdir(), "flaxen-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PACKAGE = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
  bin: { flaxen: string };
};

/** What `flaxen ...args` does. */
async function flaxen(...args: string[]): Promise<{ code: number; out: string; error: string; progress: string[] }> {
  let [out, error] = ["", ""];
  const progress: string[] = [];
  const code = await main(args, {
    out: (text) => void (out += text),
    error: (text) => void (error += text),
    progress: (what, { loaded, total }) => void progress.push(`${what} ${loaded} of ${total}`),
  });
  return { code, out, error, progress };
}

const inFolder = (name: string): string => join(folder, name);

describe("flaxen inspect", () => {
  it("prints names, types, shapes, sizes and metadata", async () => {
    const { code, out, error } = await flaxen("inspect", pathOf("safetensors/net.safetensors"));
    expect([code, error]).toEqual([0, ""]);
    expect(out).toMatch(/^bn\.bias +F32 +\[5\] +20 B$/m);
    expect(out).toMatch(/^\d+ arrays, \d+ numbers, \d+ B, safetensors$/m);
    expect(out).toContain('metadata note: "naïve \\"quoted\\" \\\\ text"');
  });

  it("--json prints all of it as JSON", async () => {
    const { code, out } = await flaxen("inspect", pathOf("msgpack/scalars.msgpack"), "--json");
    expect(code).toBe(0);
    const { format, tensors, metadata, extra } = JSON.parse(out) as Record<string, { name: string; value: unknown }[]>;
    expect(format).toBe("msgpack");
    expect(tensors).toContainEqual({ name: "npscalar_f32", dtype: "F32", shape: [], bytes: 4 });
    expect(metadata).toEqual([]);
    expect(extra).toContainEqual({ name: "nested/step", value: 12 });
    expect(extra).toContainEqual({ name: "bytes", value: [0, 1] });
  });

  it("reads no array: one that nothing here can hold is listed", async () => {
    const { code, out } = await flaxen("inspect", pathOf("bad/safetensors/complex.safetensors"));
    expect([code, /C64/.test(out)]).toEqual([0, true]);
  });

  it("takes an address, and says what a file is that is not read", async () => {
    const server = await serve(withRanges(bytesOf("npz/stored.npz")));
    expect((await flaxen("inspect", `${server.url}/x.npz`)).out).toContain("layers/0/kernel");
    await server.close();
    const { code, error } = await flaxen("inspect", pathOf("bad/safetensors/hdf5.safetensors"));
    expect([code, /^flaxen: WrongFormat: .*HDF5/.test(error)]).toEqual([1, true]);
  });

  it("takes the folder of an Orbax checkpoint, of a step and of its manager", async () => {
    const { code, out } = await flaxen("inspect", pathOf("orbax/net_params"));
    expect(code).toBe(0);
    expect(out).toMatch(/^layers\/0\/kernel +F32 /m);
    expect(out).toMatch(/^11 arrays, .*, orbax$/m);
    const manager = await flaxen("inspect", pathOf("orbax/manager"), "--json");
    const { extra } = JSON.parse(manager.out) as { extra: unknown[] };
    expect(extra).toEqual([{ name: "config", value: { features: 4, step: 2 } }]);
    const bad = await flaxen("inspect", pathOf("bad/orbax/root_flipped"));
    expect([bad.code, bad.error.startsWith("flaxen: CrcMismatch")]).toEqual([1, true]);
    expect((await flaxen("inspect", pathOf("bad"))).error).toMatch(/^flaxen: WrongFormat: .*got another folder/);
  });

  it("bfloat16 that NumPy lost", async () => {
    expect((await flaxen("inspect", pathOf("npy/bfloat16_as_v2.npy"))).error).toContain("voidAs");
    expect((await flaxen("inspect", pathOf("npy/bfloat16_as_v2.npy"), "--void-as", "bfloat16")).out).toContain("BF16");
  });
});

describe("flaxen convert", () => {
  it.each(["safetensors", "msgpack", "npz"])("to .%s, and back", async (ending) => {
    const path = inFolder(`x.${ending}`);
    const net = pathOf("safetensors/net.safetensors");
    const { code, error, progress } = await flaxen("convert", net, path);
    expect([code, /wrote 11 arrays/.test(error)]).toEqual([0, true]);
    expect(progress.some((line) => line.startsWith("reading"))).toBe(true);
    const size = readFileSync(path).length;
    expect(progress.at(-1)).toBe(`writing ${size} of ${size}`);
    const [file, original] = [await open(path), readSafetensors(bytesOf("safetensors/net.safetensors"))];
    expect(file.format).toBe(ending);
    for (const name of original.names) {
      const own = ending === "msgpack" ? name.replaceAll(".", "/") : name;
      expect((await file.get(own)).data).toEqual(original.get(name).data);
    }
    await file.close();
    if (ending === "safetensors") expect(readFileSync(path)).toEqual(readFileSync(net));
    else expect(error).toContain("left out: metadata format, note");
  });

  it("from Orbax, whose arrays load into the same model as the file's", async () => {
    const path = inFolder("orbax.safetensors");
    const { code, error } = await flaxen("convert", pathOf("orbax/net_params"), path);
    expect([code, /wrote 11 arrays/.test(error)]).toEqual([0, true]);
    const converted = readSafetensors(readFileSync(path));
    const recorded = readSafetensors(bytesOf("safetensors/net.safetensors"));
    for (const [name, array] of converted)
      expect([name, array.tolist()]).toEqual([name, recorded.get(name.replaceAll("/", ".")).tolist()]);
  });

  it("--dtype casts floats, --format overrules the ending", async () => {
    const path = inFolder("half.bin");
    await flaxen("convert", pathOf("msgpack/conv.msgpack"), path, "--dtype", "float16", "--format", "safetensors");
    const file = await open(path);
    expect(file.info("conv/kernel").dtype).toBe("F16");
    expect(file.info("table").dtype).toBe("I32");
    await file.close();
  });

  it("--max-shard-bytes writes a folder", async () => {
    const path = inFolder("shards");
    const { code } = await flaxen("convert", pathOf("safetensors/net.safetensors"), path, "--max-shard-bytes", "100");
    expect(code).toBe(0);
    expect(readdirSync(path)).toContain("model.safetensors.index.json");
    const file = await open(path);
    expect(file.names.length).toBe(11);
    await file.close();
    const back = await flaxen("convert", path, inFolder("joined.safetensors"));
    expect(back.code).toBe(0);
  });

  it("says what it leaves out and what it narrows", async () => {
    const { error } = await flaxen("convert", pathOf("msgpack/scalars.msgpack"), inFolder("s.safetensors"));
    expect(error).toContain("left out, for it is no array: bigint, bytes, float");
    expect(error).toContain("in 32 bits, for flaxen has no others: npscalar_i64");
  });

  it("a file that cannot be read or written leaves nothing", async () => {
    const cases = [
      [pathOf("bad/safetensors/i64_large.safetensors"), inFolder("no.safetensors"), /DtypeRange/],
      [pathOf("bad/safetensors/truncated.safetensors"), inFolder("no.safetensors"), /Incomplete/],
      [inFolder("none"), inFolder("no.safetensors"), /ENOENT/],
      [pathOf("safetensors/net.safetensors"), inFolder("no/no.safetensors"), /ENOENT/],
      [pathOf("safetensors/net.safetensors"), inFolder("no.npy"), /one array for a .npy, got 11/],
    ] as const;
    for (const [from, to, message] of cases) {
      const { code, error } = await flaxen("convert", from, to);
      expect([to, code]).toEqual([to, 1]);
      expect(error).toMatch(message);
      expect(existsSync(to)).toBe(false);
    }
  });
});

describe("Orbax checkpoints", () => {
  it("are inspected and converted", async () => {
    const { code, out } = await flaxen("inspect", pathOf("orbax/conv_params"));
    expect(code).toBe(0);
    expect(out).toMatch(/^embed\/embedding +BF16 +\[\d+, 6\]/m);
    expect(out).toMatch(/, orbax$/m);
    const path = inFolder("orbax.safetensors");
    expect((await flaxen("convert", pathOf("orbax/conv_params"), path)).code).toBe(0);
    const { arrays } = jsonOf<{ arrays: Record<string, Recorded> }>("orbax/conv_params.json");
    for (const [name, array] of readSafetensors(readFileSync(path))) expectRecorded(array, arrays[name]!, name);
  });

  it("another folder is told to be none", async () => {
    const { code, error } = await flaxen("inspect", folder);
    expect([code, error.startsWith("flaxen: ")]).toEqual([1, true]);
  });
});

describe("arguments", () => {
  it("--help, --version, none", async () => {
    const help = await flaxen("--help");
    expect([help.code, help.out.includes("flaxen inspect FILE")]).toEqual([0, true]);
    for (const args of [[], ["-h"], ["convert", "--help"]]) expect((await flaxen(...args)).out).toBe(help.out);
    expect((await flaxen("--version")).out).toBe(`${PACKAGE.version}\n`);
  });

  it.each([
    [["what"], /expected inspect or convert, got what/],
    [["inspect"], /expected one file, got 0/],
    [["inspect", "a", "b"], /expected one file, got 2/],
    [["convert", "a"], /expected two files, got 1/],
    [["inspect", "a", "--wat"], /--wat/],
    [["inspect", "a", "--dtype", "float16"], /inspect has no option --dtype/],
    [["convert", "a", "b.npz", "--json"], /convert has no option --json/],
    [["convert", "a", "b"], /the ending of OUT expected safetensors, msgpack, npz, npy, got none/],
    [["convert", "a", "b.pt"], /got pt/],
    [["convert", "a", "b.npz", "--format", "pickle"], /--format expected/],
    [["convert", "a", "b.npz", "--dtype", "int8"], /--dtype expected float32, bfloat16, float16, got int8/],
    [["convert", "a", "b", "--max-shard-bytes", "x"], /--max-shard-bytes expected/],
    [["inspect", "a", "--void-as", "float16"], /--void-as expected bfloat16/],
    [["inspect", "a", "--void-as"], /void-as/],
  ])("%j are wrong", async (args, message) => {
    const { code, out, error } = await flaxen(...args);
    expect([code, out]).toEqual([2, ""]);
    expect(error).toMatch(message);
    expect(error).toContain("flaxen --help");
  });
});

const run = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(process.execPath, args, { encoding: "utf8" });

describe("the program that is shipped", () => {
  const program = fileURLToPath(new URL(`../../${PACKAGE.bin.flaxen}`, import.meta.url));

  it("runs, through a link too, and exits with its code", () => {
    const link = inFolder("flaxen");
    symlinkSync(program, link);
    for (const path of [program, link]) expect(run(path, "--version").stdout).toBe(`${PACKAGE.version}\n`);
    expect(readFileSync(program, "utf8").startsWith("#!/usr/bin/env node\n")).toBe(true);
    expect(run(program, "what").status).toBe(2);
    expect(run(program, "inspect", "none").status).toBe(1);
    const { status, stdout } = run(program, "inspect", pathOf("npz/deflated.npz"), "--json");
    expect([status, (JSON.parse(stdout) as { format: string }).format]).toEqual([0, "npz"]);
  });

  it("converts, without progress where nobody sees it", () => {
    writeFileSync(inFolder("in.safetensors"), save({ w: jnp.ones([4]) }));
    const { status, stderr } = run(
      program,
      "convert",
      inFolder("in.safetensors"),
      inFolder("out.npz"),
      "--dtype",
      "float16",
    );
    expect([status, stderr]).toEqual([0, `flaxen: wrote 1 arrays, 8 B, to ${inFolder("out.npz")}\n`]);
  });
});

it("sizes for people", () => {
  expect([0, 999, 1024, 1536, 123_456, 5e9, 5e12, 5e15, 5e18].map(sizeText)).toEqual([
    "0 B",
    "999 B",
    "1.00 KiB",
    "1.50 KiB",
    "121 KiB",
    "4.66 GiB",
    "4.55 TiB",
    "4547 TiB",
    "4547474 TiB",
  ]);
});
