/**
 * What every host does with files of weights: reads what real NumPy wrote and files of its own, from bytes, Blobs and
 * addresses, and writes them, folded byte by byte. Plain JavaScript without an import, as probe.js.
 */

/** numpy.savez_compressed, a big-endian .npy, and a safetensors file whose arrays are not aligned. */
const DEFLATED =
  "UEsDBC0AAAAIAAAAIQCmCQvL//////////8FABQAeC5ucHkBABAAMAUAAAAAAAAzAgAAAAAAAJ3Ii2sVZBjA4dey8lat8lZZnVI7M492dNPUVk5nXvLS8lLe3XRnrZxunU3ztjqZ6TTTeUUkYkiERIhIiITIEBGREBGRESJDRERCREKGhPjon9DL97w/vnfXtFlTS+d0iJWxNlmRqVuSTY5KJIsqC5OpRLKyJlufLV++qCZbkXl4H19eXZdxr6sqr8345xek06kBqURD4n9Pl3g0udFWsUeOZlpoI8ZE5JEgTTGllFFLjkaa2EczBznMMVo4w3laaeMGt2knxkZ0pBPdyKM7velDgn7kkyJNISMoophxTGQKpcxkNvMpo4IqqqmlnlWsI8d6NrCRRrawlW00sZPd7GUf+/mJn2nmAL/wKwf5jd85xGGO8AdHOcafHOcELZzkFKc5w1n+4hznucBFLtHK31zmCm1c5RrXucFN/uEWt7nDv9ylnXv8x32iJKIDj/E4HXmCJ3mKTnSmC13pxtM8w7Pk8RzP8wLd6UFPetGbF3mJl+nDK7zKayR4nTfoSz/68yZJ8hnAWwwkxSAG8zZphjCUAgoZxnDeYQQjGcW7FPEe7zOaYsYwlhLG8QHjmcBEJvEhk5nCVKbxEaV8zHRmMJNZfMKnzGYOc5nHfBawkEWUUc5illBBhko+o4rP+YKlVLOM5dRQy5dkqaOeFazkK1axmjWsZR0NfM035EoiR3yrxHolvlNigxLfK7FRiU1KNCqxWYktSvygxFYlflRimxLblWhSYocSO5XYpcRuJfbonpIHUEsDBC0AAAAIAAAAIQAL6o4+//////////8HABQAYS9iLm5weQEAEACIAAAAAAAAAE0AAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgbpNppK6joJ6WX1RSlJgXn1+UkgoSDykqTQUKF2ckFqQCuRpGOgpGmjoKtQrkAy5GBmaGf/9ZGABQSwECLQMtAAAACAAAACEApgkLyzMCAAAwBQAABQAAAAAAAAAAAAAAgAEAAAAAeC5ucHlQSwECLQMtAAAACAAAACEAC+qOPk0AAACIAAAABwAAAAAAAAAAAAAAgAFqAgAAYS9iLm5weVBLBQYAAAAAAgACAGgAAADwAgAAAAA=";
const BIG_ENDIAN =
  "k05VTVBZAQB2AHsnZGVzY3InOiAnPmY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsIDQpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAq/mAiOPoFsUr+a1s0/hr3zv4DDujjcRcE/MrBUPc8W1L8E5zbACnUXPtfe+r905+g=";
const UNALIGNED =
  "4AAAAAAAAAB7ImEiOnsiZHR5cGUiOiJVOCIsInNoYXBlIjpbM10sImRhdGFfb2Zmc2V0cyI6WzAsM119LCJiIjp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlsyXSwiZGF0YV9vZmZzZXRzIjpbMywxMV19LCJjIjp7ImR0eXBlIjoiRjE2Iiwic2hhcGUiOlszXSwiZGF0YV9vZmZzZXRzIjpbMTEsMTddfSwiZCI6eyJkdHlwZSI6Ikk2NCIsInNoYXBlIjpbMl0sImRhdGFfb2Zmc2V0cyI6WzE3LDMzXX19ICAgICAgIAABAgAAgD8AAABAADwAQABCAAAAAAABAAD//////////w==";

