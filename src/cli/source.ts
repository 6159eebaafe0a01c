import type { Progress, WeightsFile } from "../weights/index.ts";
import { LoadError, nodeModule, open } from "../weights/index.ts";

export interface ReadingOptions {
  readonly voidAs?: "bfloat16" | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** Opens a file or folder of any format; an address that ends with a slash is that of an Orbax checkpoint. @throws LoadError */
export async function openAny(path: string, options: ReadingOptions): Promise<WeightsFile> {
  if (/^https?:.*\/$/i.test(path)) return await openOrbax(path, options);
  try {
    return await open(path, options);
  } catch (error) {
    if (error instanceof LoadError && error.code === "WrongFormat" && (await isFolder(path)))
      return await openOrbax(path, options);
    throw error;
  }
}

/** The reader of Orbax is loaded only for what it reads. */
async function openOrbax(path: string, { onProgress }: ReadingOptions): Promise<WeightsFile> {
  const orbax = await import("../orbax/index.ts");
  return await orbax.open(path, { onProgress });
}

async function isFolder(path: string): Promise<boolean> {
  const fs = (await nodeModule<{ stat(path: string): Promise<{ isDirectory(): boolean }> }>("node:fs/promises"))!;
  return (await fs.stat(path)).isDirectory();
}
