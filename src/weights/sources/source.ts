/** How bytes are asked of a source. */
export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Whose bytes they are, for progress. */
  readonly label?: string | undefined;
}

/** Bytes that are read in pieces: a file, an address, a buffer. */
export interface ByteSource {
  /** The path, address or name, for messages. */
  readonly name: string;
  readonly size: number;
  /** The bytes that opening brought already, from the first on. */
  readonly head?: Uint8Array;
  /**
   * The bytes [begin, end), in a buffer that nobody else writes to.
   *
   * @throws LoadError `Incomplete`, `StateChanged`, `Fetch`
   */
  read(begin: number, end: number, options?: ReadOptions): Promise<Uint8Array>;
  /** The file `name` of the same folder. */
  sibling?(name: string): Source;
  close?(): Promise<void>;
}

/**
 * Called with every number of bytes that came, as they come; first with how many there will be, where that is known.
 */
export type OnBytes = (count: number, label?: string, total?: number) => void;

/** A Blob or File, or what has its methods. */
export interface BlobLike {
  readonly size: number;
  readonly name?: string;
  slice(begin: number, end: number): BlobLike;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** A stream of bytes, as far as it is used. */
export interface ByteStreamLike {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
    cancel(reason?: unknown): Promise<void>;
  };
}

/** A Response, or what has its methods. */
export interface ResponseLike {
  readonly status: number;
  readonly url: string;
  readonly headers: { get(name: string): string | null };
  readonly body: ByteStreamLike | null;
  readonly bodyUsed: boolean;
  blob(): Promise<BlobLike>;
}

/** A FileHandle of node:fs/promises; it stays open. */
export interface FileHandleLike {
  readonly fd: number;
  read(buffer: Uint8Array, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }>;
  stat(): Promise<{ readonly size: number }>;
}

/** A file of the origin private file system, or one that the person picked. */
export interface FileSystemFileHandleLike {
  readonly kind: "file";
  getFile(): Promise<BlobLike>;
}

/**
 * Where a file of weights is: a path or an address (`https:`, `http:`, `file:`, `blob:`, `data:`; in a browser also a
 * relative one), bytes, a Blob or File, a Response, an open file of Node or of a browser's file system.
 */
export type Source =
  | string
  | { readonly href: string }
  | ArrayBufferLike
  | ArrayBufferView
  | BlobLike
  | ResponseLike
  | FileHandleLike
  | FileSystemFileHandleLike;
