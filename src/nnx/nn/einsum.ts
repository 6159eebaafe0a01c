import type { ArrayLike, DType, NDArray, Shape } from "../../array/index.ts";
import { add, asarray, einsum, parseSubscripts, toShape } from "../../array/index.ts";
import { describe, ordered } from "../../base/index.ts";
import { Module } from "../modules/module.ts";
import type { Param } from "../variables/kinds.ts";
import { biasOf } from "./bias.ts";
import { promoteDtype } from "./dtypes.ts";
import type { KernelOptions, PromoteDtype } from "./options.ts";
import { layerArguments, WEIGHTS } from "./layerarguments.ts";
import { defaultBiasInit, defaultKernelInit, newParam, rngsOf } from "./options.ts";

/** What `Einsum` takes besides the string and the shapes: a bias is there where its shape is given. */
export interface EinsumOptions extends Omit<KernelOptions, "useBias"> {}

/**
 * `numpy.einsum(einsumStr, x, kernel)`, plus a bias: the string has an explicit output and two operands, the second
 * the kernel. The bias has the axes of the kernel that the output keeps, in the output's order.
 *
 * Keys of the stream `params`: kernel, then bias where there is one.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/linear.py` (`Einsum`).
 * @example
 * const layer = new nnx.Einsum("nta,hab->nthb", [8, 2, 4], [8, 4], { rngs: new nnx.Rngs(0) });
 * layer(jnp.ones([16, 11, 2])).shape // => [16, 11, 8, 4]
 */
export class Einsum extends Module<[x: ArrayLike, einsumStr?: string], NDArray> {
  declare readonly kernel: Param;
  declare readonly bias: Param | null;
  declare readonly einsumStr: string | null;
  declare readonly kernelShape: Shape;
  declare readonly biasShape: Shape | null;
  declare readonly dtype: DType | undefined;
  declare readonly paramDtype: DType;
  declare readonly promoteDtype: PromoteDtype;

  /**
   * @param einsumStr the string; null where every call brings its own
   * @param biasShape null for no bias
   * @throws TypeError if `rngs` is missing; RangeError if the string has no `->` or not two operands; ShapeError for
   * bad shapes
   */
  constructor(
    options: EinsumOptions & {
      readonly einsumStr: string | null;
      readonly kernelShape: readonly number[];
      readonly biasShape?: readonly number[] | null;
    },
  );
  constructor(
    einsumStr: string | null,
    options: EinsumOptions & { readonly kernelShape: readonly number[]; readonly biasShape?: readonly number[] | null },
  );
  constructor(
    einsumStr: string | null,
    kernelShape: readonly number[],
    options: EinsumOptions & { readonly biasShape?: readonly number[] | null },
  );
  constructor(
    einsumStr: string | null,
    kernelShape: readonly number[],
    biasShape: readonly number[] | null,
    options: EinsumOptions,
  );
  constructor(...args: readonly unknown[]) {
    const [einsumStr, kernelShape, biasShape = null, options] = layerArguments<
      [string | null, readonly number[], (readonly number[] | null) | undefined, EinsumOptions]
    >(
      args,
      3,
      "nnx.Einsum einsumStr kernelShape biasShape:x * kernelInit:f biasInit:f kernelMetadata biasMetadata " + WEIGHTS,
    );
    super();
    const rngs = rngsOf(options, "Einsum");
    const { dtype, paramDtype = "float32", kernelInit = defaultKernelInit, biasInit = defaultBiasInit } = options;
    this.einsumStr = einsumStr === null ? null : checked(einsumStr);
    this.kernelShape = toShape(kernelShape, 'nnx.Einsum: "kernelShape"');
    this.biasShape = biasShape === null ? null : toShape(biasShape, 'nnx.Einsum: "biasShape"');
    this.kernel = newParam(rngs, kernelInit, this.kernelShape, paramDtype, options.kernelMetadata);
    this.bias =
      this.biasShape === null ? null : newParam(rngs, biasInit, this.biasShape, paramDtype, options.biasMetadata);
    this.dtype = dtype;
    this.paramDtype = paramDtype;
    this.promoteDtype = options.promoteDtype ?? promoteDtype;
  }

  /**
   * @param einsumStr instead of the constructor's
   * @throws TypeError if there is no string here or there; what `numpy.einsum` throws
   */
  override __call__(x: ArrayLike, einsumStr?: string): NDArray {
    const args = ordered<(x: ArrayLike, einsumStr?: string) => NDArray>(arguments, 2, "nnx.Einsum inputs einsumStr:x");
    if (args !== undefined) [x, einsumStr] = args;
    const text = einsumStr === undefined && this.einsumStr !== null ? this.einsumStr : checked(einsumStr);
    const given = [asarray(x), this.kernel.get(), this.bias?.get()] as const;
    const [inputs, kernel, bias] = this.promoteDtype(given, this.dtype);
    const y = einsum(text, inputs, kernel);
    return bias === undefined ? y : add(y, biasOf(bias, keptShape(text, inputs, kernel)));
  }
}

/** The axes of the output, with size 1 where they are not the kernel's. */
function keptShape(text: string, inputs: NDArray, kernel: NDArray): Shape {
  const { inputs: terms, output } = parseSubscripts(text, [inputs.shape, kernel.shape]);
  return output.map((label) => kernel.shape[terms[1]!.indexOf(label)] ?? 1);
}

function checked(text: unknown): string {
  if (typeof text !== "string")
    throw new TypeError(`nnx.Einsum: "einsumStr" expected a string such as "ij,jk->ik", got ${describe(text)}`);
  if (!text.includes("->") || text.split(",").length !== 2) throw subscriptsError(text);
  return text.replaceAll(" ", "");
}

function subscriptsError(text: string): RangeError {
  const expected = 'two operands and an explicit output, "x,kernel->y"';
  return new RangeError(`nnx.Einsum: "einsumStr" expected ${expected}, got ${describe(text)}`);
}
