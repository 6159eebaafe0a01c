/** What is asked beside the recorded values. */
import { numpy as jnp } from "flaxen";

export function fresh(random: () => number): unknown[] {
  const numbers = (...shape: number[]) =>
    jnp.array(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random() * 4 - 2)).reshape(shape);
  const whole = (below: number) => Math.floor(random() * below);
  return [whole(1000), numbers(5, 7), 0.4, true];
}
