import { nodeModule } from "../../base/index.ts";
import { allocate } from "../bytes.ts";
import { LoadError } from "../errors.ts";
import { changedError } from "./errors.ts";
import type { ByteSource, FileHandleLike, OnBytes } from "./source.ts";

/** Larger reads come in pieces, so that progress shows and an abort is heard. */
const PIECE = 16 * 2 ** 20;

/** What a folder is opened by, the first that it has. */
const IN_FOLDER = ["model.safetensors.index.json", "model.safetensors"];

interface FileSystem {
  open(path: unknown): Promise<OwnedHandle>;
  readdir(path: unknown): Promise<string[]>;
}

interface OwnedHandle extends FileHandleLike {
  stat(): Promise<{ readonly size: number; isDirectory(): boolean }>;
  close(): Promise<void>;
}

/** The part of node:url that is used. */
export interface UrlModule {
  pathToFileURL(path: string): { readonly href: string };
  fileURLToPath(url: string): string;
}

/**
 * The file at `path`; of a folder, the model in it.
 *
 * @throws LoadError `Fetch` if it cannot be opened, `WrongFormat` for a folder without a model
 */
export async function pathSource(path: string, url: UrlModule, onBytes: OnBytes): Promise<ByteSource> {
  const fs = (await nodeModule<FileSystem>("node:fs/promises"))!;
  const here = url.pathToFileURL(path).href;
  const beside = (file: string, folder: string): string =>
    url.fileURLToPath(new URL(encodeURIComponent(file), folder).href);
  let handle: OwnedHandle | undefined;
  try {
    handle = await fs.open(path);
    if ((await handle.stat()).isDirectory()) {
      const files = await fs.readdir(path);
      const file = IN_FOLDER.find((name) => files.includes(name));
      if (file === undefined) throw folderError(files, path);
      await handle.close();
      return await pathSource(beside(file, `${here}/`), url, onBytes);
    }
    const sibling = (file: string): string => beside(file, here);
    return { ...(await handleSource(handle, path, onBytes)), sibling, close: () => handle!.close() };
  } catch (cause) {
    await handle?.close().catch(() => {});
    if (cause instanceof LoadError) throw cause;
    throw new LoadError("Fetch", (cause as Error).message, { source: path }, { cause });
  }
}

function folderError(files: readonly string[], source: string): LoadError {
  const isOrbax = files.some((file) => /^_(?:CHECKPOINT_)?METADATA$|^manifest\.ocdbt$/.test(file));
  const got = isOrbax ? "an Orbax checkpoint: use open of flaxen/orbax" : "another folder";
  return new LoadError("WrongFormat", `expected a folder with ${IN_FOLDER.join(" or ")}, got ${got}`, { source });
}

/** A file that the caller opened, and closes. */
export async function handleSource(handle: FileHandleLike, name: string, onBytes: OnBytes): Promise<ByteSource> {
  return {
    name,
    size: (await handle.stat()).size,
    async read(begin, end, { signal, label } = {}) {
      const bytes = allocate(end - begin, { source: name });
      for (let at = 0; at < bytes.length;) {
        signal?.throwIfAborted();
        const { bytesRead } = await handle.read(bytes, at, Math.min(bytes.length - at, PIECE), begin + at);
        if (bytesRead === 0) throw changedError(name);
        at += bytesRead;
        onBytes(bytesRead, label);
      }
      return bytes;
    },
  };
}
