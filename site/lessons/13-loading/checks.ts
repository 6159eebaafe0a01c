/** What is asked beside the recorded values: the arguments are a real file, written of recorded weights. */
import { numpy as jnp, type NDArray } from "flaxen";
import { save } from "flaxen/weights";

type Weights = Record<string, Record<string, NDArray>>;

const flat = (weights: Weights): Record<string, NDArray> =>
  Object.fromEntries(
    Object.entries(weights).flatMap(([layer, arrays]) =>
      Object.entries(arrays).map(([name, array]) => [`${layer}.${name}`, array]),
    ),
  );

export const prepare = ([weights, x]: [Weights, NDArray]): unknown[] => [save(flat(weights)), x];

export function fresh(random: () => number): unknown[] {
  const numbers = (...shape: number[]) =>
    jnp.array(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random() * 2 - 1)).reshape(shape);
  const layer = (rows: number, columns: number) => ({ bias: numbers(columns), kernel: numbers(rows, columns) });
  return [{ hidden: layer(4, 3), out: layer(3, 2) }, numbers(2, 4)];
}
