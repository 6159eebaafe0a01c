import { LoadError } from "../../weights/index.ts";
import type { Folder } from "../folder.ts";
import type { BlobLike } from "./listing.ts";
import { readBlob } from "./listing.ts";

/** A folder of a browser's file system that the person picked, or the page's own. */
export interface DirectoryHandleLike {
  readonly kind: "directory";
  readonly name: string;
  getDirectoryHandle(name: string): Promise<DirectoryHandleLike>;
  getFileHandle(name: string): Promise<{ getFile(): Promise<BlobLike> }>;
  keys(): AsyncIterable<string>;
}

const NOT_THERE = new Set(["NotFoundError", "TypeMismatchError"]);

/** The folder behind `root`. */
export function handleFolder(root: DirectoryHandleLike): Folder {
  const directory = async (parts: readonly string[]): Promise<DirectoryHandleLike> => {
    let handle = root;
    for (const part of parts) handle = await handle.getDirectoryHandle(part);
    return handle;
  };
  return {
    name: root.name,
    async read(path, begin = 0, end = Infinity, signal) {
      const parts = path.split("/");
      const file = await ifThere(`${root.name}/${path}`, async () => {
        const handle = await (await directory(parts.slice(0, -1))).getFileHandle(parts.at(-1)!);
        return await handle.getFile();
      });
      return file && (await readBlob(file, begin, end, `${root.name}/${path}`, signal));
    },
    async list(path) {
      const names: string[] = [];
      const handle = await ifThere(`${root.name}/${path}`, () => directory(path === "" ? [] : path.split("/")));
      if (handle !== undefined) for await (const name of handle.keys()) names.push(name);
      return names.sort();
    },
  };
}

async function ifThere<T>(source: string, look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (NOT_THERE.has((error as Error).name)) return undefined;
    throw new LoadError("Fetch", (error as Error).message, { source }, { cause: error });
  }
}
