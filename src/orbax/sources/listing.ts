import { LoadError } from "../../weights/index.ts";
import type { Folder } from "../folder.ts";

/** A Blob or File, or what has its methods. */
export interface BlobLike {
  readonly size: number;
  slice(begin: number, end: number): BlobLike;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** A File that came with a folder: `webkitRelativePath` begins with the folder's name. */
export interface FileLike extends BlobLike {
  readonly name: string;
  readonly webkitRelativePath?: string;
}

/** The folder whose files are `files`, by their paths in it. */
export function listingFolder(name: string, files: ReadonlyMap<string, BlobLike | Uint8Array>): Folder {
  const folders = new Map<string, Set<string>>();
  for (const path of files.keys()) {
    const parts = path.split("/");
    for (let i = 0; i < parts.length; i++) {
      const above = parts.slice(0, i).join("/");
      if (!folders.has(above)) folders.set(above, new Set());
      folders.get(above)!.add(parts[i]!);
    }
  }
  return {
    name,
    async read(path, begin = 0, end = Infinity, signal) {
      const file = files.get(path);
      if (file === undefined) return undefined;
      if (file instanceof Uint8Array) return file.slice(begin, end);
      return await readBlob(file, begin, end, `${name}/${path}`, signal);
    },
    list: async (path) => [...(folders.get(path) ?? [])].sort(),
  };
}

/** The bytes `[begin, end)` of `blob`, as far as it has them. */
export async function readBlob(
  blob: BlobLike,
  begin: number,
  end: number,
  source: string,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  signal?.throwIfAborted();
  const past = Math.min(end, blob.size);
  try {
    return new Uint8Array(await blob.slice(Math.min(begin, past), past).arrayBuffer());
  } catch (cause) {
    throw new LoadError("StateChanged", (cause as Error).message, { source, offset: begin }, { cause });
  }
}

/** Files by their paths in the folder that they were picked from. */
export function filesByPath(files: Iterable<FileLike>): [name: string, byPath: Map<string, FileLike>] {
  const all = [...files];
  const relative = all.every(({ webkitRelativePath }) => webkitRelativePath?.includes("/"));
  if (!relative) return ["files", new Map(all.map((file) => [file.name, file]))];
  const cut = (file: FileLike): number => file.webkitRelativePath!.indexOf("/");
  const name = all.length === 0 ? "files" : all[0]!.webkitRelativePath!.slice(0, cut(all[0]!));
  return [name, new Map(all.map((file) => [file.webkitRelativePath!.slice(cut(file) + 1), file]))];
}
