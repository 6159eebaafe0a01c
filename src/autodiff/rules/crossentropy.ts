/** Rules of the cross-entropy with integer labels. */
import { arange, CROSS_ENTROPY, equal, expandDims, softmax, where } from "../../array/index.ts";
import { crossEntropyBack, CROSS_ENTROPY_BACK } from "../operations/crossentropyback.ts";
import type { RuleEntry } from "../rule.ts";
import { expression, rule } from "../rule.ts";

/** The rules of this file. */
export function crossEntropyRules(): readonly RuleEntry[] {
  return [
    rule(CROSS_ENTROPY, (ct, { inputs: [logits, labels] }) => [crossEntropyBack(ct, logits, labels), undefined]),
    expression(CROSS_ENTROPY_BACK, (_, ct, logits, labels) => {
      const n = logits.shape[logits.ndim - 1]!;
      const columns = arange(n, undefined, undefined, "int32");
      const places = expandDims(where(labels!.lt(0), labels!.add(n), labels!), -1);
      const own = expandDims(ct!, -1);
      return softmax(logits!, [logits!.ndim - 1])
        .mul(own)
        .sub(where(equal(places, columns), own, 0));
    }),
  ];
}
