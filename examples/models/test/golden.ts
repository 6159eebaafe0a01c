import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Models trained in real Flax: weights and golden outputs; another folder of the same layout may be tried. */
const FOLDER = process.env["FLAXEN_GOLDEN_MODELS"] ?? fileURLToPath(new URL("..", import.meta.url));

export const pathOf = (file: string): string => join(FOLDER, file);

export const bytesOf = (file: string): Uint8Array => new Uint8Array(readFileSync(pathOf(file)));

export const jsonOf = <T>(file: string): T => JSON.parse(readFileSync(pathOf(file), "utf8")) as T;
