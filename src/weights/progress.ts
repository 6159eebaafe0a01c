/** How much of a file has come. */
export interface Progress {
  /** The bytes that were read so far. */
  readonly loaded: number;
  /** The bytes of the file, or of all files of a sharded one; undefined where a server does not say. */
  readonly total: number | undefined;
  /** The array that is read; undefined for the header, or while a file is streamed whole. */
  readonly name: string | undefined;
}

/** At most 60 calls a second. */
const INTERVAL_MS = 1000 / 60;

/** Counts bytes and tells `onProgress`, seldom enough for a screen. */
export class ProgressMeter {
  total: number | undefined;
  #loaded = 0;
  #reported: Progress | undefined;
  #reportedAt = -INTERVAL_MS;
  #label: string | undefined;
  readonly #onProgress: (progress: Progress) => void;

  constructor(onProgress: (progress: Progress) => void) {
    this.#onProgress = onProgress;
  }

  /** Counts `count` more bytes; fewer than none where counted ones are read again. */
  add(count: number, label: string | undefined): void {
    // What is read twice is not more of the file.
    this.#loaded = Math.min(this.#loaded + count, this.total ?? Infinity);
    this.#label = label;
    if (this.#loaded === this.total || performance.now() - this.#reportedAt >= INTERVAL_MS) this.flush();
  }

  /** Tells what was held back. */
  flush(): void {
    const { total } = this;
    const loaded = Math.max(this.#loaded, this.#reported?.loaded ?? 0);
    if (loaded === this.#reported?.loaded && total === this.#reported.total) return;
    this.#reported = { loaded, total, name: this.#label };
    this.#reportedAt = performance.now();
    this.#onProgress(this.#reported);
  }
}
