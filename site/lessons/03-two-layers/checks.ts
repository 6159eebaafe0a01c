/** What is asked beside the recorded values. */
import { numpy as jnp } from "flaxen";

export const sizes = (_seed: number, x: { shape: number[] }, hidden: number, features: number) => ({
  inFeatures: x.shape.at(-1)!,
  hidden: Math.trunc(hidden),
  features: Math.trunc(features),
});

export function fresh(random: () => number): unknown[] {
  const numbers = (...shape: number[]) =>
    jnp.array(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random() * 4 - 2)).reshape(shape);
  const whole = (below: number) => Math.floor(random() * below);
  return [whole(1000), numbers(3, 5), 6, 3];
}
