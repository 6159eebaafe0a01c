/** The arguments of layers' constructors, as Flax takes them. */
import { checkDType } from "../../array/index.ts";
import { bind, fits, hasBrand, isNamed } from "../../base/index.ts";
import { bareRngsError } from "./options.ts";
import { refuseUnsupported, UNSUPPORTED } from "./unsupported.ts";

/** The names that layers with weights have, with a kernel and a bias, that normalise, that do so with a bias, cells. */
export const WEIGHTS = "dtype:d paramDtype:d precision:p promoteDtype:f rngs";
export const KERNEL =
  "useBias:b kernelInit:f biasInit:f kernelMetadata biasMetadata dtype:d paramDtype:d precision:p promoteDtype:f rngs";
export const NORM =
  "epsilon useScale:b scaleInit:f axisName:s useFastVariance:b scaleMetadata dtype:d paramDtype:d promoteDtype:f rngs";
export const BIASED = " useBias:b biasInit:f biasMetadata";
export const CELL =
  "activationFn:f carryInit:f keepRngs:b kernelInit:f recurrentKernelInit:f biasInit:f kernelMetadata " +
  "recurrentKernelMetadata biasMetadata dtype:d paramDtype:d precision:p promoteDtype:f rngs";
/** The options of layers that are a dtype. */
const DTYPES = ["dtype", "paramDtype", "loraDtype", "loraParamDtype"] as const;

/**
 * The arguments of a layer's constructor in order: see `ordered` for the signature.
 *
 * @throws TypeError for an argument that is missing, unknown, of another kind or one too many, or that Flax has and
 * nothing here could follow
 */
export function layerArguments<T extends readonly unknown[]>(
  args: readonly unknown[],
  direct: number,
  signature: string,
): T {
  const found = isInOrder(args, direct, signature) ? args : bound(args, direct, signature);
  checkDTypes(found[direct] ?? {}, signature);
  return found as unknown as T;
}

function bound(args: readonly unknown[], direct: number, signature: string): readonly unknown[] {
  const layer = layerOf(signature);
  if (args.some((x) => hasBrand(x, "Rngs"))) throw bareRngsError(layer.slice("nnx.".length));
  const last = args.at(-1);
  const named = typeof last === "object" && last !== null && isNamed(last);
  if (named) refuseUnsupported(layer.slice("nnx.".length), last);
  const found = bind(signature, args, UNSUPPORTED);
  const places = signature.split(" ").slice(1, direct + 1);
  const missing = places.find((place, i) => found[i] === undefined && !place.endsWith(":x"));
  if (missing !== undefined) throw missingError(layer, places, missing);
  return found;
}

/** What a layer computes in and keeps its weights in is known when it is made, and checked then. */
function checkDTypes(options: { readonly [Name in (typeof DTYPES)[number]]?: unknown }, signature: string): void {
  for (const name of DTYPES) {
    const value = options[name];
    if (value !== undefined && value !== null) checkDType(value, layerOf(signature), name);
  }
}

function layerOf(signature: string): string {
  return signature.split(" ", 1)[0]!;
}

/** Whether every place has a value and an object of known names follows: what most layers are made of. */
function isInOrder(args: readonly unknown[], direct: number, signature: string): boolean {
  const last = args[direct];
  if (args.length !== direct + 1 || typeof last !== "object" || last === null || !isNamed(last)) return false;
  for (let i = 0; i < direct; i++) if (args[i] === undefined || hasBrand(args[i], "Rngs")) return false;
  return fits(last, signature);
}

function missingError(layer: string, places: readonly string[], missing: string): TypeError {
  const all = places.map((place) => place.replace(":x", "")).join(", ");
  return new TypeError(`${layer}: "${missing}" expected a value, got none. Write new ${layer}(${all}, { rngs })`);
}
