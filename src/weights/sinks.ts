import { describe } from "../base/index.ts";
import { nodeModule } from "./sources/node.ts";

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

/** @throws TypeError if `target` is none of the kinds of targets */
export async function openSink(target: Target): Promise<Sink> {
  if (typeof target === "string") return await fileSink(/^file:/i.test(target) ? new URL(target) : target);
  if (target !== null && typeof target === "object") {
    if ("href" in target) return await fileSink(new URL(target.href));
    if ("createWritable" in target) return await openSink(await target.createWritable());
    if ("getWriter" in target) {
      const writer = target.getWriter();
      return {
        write: (bytes) => writer.write(bytes),
        close: () => writer.close(),
        abort: (reason) => writer.abort(reason).catch(() => {}),
      };
    }
    if ("fd" in target) return { write: (bytes) => writeAll(target, bytes), async close() {}, async abort() {} };
  }
  throw targetError(target);
}

function targetError(target: unknown): TypeError {
  const kinds = "a path, WritableStream or file handle";
  return new TypeError(`saveTo: "target" expected ${kinds}, got ${describe(target)}`);
}

interface FileSystem {
  open(path: unknown, flags: string): Promise<WritableHandleLike & { close(): Promise<void> }>;
  rename(from: unknown, to: unknown): Promise<void>;
  rm(path: unknown, options: { readonly force: boolean }): Promise<void>;
}

let made = 0;

/** Writes beside the file and puts it in its place at the end, so that nobody sees a part of it. */
async function fileSink(path: string | URL): Promise<Sink> {
  const fs = await nodeModule<FileSystem>("node:fs/promises");
  if (fs === undefined) throw new TypeError(`saveTo: "target" expected a stream or file handle here, got a path`);
  const ending = `.${(globalThis as { process?: { pid?: number } }).process?.pid ?? 0}-${made++}.part`;
  const part = typeof path === "string" ? path + ending : new URL(path.href + ending);
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

interface PathModule {
  join(...parts: string[]): string;
}

/** The target of the file `name` of a sharded one. */
export async function inFolder(target: Target | ((file: string) => Target), name: string): Promise<Target> {
  if (typeof target === "function") return target(name);
  const paths = await nodeModule<PathModule>("node:path");
  if (typeof target === "string" && !/^file:/i.test(target) && paths !== undefined) return paths.join(target, name);
  if (typeof target === "string" || (target !== null && typeof target === "object" && "href" in target)) {
    const folder = typeof target === "string" ? target : target.href;
    return new URL(name, folder.endsWith("/") ? folder : `${folder}/`);
  }
  throw new TypeError(
    `saveTo: "target" expected the path of a folder, or a function from names, for files by "maxShardBytes", got ${describe(target)}`,
  );
}
