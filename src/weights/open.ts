import { assertTakes, describe } from "../base/index.ts";
import type { ReadableFormat } from "./detect.ts";
import { detect, isJson, READABLE } from "./detect.ts";
import type { WeightsFile } from "./file.ts";
import { openMsgpack } from "./msgpack/read.ts";
import { openNpy } from "./numpy/npy.ts";
import type { NpzOptions } from "./numpy/npz.ts";
import { openNpz } from "./numpy/npz.ts";
import type { ReadingOptions } from "./openwith.ts";
import { openWith, READING_OPTIONS } from "./openwith.ts";
import { openContents } from "./safetensors/read.ts";
import { openSharded } from "./safetensors/sharded.ts";
import type { Source } from "./sources/source.ts";

export interface OpenOptions extends ReadingOptions, NpzOptions {
  /** The format, where the content shall not tell. */
  readonly format?: ReadableFormat | undefined;
}

/**
 * Opens a file of weights: safetensors (one file, or the index of a sharded one), Flax msgpack, NumPy .npy or .npz,
 * told by its content. A folder is opened by the `model.safetensors.index.json` or `model.safetensors` in it.
 *
 * Only the header is read; each array is read when it is asked for. Over HTTP that takes a server that answers ranges;
 * from others the file is streamed whole, once.
 *
 * @param source - a path, URL, bytes, Blob, File, Response, or an open file
 * @throws LoadError if the file is damaged, cannot be had, or is of a format that is not read: the message says what it
 * is and how to convert it
 * @throws TypeError if `source` is none of these
 *
 * @example
 * const file = await weights.open(weights.save({ w: jnp.array([1, 2]) }));
 * file.format // => "safetensors"
 * const sums = {};
 * for await (const [name, array] of file) sums[name] = array.sum().item();
 * sums // => { w: 3 }
 */
export async function open(source: Source, options: OpenOptions = {}): Promise<WeightsFile> {
  assertTakes(arguments, "open", "source options", ["format", "voidAs", "maxBytes", ...READING_OPTIONS]);
  const { format, voidAs } = options;
  if (format !== undefined && !READABLE.includes(format))
    throw new RangeError(`open: "format" expected ${READABLE.join(", ")}, got ${describe(format)}`);
  return await openWith(source, options, async (file, context) => {
    switch (format ?? detect(file)) {
      case "safetensors":
        return { format: "safetensors", ...(await openContents(file)) };
      case "sharded":
        return { format: "safetensors", ...(await openSharded(file, context)) };
      case "msgpack":
        return { format: "msgpack", ...(await openMsgpack(file, voidAs)) };
      case "npy":
        return { format: "npy", entries: await openNpy(file, voidAs) };
      case "npz":
        return { format: "npz", entries: await openNpz(file, options) };
    }
  });
}

/**
 * Like {@link open}, for safetensors alone, one file or sharded: a program that uses it does not carry the other
 * readers.
 *
 * @throws LoadError as `open` does
 * @example
 * const file = await weights.openSafetensors(weights.save({ w: jnp.array([1, 2]) }));
 * file.info("w").shape // => [2]
 */
export async function openSafetensors(source: Source, options: ReadingOptions = {}): Promise<WeightsFile> {
  assertTakes(arguments, "openSafetensors", "source options", READING_OPTIONS);
  return await openWith(source, options, async (file, context) => ({
    format: "safetensors",
    ...(await (isJson(file.head) ? openSharded(file, context) : openContents(file))),
  }));
}