/**
 * @param weights the namespace object of flaxen/weights
 * @param flaxen that of flaxen
 * @returns a digest of all that was read and written
 */
export async function probeWeights(weights, { numpy, random }) {
  const digest = new Digest();
  const { open, openSafetensors, readMsgpack, readNpy, readSafetensors, save, saveParts, saveTo } = weights;

  const arrays = new Map([["layers.0.kernel", random.normal(random.key(1), [7, 5])]]);
  for (const dtype of ["bfloat16", "float16", "int32", "int16", "int8", "uint32", "uint16", "uint8", "bool"])
    arrays.set(`types.${dtype}`, numpy.arange(11).astype(dtype));
  arrays.set("\u00fc\u{1f600}", numpy.array(3.5));
  const files = {};
  for (const format of ["safetensors", "msgpack", "npz"]) {
    files[format] = save(arrays, { format });
    digest.bytes(files[format]);
    const blob = new Blob(saveParts(arrays, { format }));
    for (const source of [files[format], blob]) {
      const file = await open(source);
      for await (const [name, array] of file) digest.text(`${name} ${array.dtype} ${array.shape}`).elements(array);
      await file.close();
    }
  }
  digest.bytes(save({ x: arrays.get("layers.0.kernel") }, { format: "npy" }));
  for (const file of [readSafetensors(files.safetensors), readMsgpack(files.msgpack)])
    for (const [name, array] of file) digest.text(name).elements(array);

  for (const text of [DEFLATED, UNALIGNED]) {
    const file = await open(bytesOf(text));
    for (const name of file.names) {
      const result = await file.get(name).catch((error) => error);
      if (result instanceof Error) digest.text(`${name} ${result.code}`);
      else digest.text(`${name} ${result.dtype} ${result.shape}`).elements(result);
    }
  }
  digest.elements(readNpy(bytesOf(BIG_ENDIAN)));

  const written = [];
  await saveTo(new WritableStream({ write: (part) => void written.push(part.slice()) }), arrays);
  digest.bytes(new Uint8Array(await new Blob(written).arrayBuffer()));
  // Node's fetch and Response need WebAssembly.
  const hasFetch = globalThis.WebAssembly !== undefined;
  const url = hasFetch ? `data:application/octet-stream;base64,${UNALIGNED}` : bytesOf(UNALIGNED);
  digest.elements(await (await openSafetensors(url)).get("b"));
  digest.elements(await (await open(hasFetch ? new Response(files.npz) : files.npz)).get("types.int8"));
  for (const bad of [files.safetensors.slice(0, -1), bytesOf(DEFLATED).fill(7, 100, 120), new Uint8Array(9)])
    digest.text(await codeOf(() => readAll(open(bad))));
  digest.text(await codeOf(() => open(files.npz, { sha256: "0".repeat(64) })));
  return digest.hex;
}

async function readAll(opening) {
  for await (const _ of await opening);
}

async function codeOf(run) {
  try {
    await run();
    return "none";
  } catch (error) {
    return error.code ?? String(error);
  }
}

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

/** FNV-1a over bytes. */
class Digest {
  #hash = 0x811c9dc5;

  bytes(bytes) {
    for (const byte of bytes) this.#hash = Math.imul(this.#hash ^ byte, 0x01000193);
    return this;
  }

  text(text) {
    return this.bytes(new TextEncoder().encode(text));
  }

  /** An array's elements, least significant byte first whatever the machine's order. */
  elements({ data }) {
    const size = data.BYTES_PER_ELEMENT;
    const isFloat = data instanceof Float32Array;
    const words = isFloat ? new Uint32Array(data.buffer, data.byteOffset, data.length) : data;
    for (const word of words) for (let byte = 0; byte < size; byte++) this.bytes([(word >>> (8 * byte)) & 0xff]);
    return this;
  }

  get hex() {
    return (this.#hash >>> 0).toString(16).padStart(8, "0");
  }
}
