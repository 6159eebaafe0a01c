import type { Shape } from "../array/index.ts";
import { ORIGINS, orderFrom } from "./layout.ts";

const MAX_RANK = 5;

/** How an array of `from` could become one of `to` by another order of its axes; empty where it could not. */
export function layoutHint(from: Shape, to: Shape): string {
  const rank = from.length;
  if (rank !== to.length || rank < 2 || rank > MAX_RANK) return "";
  for (const name of ORIGINS)
    if ((name === "linear") === (rank === 2) && fits(from, to, orderFrom(name, rank)))
      return `: ${name === "linear" ? "transposed" : "another layout"}? { from: "${name}" }`;
  const order = orders(rank).find((axes) => fits(from, to, axes));
  return order === undefined ? "" : `: axes in another order? { permute: [${order.join(", ")}] }`;
}

function fits(from: Shape, to: Shape, order: readonly number[]): boolean {
  return order.every((axis, i) => from[axis] === to[i]);
}

/** All orders of `rank` axes. */
function orders(rank: number): number[][] {
  if (rank === 0) return [[]];
  return orders(rank - 1).flatMap((order) =>
    Array.from({ length: rank }, (_, at) => [...order.slice(0, at), rank - 1, ...order.slice(at)]),
  );
}
