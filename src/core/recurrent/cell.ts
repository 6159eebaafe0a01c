import type { CellName } from "../../base/index.ts";
import { flush, GATES } from "../../base/index.ts";
import { logistic } from "../exp.ts";
import { tanh } from "../tanh.ts";

const { fround } = Math;

/** What lies before each element of a step: where its gates begin in `x` and `h`, and its place in `state`. */
type Step = (x: Float32Array, h: Float32Array, state: Float32Array | undefined, to: Place, fused: boolean) => number;

/** An element of the result, its first gate, and the distance from one gate to the next. */
interface Place {
  element: number;
  gate: number;
  n: number;
}

/** The new state of one element of each cell. */
const STEPS: Record<CellName, Step> = {
  lstm(x, h, state, { element, gate, n }, fused) {
    const i = open(x, h, gate, fused);
    const f = open(x, h, gate + n, fused);
    const g = tanh(add(x[gate + 2 * n]!, h[gate + 2 * n]!), fused);
    return add(multiply(f, state![element]!), multiply(i, g));
  },
  gru(x, h, state, { element, gate, n }, fused) {
    const r = open(x, h, gate, fused);
    const z = open(x, h, gate + n, fused);
    const m = tanh(add(x[gate + 2 * n]!, multiply(r, h[gate + 2 * n]!)), fused);
    return add(multiply(flush(fround(1 - z)), m), multiply(z, state![element]!));
  },
  simple(x, h, state, { element, gate }, fused) {
    const sum = add(x[gate]!, h[gate]!);
    return tanh(state === undefined ? sum : add(sum, state[element]!), fused);
  },
};

function add(a: number, b: number): number {
  return flush(fround(flush(a) + flush(b)));
}

function multiply(a: number, b: number): number {
  return flush(fround(flush(a) * flush(b)));
}

/** How far the gate at `i` is open. */
function open(x: Float32Array, h: Float32Array, i: number, fused: boolean): number {
  return flush(logistic(add(x[i]!, h[i]!), fused));
}

export function cellF32(
  op: CellName,
  x: Float32Array,
  h: Float32Array,
  state: Float32Array | undefined,
  out: Float32Array,
  hidden: Float32Array | undefined,
  n: number,
  fused: boolean,
): void {
  const step = STEPS[op];
  const place: Place = { element: 0, gate: 0, n };
  for (let row = 0; place.element < out.length; row += GATES[op] * n) {
    for (place.gate = row; place.gate < row + n; place.gate++, place.element++) {
      const next = step(x, h, state, place, fused);
      out[place.element] = next;
      if (hidden !== undefined)
        hidden[place.element] = multiply(open(x, h, place.gate + 3 * n, fused), tanh(next, fused));
    }
  }
}
