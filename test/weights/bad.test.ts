import { describe, expect, it } from "vitest";
import type { MemoryFile, WeightsFile } from "../../src/weights.ts";
import { open, openSafetensors, readMsgpack, readNpy, readSafetensors } from "../../src/weights.ts";
import { bytesOf, codeOf, jsonOf, pathOf } from "./golden.ts";

interface Row {
  readonly file: string;
  readonly format: string;
  readonly must: string;
  readonly why: string;
  readonly code?: string;
}

const ROWS = jsonOf<Row[]>("bad/expected.json").filter(({ format }) => format !== "orbax");

/** Opens, reads everything, closes. */
async function readAll(open: () => WeightsFile | Promise<WeightsFile>): Promise<void> {
  const file = await open();
  try {
    for await (const [name, array] of file) expect([name, array.shape]).toEqual([name, file.info(name).shape]);
  } finally {
    await file.close();
  }
}

/** What a row must get: when opened, and when everything is read. */
function expected({ must, code = "none" }: Row): { opened: string[]; read: string[] } {
  if (must.startsWith("ok to open")) return { opened: ["none"], read: [code] };
  if (must.startsWith("ok: no tensors") || must.startsWith("ok")) return { opened: ["none"], read: ["none"] };
  if (must === "either") return { opened: ["none", code], read: ["none", code] };
  // A damaged member of a zip may be told when it is opened or read.
  return { opened: ["none", code], read: [code] };
}

const messages = async (file: string, name?: string): Promise<string> => {
  try {
    const opened = await open(pathOf(`bad/${file}`));
    await opened.get(name!);
  } catch (error) {
    return String(error);
  }
  return "none";
};

describe("bad files get what was recorded", () => {
  it.each(ROWS.map((row) => [row.file, row.why, row] as const))("%s: %s", async (file, _, row) => {
    // The raw reader takes any object; a state is a map.
    const want = file.includes("top_level_array") ? { opened: [row.code!], read: [row.code!] } : expected(row);
    const opened = await codeOf(async () => (await open(pathOf(`bad/${file}`))).close());
    expect(want.opened).toContain(opened);
    expect(want.read).toContain(await codeOf(() => readAll(() => open(pathOf(`bad/${file}`)))));
    if (row.must === "error" && row.format !== "npz") expect(opened).toBe(row.code);
  });

  it.each(ROWS.filter(({ format }) => format !== "sharded").map((row) => [row.file, row] as const))(
    "%s, as bytes whose format is told",
    async (file, row) => {
      const format = row.format as "safetensors";
      const read = await codeOf(() => readAll(() => open(bytesOf(`bad/${file}`), { format })));
      expect(file.includes("top_level_array") ? [row.code] : expected(row).read).toContain(read);
    },
  );

  it("the synchronous readers say the same", async () => {
    const readers: Record<string, (bytes: Uint8Array) => MemoryFile | undefined> = {
      safetensors: (bytes) => readSafetensors(bytes),
      msgpack: (bytes) => readMsgpack(bytes),
      npy: (bytes) => void readNpy(bytes),
    };
    for (const row of ROWS) {
      const read = readers[row.format];
      if (read === undefined) continue;
      const code = await codeOf(() => [...(read(bytesOf(`bad/${row.file}`)) ?? [])]);
      expect([row.file, expected(row).read.includes(code) || code]).toEqual([row.file, true]);
    }
  });

  it("openSafetensors says the same of safetensors", async () => {
    for (const row of ROWS.filter(({ format }) => format === "safetensors" || format === "sharded"))
      expect([row.file, expected(row).read]).toEqual([
        row.file,
        expect.arrayContaining([await codeOf(() => readAll(() => openSafetensors(pathOf(`bad/${row.file}`))))]),
      ]);
  });

  it("the error names the value or the array, the file and the place", async () => {
    expect(await messages("safetensors/i64_large.safetensors", "n")).toMatch(/DtypeRange: .*tensor "n".*got \d{10,}/);
    expect(await messages("safetensors/complex.safetensors", "c")).toMatch(/DtypeUnsupported: .*tensor "c".*C64/);
    expect(await messages("safetensors/hdf5.safetensors")).toMatch(/WrongFormat: .*HDF5.*h5py/);
    expect(await messages("safetensors/pickle.safetensors")).toMatch(/WrongFormat: .*pickle.*safetensors\.torch/);
    expect(await messages("safetensors/html.safetensors")).toMatch(/HTML/);
    expect(await messages("safetensors/lfs_pointer.safetensors")).toMatch(/git lfs pull/);
    expect(await messages("safetensors/gguf.safetensors")).toMatch(/GGUF/);
    expect(await messages("safetensors/zip_pt.safetensors")).toMatch(/zip.*PyTorch/);
    expect(await messages("npz/method_12.npz")).toMatch(/method 12/);
    expect(await messages("npz/not_npy.npz")).toMatch(/tensor "/);
    expect(await messages("msgpack/array_complex.msgpack")).toMatch(/tensor "w".*complex64/);
    expect(await messages("msgpack/array_v2.msgpack")).toMatch(/tensor "w".*voidAs/);
  });

  it("a bomb is refused where a limit is asked for", async () => {
    const bomb = pathOf("bad/npz/bomb.npz");
    expect(await codeOf(() => readAll(() => open(bomb, { maxBytes: 1e6 })))).toBe("LimitBytes");
  });

  it("the raw reader of msgpack takes any object", () => {
    const file = readMsgpack(bytesOf("bad/msgpack/top_level_array.msgpack"));
    expect(file.names).toEqual([]);
    expect(file.extra.get("")).toEqual([1, 2]);
  });

  it("a name of Object.prototype is a name like any other", () => {
    readMsgpack(bytesOf("bad/msgpack/proto_key.msgpack"));
    expect(readMsgpack(bytesOf("bad/msgpack/proto_key.msgpack")).names).toEqual(["__proto__"]);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it("of a sharded file, what the index does not name is not there, and its sizes are for people", async () => {
    const unlisted = await open(pathOf("bad/sharded/tensor_unlisted/model.safetensors.index.json"));
    expect(unlisted.names).toEqual([]);
    await unlisted.close();
    const wrong = await open(pathOf("bad/sharded/wrong_total/model.safetensors.index.json"));
    expect((await wrong.get(wrong.names[0]!)).size).toBeGreaterThan(0);
    await wrong.close();
  });
});
