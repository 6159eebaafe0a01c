import type { WeightsFile } from "./file.ts";
import type { FileParts } from "./lazyfile.ts";
import { lazyFile } from "./lazyfile.ts";
import type { Progress } from "./progress.ts";
import { ProgressMeter } from "./progress.ts";
import type { CheckedSource, SourceOptions } from "./sources/open.ts";
import { openSource } from "./sources/open.ts";
import type { Source } from "./sources/source.ts";

export interface ReadingOptions extends SourceOptions {
  /** Ends the opening and all later reading; promises reject with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Told how many bytes came, at most 60 times a second and once at the end. It never changes what is read. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Whether an infinity or NaN is an error; by default their bits are kept. */
  readonly rejectNonFinite?: boolean | undefined;
}

/** What the reader of a format gets besides the file. */
export interface OpenContext {
  readonly options: ReadingOptions;
  /** Opens a file that belongs to the first one; it is closed with it. */
  openFile(source: Source): Promise<CheckedSource>;
}

/** Opens `source`, lets `read` look into it, and gives what it found. */
export async function openWith(
  source: Source,
  options: ReadingOptions,
  read: (source: CheckedSource, context: OpenContext) => Promise<Omit<FileParts, "close" | "source">>,
): Promise<WeightsFile> {
  const meter = options.onProgress && new ProgressMeter(options.onProgress);
  const onBytes = (count: number, label: string | undefined): void => meter?.add(count, label);
  const opened: CheckedSource[] = [];
  const openFile = async (source: Source): Promise<CheckedSource> => {
    const file = await openSource(source, options, onBytes);
    opened.push(file);
    return file;
  };
  const close = async (): Promise<void> => {
    meter?.flush();
    await Promise.all(opened.map((file) => file.close()));
  };
  try {
    const first = await openFile(source);
    const parts = await read(first, { options, openFile });
    if (meter !== undefined) meter.total = opened.reduce((sum, { size }) => sum + size, 0);
    onBytes(0, undefined);
    return lazyFile({ ...parts, source: first.name, rejectNonFinite: options.rejectNonFinite, close });
  } catch (error) {
    await close();
    throw error;
  }
}
