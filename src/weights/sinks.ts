import { describe, nodeModule } from "../base/index.ts";

/** A WritableStream, or what has its methods. */
export interface WritableStreamLike {
  getWriter(): {
    write(bytes: Uint8Array): Promise<void>;
    close(): Promise<void>;
    abort(reason?: unknown): Promise<void>;
  };
}

/** A FileHandle of node:fs/promises that is open for writing; bytes go where it stands. */
export interface WritableHandleLike {
  readonly fd: number;
  write(bytes: Uint8Array): Promise<{ readonly bytesWritten: number }>;
}

/** A file of the origin private file system, or one that the person picked. */
export interface WritableFileLike {
  createWritable(): Promise<WritableStreamLike>;
}

/** Where a file is written: a path or `file:` URL, a stream, or an open file of Node or of a browser's file system. */
export type Target = string | { readonly href: string } | WritableStreamLike | WritableHandleLike | WritableFileLike;

/** What a file is written to; one of `close` and `abort` ends it. */
export interface Sink {
  write(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
  abort(reason: unknown): Promise<void>;
}

interface FileSystem {
  open(path: unknown, flags: string): Promise<WritableHandleLike & { close(): Promise<void> }>;
  rename(from: unknown, to: unknown): Promise<void>;
  rm(path: unknown, options: { readonly force: boolean }): Promise<void>;
}

/**
 * Opens `target`.
 *
 * @param file - the name of one of several files: the target is then a folder, or a function that gives theirs
 * @throws TypeError if `target` is none of the kinds of targets
 */
export async function openSink(target: Target | ((file: string) => Target), file: string): Promise<Sink> {
  if (typeof target === "function") return await openSink(target(file), "");
  if (typeof target === "string") {
    const url = await nodeModule<{ fileURLToPath(url: string): string }>("node:url");
    const path = /^file:/i.test(target) ? url?.fileURLToPath(target) : target;
    if (url) return await fileSink(file === "" ? path! : `${path}/${file}`);
  } else if (target !== null && typeof target === "object") {
    if ("href" in target) return await openSink(target.href, file);
    if ("createWritable" in target && file === "") return await openSink(await target.createWritable(), file);
    if ("getWriter" in target && file === "") {
      const writer = target.getWriter();
      return {
        write: (bytes) => writer.write(bytes),
        close: () => writer.close(),
        abort: (reason) => writer.abort(reason).catch(() => {}),
      };
    }
    if ("fd" in target && file === "")
      return { write: (bytes) => writeAll(target, bytes), async close() {}, async abort() {} };
  }
  const kinds = file === "" ? "a path, WritableStream or file handle" : "the path of a folder, or a function of names,";
  throw new TypeError(`saveTo: "target" expected ${kinds} got ${describe(target)}`);
}

let made = 0;

/** Writes beside the file and puts it in its place at the end, so that nobody sees a part of it. */
async function fileSink(path: string): Promise<Sink> {
  const fs = (await nodeModule<FileSystem>("node:fs/promises"))!;
  const part = `${path}.${process.pid}-${made++}.part`;
  const handle = await fs.open(part, "wx");
  return {
    write: (bytes) => writeAll(handle, bytes),
    async close() {
      await handle.close();
      await fs.rename(part, path);
    },
    async abort() {
      await handle.close().catch(() => {});
      await fs.rm(part, { force: true });
    },
  };
}

async function writeAll(handle: WritableHandleLike, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await handle.write(bytes.subarray(at, at + 2 ** 30))).bytesWritten;
}
