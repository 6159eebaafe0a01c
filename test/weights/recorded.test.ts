import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import type { FileListing, WeightsFile } from "../../src/weights.ts";
import { open, readMsgpack, readNpy, readSafetensors } from "../../src/weights.ts";
import type { Recorded } from "./golden.ts";
import { bytesOf, codeOf, expectRecorded, FOLDER, isTooWide, jsonOf, pathOf } from "./golden.ts";

interface Expected {
  readonly arrays: Record<string, Recorded>;
  readonly metadata?: Record<string, string>;
}

const stems = (folder: string): string[] =>
  readdirSync(`${FOLDER}/${folder}`)
    .filter((file) => file.endsWith(".json") && file !== "expected.json")
    .map((file) => basename(file, ".json"));

/** Reads every array of `file`, and holds them against what was recorded. */
async function expectAll(file: WeightsFile, arrays: Expected["arrays"]): Promise<void> {
  expect([...file.names].sort()).toEqual(Object.keys(arrays).sort());
  for (const [name, recorded] of Object.entries(arrays)) {
    expect(file.info(name).shape).toEqual(recorded.shape);
    if (isTooWide(recorded)) expect([name, await codeOf(() => file.get(name))]).toEqual([name, "DtypeRange"]);
    else expectRecorded(await file.get(name), recorded, name);
  }
}

const tidy = (listing: FileListing): object => Object.fromEntries(listing.metadata);

describe("safetensors", () => {
  it.each(stems("safetensors"))("%s: every array, to the bit", async (stem) => {
    const { arrays, metadata } = jsonOf<Expected>(`safetensors/${stem}.json`);
    const isSharded = stem === "sharded";
    const path = isSharded ? "safetensors/sharded/model.safetensors.index.json" : `safetensors/${stem}.safetensors`;
    const file = await open(pathOf(path));
    expect(file.format).toBe("safetensors");
    await expectAll(file, arrays);
    await file.close();
    if (isSharded) return;
    expect(tidy(file)).toEqual(metadata ?? {});

    const inMemory = readSafetensors(bytesOf(path));
    expect(inMemory.names).toEqual(file.names);
    expect(tidy(inMemory)).toEqual(metadata ?? {});
    for (const [name, recorded] of Object.entries(arrays))
      if (!isTooWide(recorded)) expectRecorded(inMemory.get(name), recorded, name);
  });

  it("names keep the order of the header", () => {
    const names = ["z", "s", "", "__proto__", 'a.b/c d\n"é\u{1f600}', "constructor", "proto"];
    const file = readSafetensors(bytesOf("safetensors/names.safetensors"));
    expect([...file.names].sort()).toEqual(names.sort());
    const text = new TextDecoder().decode(bytesOf("safetensors/names.safetensors").subarray(8));
    const places = file.names.map((name) => text.indexOf(`${JSON.stringify(name)}:`));
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });
});

describe("msgpack", () => {
  it.each(stems("msgpack").filter((stem) => stem !== "complex" && stem !== "scalars"))(
    "%s: every array, to the bit",
    async (stem) => {
      const { arrays } = jsonOf<Expected>(`msgpack/${stem}.json`);
      const file = await open(pathOf(`msgpack/${stem}.msgpack`));
      expect(file.format).toBe("msgpack");
      await expectAll(file, arrays);
      await file.close();
      const inMemory = readMsgpack(bytesOf(`msgpack/${stem}.msgpack`));
      expect(inMemory.names).toEqual(file.names);
      for (const [name, recorded] of Object.entries(arrays))
        if (!isTooWide(recorded)) expectRecorded(inMemory.get(name), recorded, name);
    },
  );

  it("scalars of NumPy are arrays, other leaves stay what they are", async () => {
    const file = await open(pathOf("msgpack/scalars.msgpack"));
    const { values } = jsonOf<{ values: Record<string, unknown> }>("msgpack/scalars.json");
    for (const [name, value] of Object.entries(values)) {
      if (name.startsWith("npscalar")) {
        const { value: expected } = value as { value: unknown };
        expect([name, (await file.get(name)).item()]).toEqual([name, Number(expected)]);
      } else if (name === "nested") {
        for (const [key, leaf] of Object.entries(value as object)) expect(file.extra.get(`nested/${key}`)).toBe(leaf);
      } else if (name === "bytes") {
        expect(file.extra.get(name)).toEqual(new Uint8Array(Buffer.from(value as string, "base64")));
      } else if (name === "bigint") {
        // 2^40 is a number that a double has.
        expect(file.extra.get(name)).toBe(Number(value));
      } else expect([name, file.extra.get(name)]).toEqual([name, value]);
    }
    await file.close();
  });

  it("a complex number is an error that names it", async () => {
    const error = await open(pathOf("msgpack/complex.msgpack")).catch((error: unknown) => error);
    expect(error).toMatchObject({ code: "DtypeUnsupported", tensor: "c" });
    expect(String(error)).toContain('tensor "c"');
  });
});

describe("NumPy", () => {
  const npy = jsonOf<Expected & { refused: Record<string, string> }>("npy/expected.json");

  it.each(Object.keys(npy.arrays))("%s.npy, to the bit", async (stem) => {
    const recorded = npy.arrays[stem]!;
    const file = await open(pathOf(`npy/${stem}.npy`));
    await expectAll(file, { arr_0: recorded });
    await file.close();
    if (!isTooWide(recorded)) expectRecorded(readNpy(bytesOf(`npy/${stem}.npy`)), recorded, stem);
  });

  it.each(Object.keys(npy.refused))("%s.npy is refused", async (stem) => {
    expect(await codeOf(() => open(pathOf(`npy/${stem}.npy`)))).toBe("DtypeUnsupported");
    expect(await codeOf(() => readNpy(bytesOf(`npy/${stem}.npy`)))).toBe("DtypeUnsupported");
  });

  it("bfloat16, which NumPy writes as V2, is read where that is said", async () => {
    const x = readNpy(bytesOf("npy/bfloat16_as_v2.npy"), { voidAs: "bfloat16" });
    const f32 = readNpy(bytesOf("npy/f32.npy"));
    expect(x.dtype).toBe("bfloat16");
    expect(x.data).toEqual(f32.astype("bfloat16").data);
    const file = await open(pathOf("npy/bfloat16_as_v2.npy"), { voidAs: "bfloat16" });
    expect((await file.get("arr_0")).data).toEqual(x.data);
    await file.close();
  });

  const npz = jsonOf<Expected & { files: string[]; positional: Record<string, Recorded> }>("npz/expected.json");

  it.each(npz.files)("%s, to the bit", async (name) => {
    const file = await open(pathOf(`npz/${name}`));
    expect(file.format).toBe("npz");
    await expectAll(file, npz.arrays);
    await file.close();
  });

  it("positional.npz has arr_0 and arr_1", async () => {
    const file = await open(pathOf("npz/positional.npz"));
    await expectAll(file, npz.positional);
    await file.close();
  });
});
