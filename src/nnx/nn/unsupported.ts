import { describe } from "../../base/index.ts";

const ONE_PRODUCT =
  "There is one way to multiply, float32 with one order of summation, so that bits do not depend on it";
const ONE_DEVICE = "There is one device and no mapped axis";

/** Options of Flax's layers that nothing here could follow, and why. */
export const UNSUPPORTED: Readonly<Record<string, string>> = {
  dotGeneral: ONE_PRODUCT,
  dotGeneralCls: ONE_PRODUCT,
  einsumOp: ONE_PRODUCT,
  qkvDotGeneral: ONE_PRODUCT,
  outDotGeneral: ONE_PRODUCT,
  qkvDotGeneralCls: ONE_PRODUCT,
  outDotGeneralCls: ONE_PRODUCT,
  convGeneralDilated: ONE_PRODUCT,
  preferredElementType: `${ONE_PRODUCT}; "dtype" says what comes out`,
  axisIndexGroups: ONE_DEVICE,
  stateAxes: "Steps run one after another on the host, and Variables of the cell are its own throughout",
  broadcastRngs: "Steps run one after another on the host, and a stream of the cell goes on from step to step",
};

/** What JAX calls full precision, and what it lets a CPU do in full precision. */
const PRECISIONS: readonly unknown[] = ["default", "high", "highest", "float32", "fastest"];

/**
 * Refuses options that Flax has and that would be ignored here. `precision` is taken: every product is in full float32
 * precision, which is what each of its values means on a CPU.
 *
 * @throws TypeError naming the option and why there is none; RangeError for a precision that asks for fewer bits
 */
export function refuseUnsupported(layer: string, options: object): void {
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || value === null) continue;
    const reason = UNSUPPORTED[name];
    if (reason !== undefined)
      throw new TypeError(`nnx.${layer}: "${name}" expected nothing, got ${describe(value)}. ${reason}`);
    if (name === "precision" && !PRECISIONS.includes(value))
      throw new RangeError(
        `nnx.${layer}: "precision" expected one of ${PRECISIONS.join(", ")}, which all mean full float32 here, ` +
          `got ${describe(value)}`,
      );
  }
}
