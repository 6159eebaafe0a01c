import { LoadError } from "../../weights/index.ts";
import type { Folder } from "../folder.ts";

/** Larger reads come in pieces, so that an abort is heard. */
const PIECE = 16 * 2 ** 20;
/** What the system says where there is no such file, or a folder. */
const NOT_THERE = new Set(["ENOENT", "ENOTDIR", "EISDIR"]);

interface Handle {
  stat(): Promise<{ readonly size: number; isDirectory(): boolean }>;
  read(buffer: Uint8Array, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }>;
  close(): Promise<void>;
}

export interface FileSystem {
  open(path: string): Promise<Handle>;
  readdir(path: string): Promise<string[]>;
}

/** A folder on disk. */
export function diskFolder(fs: FileSystem, root: string): Folder {
  const pathOf = (path: string): string => (path === "" ? root : `${root}/${path}`);
  return {
    name: root,
    async read(path, begin = 0, end = Infinity, signal) {
      const handle = await openFile(fs, pathOf(path));
      if (handle === undefined) return undefined;
      try {
        const stat = await handle.stat();
        if (stat.isDirectory()) return undefined;
        return await readRange(handle, begin, Math.min(end, stat.size), pathOf(path), signal);
      } finally {
        await handle.close();
      }
    },
    async list(path) {
      try {
        return (await fs.readdir(pathOf(path))).sort();
      } catch (error) {
        if (isNotThere(error)) return [];
        throw fetchError(error, pathOf(path));
      }
    },
  };
}

async function openFile(fs: FileSystem, path: string): Promise<Handle | undefined> {
  try {
    return await fs.open(path);
  } catch (error) {
    if (isNotThere(error)) return undefined;
    throw fetchError(error, path);
  }
}

async function readRange(
  handle: Handle,
  begin: number,
  end: number,
  source: string,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.max(end - begin, 0));
  for (let at = 0; at < bytes.length;) {
    signal?.throwIfAborted();
    const { bytesRead } = await handle.read(bytes, at, Math.min(bytes.length - at, PIECE), begin + at);
    if (bytesRead === 0) throw new LoadError("StateChanged", "the file became shorter", { source, offset: begin + at });
    at += bytesRead;
  }
  return bytes;
}

function isNotThere(error: unknown): boolean {
  return NOT_THERE.has((error as { code?: string }).code ?? "");
}

function fetchError(cause: unknown, source: string): LoadError {
  return new LoadError("Fetch", (cause as Error).message, { source }, { cause });
}
