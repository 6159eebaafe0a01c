import type { Filter } from "../nnx/index.ts";
import type { Progress } from "../weights/index.ts";
import type { NameMap } from "./rules.ts";

/** What `loadInto` takes besides the model and the file. */
export interface LoadOptions {
  /** How names and layouts in the file become those of the model. Without it the names are the paths. */
  readonly map?: NameMap | undefined;
  /**
   * Whether parameters that the file does not have (`"missing"`), names that become nothing (`"unexpected"`), or both
   * (true, the default) are an error. The report lists them in any case.
   */
  readonly strict?: boolean | "missing" | "unexpected" | undefined;
  /** Which leaves to load. Without it all that the file has, of which Param, BatchStat and OptState are required. */
  readonly only?: Filter | undefined;
  /** What the names begin with: `params` of a Linen model. The others are ignored. */
  readonly under?: string | undefined;
  /**
   * Whether floats are cast to the parameter's dtype (`"model"`, the default), or the parameter takes the file's; bare
   * arrays too.
   */
  readonly dtype?: "model" | "file" | undefined;
  /** Told how many bytes of arrays were read, at most 60 times a second and once at the end. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Ends the reading; the promise rejects with its reason and the model stays as it was. */
  readonly signal?: AbortSignal | undefined;
}

/** The names of `LoadOptions`. */
export const LOAD_OPTIONS = ["map", "strict", "only", "under", "dtype", "onProgress", "signal"];

/** What `loadInto` did. */
export interface LoadReport {
  /** The names in the file that were loaded. */
  readonly loaded: readonly string[];
  /** The parameters that nothing was loaded into, as paths joined by dots. */
  readonly missing: readonly string[];
  /** The names in the file that became nothing. */
  readonly unexpected: readonly string[];
  /** The names in the file that were left out on purpose. */
  readonly ignored: readonly string[];
  /** The arrays whose dtype changed, by NumPy's names of dtypes (8-bit floats by safetensors'). */
  readonly cast: readonly { readonly name: string; readonly from: string; readonly to: string }[];
  /** Names that stand for one parameter: the one that was compared, and the one that was loaded. */
  readonly tied: readonly (readonly [string, string])[];
  /** The bytes of the arrays that were loaded, in the file. */
  readonly bytes: number;
}
