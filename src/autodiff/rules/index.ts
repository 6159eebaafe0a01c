import type { Rule } from "../rule.ts";
import { activationRules } from "./activations.ts";
import { attentionRules } from "./attention.ts";
import { batchNormRules } from "./batchnorm.ts";
import { binaryRules } from "./binary.ts";
import { cellRules } from "./cells.ts";
import { constantRules } from "./constants.ts";
import { convolutionRules } from "./convolution.ts";
import { crossEntropyRules } from "./crossentropy.ts";
import { indexingRules } from "./indexing.ts";
import { layerRules } from "./layers.ts";
import { linalgRules } from "./linalg.ts";
import { manipulationRules } from "./manipulation.ts";
import { matmulRules } from "./matmul.ts";
import { normRules } from "./norms.ts";
import { productRules } from "./products.ts";
import { reductionRules } from "./reductions.ts";
import { unaryRules } from "./unary.ts";

let table: Map<object, Rule<never, never> | null> | undefined;

/** All rules, by operation. */
export function rules(): Map<object, Rule<never, never> | null> {
  return (table ??= new Map<object, Rule<never, never> | null>([
    ...constantRules(),
    ...unaryRules(),
    ...binaryRules(),
    ...reductionRules(),
    ...productRules(),
    ...manipulationRules(),
    ...indexingRules(),
    ...matmulRules(),
    ...activationRules(),
    ...normRules(),
    ...batchNormRules(),
    ...convolutionRules(),
    ...layerRules(),
    ...cellRules(),
    ...attentionRules(),
    ...linalgRules(),
    ...crossEntropyRules(),
  ]));
}

/**
 * The rule of an operation; null where its result is a constant to any gradient.
 *
 * @throws TypeError if it has none
 */
export function ruleOf(operation: { readonly name: string }): Rule<never, never> | null {
  const rule = rules().get(operation);
  if (rule === undefined) throw missingError(operation.name);
  return rule;
}

function missingError(name: string): TypeError {
  return new TypeError(
    `${name} has no gradient. Give it lax.stopGradient(x) if none is wanted, or write one with nnx.customVjp`,
  );
}
