import type { Epilogue } from "./epilogue.ts";
import type { BackendName } from "./kernels.ts";
import type { PoolWindows, Windows } from "./windows.ts";

/** The kernels of windows on images, convolutions and pooling: a contract like `Kernels`, whose rules hold here too. */
export interface ConvolutionKernels {
  readonly name: BackendName;

  /**
   * A convolution: out[place] = row @ w + bias, the row being what the place's window sees of `x`, run by run.
   *
   * - The product has the bits of `matvecF32`. `bias`, if given, is then added as by `binaryF32`.
   * - The columns are cut into `groups` groups of as many, 1 if not given. Group g sees the windows g * run further on.
   * - `epilogue`, if given, is then done to each place's results.
   * - `x` float32, `w` [n, m], `bias` [m], `out` [lines, places, m], all float32; n = runs * run and at least 1, m =
   *   out.length / places, at least one place. `immutable` as in `matvecF32`. `out` may not overlap another argument.
   */
  convolveF32(
    x: Float32Array,
    w: Float32Array,
    bias: Float32Array | undefined,
    out: Float32Array,
    windows: Windows,
    immutable: boolean,
    groups?: number,
    epilogue?: Epilogue,
  ): void;

  /**
   * A depthwise convolution: out[place, j] = the sum, over the runs that the place's window sees of `x`, of element
   * floor(j * run / m) of the run times w[run's number, j]; plus bias[j].
   *
   * - Summed as `matvecF32` sums, over the runs in their order. `bias`, if given, is then added as by `binaryF32`.
   * - `epilogue`, if given, is then done to each place's results.
   * - `x` float32, `w` [n, m], `bias` [m], `out` [lines, places, m], all float32; n = the number of runs and at least
   *   1, m a multiple of `run` and at least 1, at least one place. `out` may not overlap another argument.
   */
  depthwiseF32(
    x: Float32Array,
    w: Float32Array,
    bias: Float32Array | undefined,
    out: Float32Array,
    windows: Windows,
    epilogue?: Epilogue,
  ): void;

  /**
   * out[place, c] = the sum, maximum or minimum (`op`) of element c of the runs of features that the place's window
   * sees of `x`.
   *
   * - A sum starts at +0 and takes the runs ascending; every sum is rounded, subnormals are kept. With `factor` it is
   *   then multiplied by that, as by `binaryF32`; "mean" is 1 / the number of runs that the window sees, rounded.
   * - An extreme is NaN where one is; -0 is below 0; subnormals are kept. It has no factor.
   * - A window that sees nothing gives +0, -Infinity or Infinity.
   * - `x` float32; `out` [places, features] float32, the places of all segments in their order. `out` may not overlap
   *   `x`.
   */
  poolF32(
    op: "add" | "maximum" | "minimum",
    x: Float32Array,
    out: Float32Array,
    windows: PoolWindows,
    factor?: number | "mean",
  ): void;
}
