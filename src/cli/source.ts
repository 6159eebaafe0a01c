import type { Progress, WeightsFile } from "../weights/index.ts";
import { open } from "../weights/index.ts";

export interface ReadingOptions {
  readonly voidAs?: "bfloat16" | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** Opens a file or folder of any format. @throws LoadError */
export async function openAny(path: string, options: ReadingOptions): Promise<WeightsFile> {
  return await open(path, options);
}
