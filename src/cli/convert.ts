import type { NDArray } from "../array/index.ts";
import { nodeModule } from "../base/index.ts";
import type { WeightsFile, WritableFormat } from "../weights/index.ts";
import { saveTo } from "../weights/index.ts";
import type { ReadingOptions } from "./source.ts";
import { openAny } from "./source.ts";
import type { Terminal } from "./terminal.ts";
import { sizeText } from "./terminal.ts";

export interface ConvertOptions extends ReadingOptions {
  readonly dtype: "float32" | "bfloat16" | "float16" | undefined;
  readonly format: WritableFormat;
  readonly maxShardBytes: number | undefined;
}

/** Writes the arrays of the file `from` to `to`, and tells what has no place there. */
export async function convert(from: string, to: string, options: ConvertOptions, terminal: Terminal): Promise<void> {
  const { dtype, format, maxShardBytes, voidAs } = options;
  const { progress } = terminal;
  const onProgress = (what: string): ReadingOptions["onProgress"] => progress && ((done) => progress(what, done));
  const file = await openAny(from, { voidAs, onProgress: onProgress("reading") });
  const arrays = new Map<string, NDArray>();
  try {
    for await (const [name, array] of file) arrays.set(name, dtypeFits(array, dtype));
  } finally {
    await file.close();
  }
  if (maxShardBytes !== undefined) await makeFolder(to);
  await saveTo(to, arrays, {
    format,
    maxShardBytes,
    metadata: format === "safetensors" ? file.metadata : undefined,
    onProgress: onProgress("writing"),
  });
  for (const line of leftOut(file, format)) terminal.error(`flaxen: ${line}\n`);
  const bytes = [...arrays.values()].reduce((sum, array) => sum + array.nbytes, 0);
  terminal.error(`flaxen: wrote ${arrays.size} arrays, ${sizeText(bytes)}, to ${to}\n`);
}

/** A float in `dtype`; anything else as it is. Cast as it comes, so that no wide copy is kept. */
function dtypeFits(array: NDArray, dtype: ConvertOptions["dtype"]): NDArray {
  return dtype !== undefined && /float/.test(array.dtype) ? array.astype(dtype) : array;
}

/** What the file has that the format has not. */
function leftOut({ metadata, extra, names, info }: WeightsFile, format: WritableFormat): string[] {
  const lines: string[] = [];
  if (extra.size > 0) lines.push(`left out, for it is no array: ${[...extra.keys()].join(", ")}`);
  if (metadata.size > 0 && format !== "safetensors")
    lines.push(`left out: metadata ${[...metadata.keys()].join(", ")}`);
  const cast = names.filter((name) => /^(?:[FIU]64|F8)/.test(info(name).dtype));
  if (cast.length > 0) lines.push(`in 32 bits, for flaxen has no others: ${cast.join(", ")}`);
  return lines;
}

async function makeFolder(path: string): Promise<void> {
  const fs = await nodeModule<{ mkdir(path: string, options: object): Promise<unknown> }>("node:fs/promises");
  await fs!.mkdir(path, { recursive: true });
}
