import type { ShapeLike } from "../array/index.ts";
import type { KeyLike } from "./key.ts";

/** What samplers take besides the key and the parameters of the distribution. */
export interface DrawOptions<D = "float32"> {
  /** The shape of the result; default that of the parameters, or a scalar. */
  readonly shape?: ShapeLike | null;
  readonly dtype?: D | null;
}

/** All that a sampler takes, by name, in place of its key. */
export type Keyed<Options> = Options & { readonly key: KeyLike };
