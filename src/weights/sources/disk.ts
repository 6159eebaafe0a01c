import { LoadError } from "../errors.ts";
import { nodeModule } from "./node.ts";
import type { ByteSource, FileHandleLike, OnBytes } from "./source.ts";

/** Larger reads come in pieces, so that progress shows and an abort is heard. */
const PIECE = 16 * 2 ** 20;

/** What a folder is opened by, the first that it has. */
const IN_FOLDER = ["model.safetensors.index.json", "model.safetensors"];
const ORBAX = ["_METADATA", "_CHECKPOINT_METADATA", "manifest.ocdbt"];

interface FileSystem {
  open(path: unknown): Promise<OwnedHandle>;
  readdir(path: unknown): Promise<string[]>;
}

interface OwnedHandle extends FileHandleLike {
  stat(): Promise<{ readonly size: number; isDirectory(): boolean }>;
  close(): Promise<void>;
}

interface PathModule {
  join(...parts: string[]): string;
  dirname(path: string): string;
}

/**
 * The file at `path`; of a folder, the model in it.
 *
 * @throws LoadError `Fetch` if it cannot be opened, `WrongFormat` for a folder without a model
 */
export async function pathSource(path: string | { readonly href: string }, onBytes: OnBytes): Promise<ByteSource> {
  const source = typeof path === "string" ? path : path.href;
  const fs = await nodeModule<FileSystem>("node:fs/promises");
  const paths = await nodeModule<PathModule>("node:path");
  if (fs === undefined || paths === undefined)
    throw new LoadError("Fetch", "files by path need Node, Bun or Deno", { source });
  const inFolder = (folder: string, file: string): string | URL =>
    typeof path === "string" ? paths.join(folder, file) : new URL(encodeURIComponent(file), folder);
  let handle: OwnedHandle | undefined;
  try {
    handle = await fs.open(path);
    if ((await handle.stat()).isDirectory()) {
      const file = modelIn(await fs.readdir(path), source);
      await handle.close();
      return await pathSource(inFolder(source.replace(/(?<=^file:.*[^/])$/, "/"), file), onBytes);
    }
    return {
      ...(await handleSource(handle, source, onBytes)),
      sibling: (file) => inFolder(typeof path === "string" ? paths.dirname(path) : source, file),
      close: () => handle!.close(),
    };
  } catch (cause) {
    await handle?.close();
    if (cause instanceof LoadError) throw cause;
    throw new LoadError("Fetch", (cause as Error).message, { source }, { cause });
  }
}

function modelIn(files: readonly string[], source: string): string {
  const model = IN_FOLDER.find((file) => files.includes(file));
  if (model !== undefined) return model;
  const expected = `expected a file, or a folder with ${IN_FOLDER.join(" or ")}`;
  if (ORBAX.some((file) => files.includes(file)))
    throw new LoadError("WrongFormat", `${expected}, got an Orbax checkpoint. Use open of flaxen/orbax`, { source });
  throw new LoadError("WrongFormat", `${expected}, got another folder`, { source });
}

/** A file that the caller opened, and closes. */
export async function handleSource(handle: FileHandleLike, name: string, onBytes: OnBytes): Promise<ByteSource> {
  const { size } = await handle.stat();
  return {
    name,
    size,
    async read(begin, end, { signal, label } = {}) {
      const bytes = new Uint8Array(end - begin);
      for (let at = 0; at < bytes.length;) {
        signal?.throwIfAborted();
        const { bytesRead } = await handle.read(bytes, at, Math.min(bytes.length - at, PIECE), begin + at);
        if (bytesRead === 0)
          throw new LoadError("StateChanged", "the file became shorter", { source: name, offset: begin + at });
        at += bytesRead;
        onBytes(bytesRead, label);
      }
      return bytes;
    },
    sibling: () => undefined,
    async close() {},
  };
}
