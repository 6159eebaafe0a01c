/** What is asked beside the recorded values. */
import { numpy as jnp } from "flaxen";

export const sizes = (_seed: number, { shape }: { shape: number[] }, features: number) => ({
  batch: shape[0]!,
  height: shape[1]!,
  width: shape[2]!,
  heightLess: shape[1]! - 1,
  widthLess: shape[2]! - 1,
  features: Math.trunc(features),
});

export function fresh(random: () => number): unknown[] {
  const numbers = (...shape: number[]) =>
    jnp.array(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random() * 4 - 2)).reshape(shape);
  const whole = (below: number) => Math.floor(random() * below);
  return [whole(1000), numbers(1, 6, 4, 2), 3];
}
