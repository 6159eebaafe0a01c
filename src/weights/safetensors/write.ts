import { itemSize, sizeOf } from "../../data/index.ts";
import { FILE_DTYPES } from "../dtypes.ts";
import type { EncodedFile, NamedData } from "../encoded.ts";
import { compareNames, elementBytes, fileDType } from "../encoded.ts";

/**
 * A safetensors file with canonical bytes: tensors by dtype, the widest first, then by name, so that each is aligned;
 * equal arrays give equal files.
 *
 * Source: safetensors 0.8 (`safetensors/src/tensor.rs`, `prepare`); metadata is sorted,
 * which the reference does not do.
 */
export function encodeSafetensors(
  arrays: readonly NamedData[],
  metadata: ReadonlyMap<string, string> = new Map(),
): EncodedFile {
  const sorted = arrays
    .map((named) => ({ named, rank: FILE_DTYPES.indexOf(fileDType(named[1].dtype)) }))
    .sort((a, b) => b.rank - a.rank || compareNames(a.named[0], b.named[0]))
    .map(({ named }) => named);
  const fields: string[] = [];
  if (metadata.size > 0) {
    const texts = [...metadata].sort(([a], [b]) => compareNames(a, b)).map(([key, text]) => field(key, text));
    fields.push(`"__metadata__":{${texts.join(",")}}`);
  }
  let end = 0;
  for (const [name, { shape, dtype }] of sorted) {
    const begin = end;
    end += sizeOf(shape) * itemSize(dtype);
    fields.push(field(name, { dtype: fileDType(dtype), shape, data_offsets: [begin, end] }));
  }
  const json = new TextEncoder().encode(`{${fields.join(",")}}`);
  const length = Math.ceil(json.length / 8) * 8;
  const header = new Uint8Array(8 + length).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(length), true);
  header.set(json, 8);
  return {
    size: header.length + end,
    *parts() {
      yield { bytes: header };
      for (const [label, data] of sorted) yield { bytes: elementBytes(data), label };
    },
  };
}

function field(key: string, value: unknown): string {
  return `${JSON.stringify(key)}:${JSON.stringify(value)}`;
}
