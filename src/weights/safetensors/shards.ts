import { itemSize, sizeOf } from "../../data/index.ts";
import type { EncodedFile, NamedData } from "../encoded.ts";
import { compareNames } from "../encoded.ts";
import { encodeSafetensors } from "./write.ts";

/**
 * The files of a safetensors file in parts of at most `maxShardBytes` of arrays, by name, with the index last; one file
 * and no index where one is enough. Arrays stay in order; one that is larger than that has a file of its own.
 *
 * Source: huggingface_hub 1.0 `serialization/_base.py` (`split_state_dict_into_shards_factory`).
 */
export function encodeShards(
  arrays: readonly NamedData[],
  metadata: ReadonlyMap<string, string>,
  maxShardBytes: number,
): Map<string, EncodedFile> {
  const shards: NamedData[][] = [];
  let size = Infinity;
  let total = 0;
  for (const named of arrays) {
    const bytes = sizeOf(named[1].shape) * itemSize(named[1].dtype);
    if (size + bytes > maxShardBytes) {
      shards.push([]);
      size = 0;
    }
    shards.at(-1)!.push(named);
    size += bytes;
    total += bytes;
  }
  if (shards.length <= 1) return new Map([["model.safetensors", encodeSafetensors(arrays, metadata)]]);
  const fileOf = (i: number): string => `model-${fiveDigits(i + 1)}-of-${fiveDigits(shards.length)}.safetensors`;
  const files = new Map(shards.map((shard, i) => [fileOf(i), encodeSafetensors(shard, metadata)]));
  const map = shards.flatMap((shard, i) => shard.map(([name]) => [name, fileOf(i)] as const));
  map.sort(([a], [b]) => compareNames(a, b));
  const lines = map.map(([name, file]) => `    ${JSON.stringify(name)}: ${JSON.stringify(file)}`);
  const index = new TextEncoder().encode(
    `{\n  "metadata": {\n    "total_size": ${total}\n  },\n  "weight_map": {\n${lines.join(",\n")}\n  }\n}\n`,
  );
  files.set("model.safetensors.index.json", { size: index.length, parts: () => [{ bytes: index }] });
  return files;
}

function fiveDigits(n: number): string {
  return String(n).padStart(5, "0");
}
