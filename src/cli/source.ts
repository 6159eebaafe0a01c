import { open as openOrbax } from "../orbax/index.ts";
import type { Progress, WeightsFile } from "../weights/index.ts";
import { LoadError, open } from "../weights/index.ts";

export interface ReadingOptions {
  readonly voidAs?: "bfloat16" | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

const NOT_FOUND = 404;

/** Opens a file of any format, or the folder of a checkpoint. @throws LoadError */
export async function openAny(path: string, options: ReadingOptions): Promise<WeightsFile> {
  try {
    return await open(path, options);
  } catch (error) {
    if (!(error instanceof LoadError) || !(error.code === "WrongFormat" || error.status === NOT_FOUND)) throw error;
    return await openCheckpoint(path, options, error);
  }
}

/** @throws `otherwise` if it is none */
async function openCheckpoint(path: string, options: ReadingOptions, otherwise: LoadError): Promise<WeightsFile> {
  try {
    return await openOrbax(path, { onProgress: options.onProgress });
  } catch (error) {
    throw error instanceof LoadError && error.code === "WrongFormat" ? otherwise : error;
  }
}
