/** Points of two kinds on the plane, from a seed: the same on every machine. */
import { random } from "flaxen";

export const COUNT = 256;

export interface Points {
  /** x and y in turn, in [-1, 1]. */
  readonly places: Float32Array;
  /** 0 or 1. */
  readonly kinds: Float32Array;
}

export function makePoints(name: string, seed: number): Points {
  const [a, b, c] = [0, 1, 2].map((i) => random.foldIn(random.key(seed), 1000 + i));
  const t = random.uniform(a!, [COUNT]).tolist() as number[];
  const u = random.uniform(b!, [COUNT]).tolist() as number[];
  const noise = random.normal(c!, [COUNT, 2]).tolist() as [number, number][];
  const places = new Float32Array(COUNT * 2);
  const kinds = Float32Array.from({ length: COUNT }, (_, i) => i % 2);
  for (let i = 0; i < COUNT; i++) {
    const [x, y] = place(name, kinds[i]!, t[i]!, u[i]!);
    const spread = name === "xor" ? 0.02 : 0.05;
    places[2 * i] = x + noise[i]![0] * spread;
    places[2 * i + 1] = y + noise[i]![1] * spread;
  }
  if (name === "xor") for (let i = 0; i < COUNT; i++) kinds[i] = places[2 * i]! * places[2 * i + 1]! > 0 ? 1 : 0;
  return { places, kinds };
}

function place(name: string, kind: number, t: number, u: number): [x: number, y: number] {
  const [cos, sin] = turn(name === "moons" ? t / 2 : name === "spiral" ? t * 1.35 + kind / 2 : t);
  switch (name) {
    case "moons":
      return kind ? [0.3 + cos * 0.6, 0.1 - sin * 0.6 + 0.1] : [-0.3 + cos * 0.6, sin * 0.6 - 0.2];
    case "circle": {
      const radius = kind ? 0.65 + 0.2 * u : 0.35 * Math.sqrt(u);
      return [radius * cos, radius * sin];
    }
    case "spiral":
      return [cos * (0.1 + 0.75 * t), sin * (0.1 + 0.75 * t)];
    default:
      return [t * 1.8 - 0.9, u * 1.8 - 0.9];
  }
}

/** Cosine and sine of `share` of a turn, by Taylor's series: Math.cos has other bits on other engines. */
function turn(share: number): [cos: number, sin: number] {
  const quarter = Math.round(share * 4);
  const x = (share - quarter / 4) * 2 * Math.PI;
  const square = x * x;
  const sin = x * (1 - (square / 6) * (1 - (square / 20) * (1 - (square / 42) * (1 - square / 72))));
  const cos = 1 - (square / 2) * (1 - (square / 12) * (1 - (square / 30) * (1 - square / 56)));
  return (
    [
      [cos, sin],
      [-sin, cos],
      [-cos, -sin],
      [sin, -cos],
    ] as const
  )[((quarter % 4) + 4) % 4] as [number, number];
}
