/** How much of a file has come. */
export interface Progress {
  /** The bytes that were read so far. */
  readonly loaded: number;
  /** The bytes of the file, or of all files of a sharded one; undefined until they are known. */
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
  #told: Progress | undefined;
  #toldAt = -INTERVAL_MS;
  #name: string | undefined;
  readonly #onProgress: (progress: Progress) => void;

  constructor(onProgress: (progress: Progress) => void) {
    this.#onProgress = onProgress;
  }

  /** Counts `count` more bytes, fewer than none where counted ones are read again; `size` more are to come in all. */
  add(count: number, name?: string, size?: number): void {
    if (size !== undefined) this.total = (this.total ?? 0) + size;
    // What is read twice is not more of the file.
    this.#loaded = Math.min(this.#loaded + count, this.total ?? Infinity);
    this.#name = name;
    if (this.#loaded === this.total || performance.now() - this.#toldAt >= INTERVAL_MS) this.flush();
  }

  /** Tells what was held back. */
  flush(): void {
    const { total } = this;
    const loaded = Math.max(this.#loaded, this.#told?.loaded ?? 0);
    if (loaded === (this.#told?.loaded ?? 0) && total === this.#told?.total) return;
    this.#told = { loaded, total, name: this.#name };
    this.#toldAt = performance.now();
    this.#onProgress(this.#told);
  }
}
