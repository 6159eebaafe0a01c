import { LoadError } from "./errors.ts";
import type { WeightsFile } from "./file.ts";
import type { FileParts } from "./lazyfile.ts";
import { lazyFile } from "./lazyfile.ts";
import type { Progress } from "./progress.ts";
import { ProgressMeter } from "./progress.ts";
import type { CheckedSource, SourceOptions } from "./sources/open.ts";
import { openSource } from "./sources/open.ts";
import type { OnBytes, Source } from "./sources/source.ts";

export interface ReadingOptions extends SourceOptions {
  /** Ends the opening and all later reading; promises reject with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Told how many bytes came, at most 60 times a second and once at the end. It never changes what is read. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Whether an infinity or NaN is an error; by default their bits are kept. */
  readonly rejectNonFinite?: boolean | undefined;
}

/** The names of `ReadingOptions`. */
export const READING_OPTIONS = [
  "signal",
  "onProgress",
  "rejectNonFinite",
  "sha256",
  "copy",
  "files",
  "headers",
  "fetch",
  "cache",
];

/** What the reader of a format gets besides the file. */
export interface OpenContext {
  /** Opens the file `name` beside `source`; it is closed with it. */
  openSibling(source: CheckedSource, name: string): Promise<CheckedSource>;
}

/** Opens `source`, lets `read` look into it, and gives what it found. */
export async function openWith(
  source: Source,
  options: ReadingOptions,
  read: (source: CheckedSource, context: OpenContext) => Promise<Omit<FileParts, "close" | "source">>,
): Promise<WeightsFile> {
  const { onProgress, rejectNonFinite } = options;
  const meter = onProgress && new ProgressMeter(onProgress);
  const onBytes: OnBytes = (...bytes) => meter?.add(...bytes);
  const opened: CheckedSource[] = [];
  const openFile = async (source: Source): Promise<CheckedSource> => {
    const file = await openSource(source, options, onBytes);
    opened.push(file);
    return file;
  };
  const openSibling: OpenContext["openSibling"] = async ({ name: source, sibling }, name) => {
    if (typeof options.sha256 === "string")
      throw new TypeError('open: "sha256" expected an object of hashes by file name for a sharded file');
    const file = options.files?.(name) ?? sibling?.(name);
    if (file === undefined) throw new LoadError("Fetch", `expected ${name} by the option "files"`, { source });
    return await openFile(file);
  };
  const close = async (): Promise<void> => {
    meter?.flush();
    await Promise.all(opened.map((file) => file.close?.()));
  };
  try {
    const first = await openFile(source);
    const parts = await read(first, { openSibling });
    if (meter) meter.total = opened.reduce((sum, { size }) => sum + size, 0);
    onBytes(0);
    return lazyFile({ ...parts, source: first.name, rejectNonFinite, close });
  } catch (error) {
    await close();
    throw error;
  }
}
