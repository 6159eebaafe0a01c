import { beginnings } from "./underhint.ts";
import type { MemoryFile, TensorInfo, WeightsFile } from "../weights/index.ts";

/** The names of a file as they are looked at: below a prefix, and with the other names of shared arrays. */
export interface FileNames {
  readonly names: readonly string[];
  info(name: string): TensorInfo;
  /** The name in the file. */
  original(name: string): string;
  /** The name of the array in the file that has the elements: another one where it was written once for several. */
  stored(name: string): string;
  /** The names that are not below the prefix. */
  readonly outside: readonly string[];
}

/** safetensors' metadata that say which parameters share an array: `{"lm_head.kernel": "embed.embedding"}`. */
export const TIED = "tied";

/**
 * @param under - what names must begin with, before a dot or slash
 * @throws RangeError if none does
 */
export function fileNames(file: WeightsFile | MemoryFile, under: string | undefined): FileNames {
  const ties = tiedNames(file);
  const all = [...file.names, ...ties.keys()];
  const prefix = under === undefined ? "" : /[./]$/.test(under) ? under : `${under}${separatorAfter(under, all)}`;
  const below = all.filter((name) => name.startsWith(prefix));
  if (below.length === 0 && all.length > 0)
    throw new RangeError(
      'loadInto: "under" expected what names of the file begin with, such as ' +
        `${beginnings(all).slice(0, 8).join(", ")}, got ${JSON.stringify(under)}`,
    );
  const original = (name: string): string => prefix + name;
  const stored = (name: string): string => ties.get(original(name)) ?? original(name);
  return {
    names: below.map((name) => name.slice(prefix.length)),
    info: (name) => file.info(stored(name)),
    original,
    stored,
    outside: file.names.filter((name) => !name.startsWith(prefix)),
  };
}

function separatorAfter(under: string, names: readonly string[]): string {
  return names.some((name) => name.startsWith(`${under}/`)) ? "/" : ".";
}

/** Names that the file does not have, with those of it that they share. */
function tiedNames({ metadata, names }: WeightsFile | MemoryFile): ReadonlyMap<string, string> {
  const text = metadata.get(TIED);
  if (text === undefined) return new Map();
  const known = new Set(names);
  return new Map(
    parsePairs(text).filter(
      (pair): pair is [string, string] => typeof pair[1] === "string" && !known.has(pair[0]) && known.has(pair[1]),
    ),
  );
}

/** Metadata are anybody's: what is not a JSON object says nothing. */
function parsePairs(text: string): [string, unknown][] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? Object.entries(value) : [];
  } catch {
    return [];
  }
}
