import { nodeModule } from "../../base/index.ts";
import { LoadError } from "../errors.ts";
import type { ByteSource, ReadOptions } from "./source.ts";

const PIECE = 4 * 2 ** 20;

interface Hash {
  update(bytes: Uint8Array): void;
  digest(encoding: "hex"): string;
}

/** Reads all of `source`. @throws LoadError `Checksum` if its SHA-256 is not `expected` */
export async function checkSha256(source: ByteSource, expected: string, options: ReadOptions): Promise<void> {
  const { name, size, read } = source;
  const node = await nodeModule<{ createHash(name: string): Hash }>("node:crypto");
  let got: string;
  if (node) {
    const hash = node.createHash("sha256");
    for (let at = 0; at < size; at += PIECE) hash.update(await read(at, Math.min(at + PIECE, size), options));
    got = hash.digest("hex");
  } else {
    // The web's digest takes the whole at once.
    const bytes = (await read(0, size, options)) as Uint8Array<ArrayBuffer>;
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    got = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
  if (got !== expected.toLowerCase())
    throw new LoadError("Checksum", `expected SHA-256 ${expected}, got ${got}`, { source: name });
}
