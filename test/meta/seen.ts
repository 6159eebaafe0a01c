/** What calls give, as text, for comparison. */
import * as flaxen from "../../src/index.ts";
import { hexWords } from "../bits.ts";
import { KEY, PARAMS } from "./samplecalls.ts";

type Call = (...args: unknown[]) => unknown;
const { numpy: jnp } = flaxen;

/** All that a result shows, as text. */
export function seen(x: unknown, space: string): string {
  if (x instanceof jnp.NDArray) return `${x.dtype} ${x.shape.join()} ${hexWords(x.data).join(" ")}`;
  if (x instanceof flaxen.random.Key) return `key ${x.shape.join()} ${x.words.join(" ")}`;
  if (typeof x === "function") return space === "initializers" ? drawnBy(x as Call) : scheduled(x as Call);
  if (typeof x === "object" && x !== null) {
    if ("init" in x && "update" in x) return trained(x as never);
    const items = Symbol.iterator in x && !(x instanceof Map) ? [...(x as Iterable<unknown>)] : Object.entries(x);
    return `[${items.map((item) => seen(item, space)).join("; ")}]`;
  }
  return String(x);
}

function drawnBy(initializer: Call): string {
  return seen(initializer(KEY, [3, 3, 4, 6]), "");
}

function scheduled(schedule: Call): string {
  return [0, 1, 2, 3, 4, 5, 7, 9, 12, 30].map((count) => seen(schedule(count), "")).join();
}

/** The updates of some steps, for gradients of several sizes. */
function trained(transformation: flaxen.optax.GradientTransformation): string {
  let state: unknown = transformation.init(PARAMS as never);
  const all: unknown[] = [];
  for (const scale of [1, -0.5, 1e-7, 300, 0]) {
    const grads = { kernel: PARAMS.kernel.mul(scale).add(0.125 * scale), bias: PARAMS.bias.mul(-scale) };
    const [updates, next] = transformation.update(grads as never, state, PARAMS as never, { value: 2 });
    all.push(updates);
    state = next;
  }
  return seen(all, "");
}
