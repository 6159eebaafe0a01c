/** Rules of a recurrent cell's step. */
import type { NDArray } from "../../array/index.ts";
import { CELL_HIDDEN, CELL_STATE, columns, logistic, subtract, tanh, zerosLike } from "../../array/index.ts";
import type { CellBackName } from "../../base/index.ts";
import { CELL_BACK, cellBack } from "../operations/cellback.ts";
import type { Rule, RuleEntry } from "../rule.ts";
import { expression, rule } from "../rule.ts";

const TOWARDS = [0, 1, 2] as const;

/** The rules of this file. */
export function cellRules(): readonly RuleEntry[] {
  return [
    rule(CELL_STATE, (ct, { inputs, parameters: { op } }, wanted) => {
      const back = cellBack(op, ct, inputs);
      return TOWARDS.map((i) => (wanted[i] === true ? back(i) : undefined));
    }),
    rule(CELL_HIDDEN, (ct, { inputs }, wanted) => {
      const back = cellBack("hidden", ct, inputs);
      return TOWARDS.map((i) => (wanted[i] === true ? back(i) : undefined));
    }),
    rule(CELL_BACK, (ct, application, wanted, trace) => {
      const [, byFormula] = expression(CELL_BACK, ({ parameters: { op, towards } }, given, x, h, state) => {
        const inputs = [x, h, state] as NDArray[];
        const { value, pull } = trace(inputs, ([a, b, c]) => formula(op, a!, b!, c!));
        return pull([value], [given])[towards] ?? zerosLike(inputs[towards]!);
      });
      return (byFormula as unknown as Rule)(ct, application as never, wanted, trace);
    }),
  ];
}

/** What the step's operation computes, by operations that have rules. */
function formula(op: CellBackName, x: NDArray, h: NDArray, state: NDArray): NDArray {
  const n = state.shape.at(-1)!;
  const gate = (from: NDArray, place: number): NDArray => columns(from, place * n, n);
  const open = (place: number): NDArray => logistic(gate(x, place).add(gate(h, place)));
  if (op === "hidden") return open(3).mul(tanh(state));
  if (op === "lstm")
    return open(1)
      .mul(state)
      .add(open(0).mul(tanh(gate(x, 2).add(gate(h, 2)))));
  const z = open(1);
  return subtract(1, z)
    .mul(tanh(gate(x, 2).add(open(0).mul(gate(h, 2)))))
    .add(z.mul(state));
}
