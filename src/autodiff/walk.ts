import type { ArrayData, Input } from "../array/index.ts";
import { add, DATA, formatShape, NDArray, sameShape } from "../array/index.ts";
import type { Application, Rule, Tracer } from "./rule.ts";
import type { Node } from "./tape.ts";
import { Traced } from "./traced.ts";

/** A span of the tape: what one session recorded, and what came after it. */
export interface TapeSpan {
  readonly nodes: Node[];
  /** The place on the tape of the first node. */
  readonly start: number;
  /** The session's level. */
  readonly level: number;
}

/** An output and its cotangent. */
export type Seed = readonly [output: NDArray, ct: NDArray];

/**
 * The cotangents of the first `count` nodes, which are the session's inputs; undefined where nothing flows back.
 * Nodes are in the order in which they ran, so that going backwards every cotangent is complete before it is used.
 * Two cotangents of one array are added as the walk meets them, that of the later use first.
 *
 * @param once whether this is the last walk over these nodes: each is dropped when it was passed, so that its arrays
 * can be freed
 * @param trace what rules differentiate functions with
 */
export function walk(
  { nodes, start, level }: TapeSpan,
  seeds: readonly Seed[],
  count: number,
  once: boolean,
  trace: Tracer,
): (NDArray | undefined)[] {
  const cts: (NDArray | undefined)[] = [];
  const calls = new Map<number, (NDArray | undefined)[]>();
  const give = (input: Input, ct: NDArray | undefined): void => {
    if (ct === undefined || !dependsOn(input, level)) return;
    const place = input.id - start;
    const before = cts[place];
    cts[place] = before === undefined ? ct : add(before, ct);
  };
  let last = -1;
  for (const [output, ct] of seeds) {
    const data = output[DATA];
    if (!dependsOn(data, level)) continue;
    give(data, ct);
    last = Math.max(last, data.id - start);
  }
  for (let place = last; place >= count; place--) {
    const node = nodes[place]!;
    const ct = cts[place];
    if (once) nodes.length = place;
    if (node.kind === "call") {
      const results = calls.get(place);
      if (results === undefined) continue;
      calls.delete(place);
      giveAll(node.inputs, node.pull(results, wantedOf(node.inputs, level)), "call", give);
      continue;
    }
    if (ct === undefined) continue;
    cts[place] = undefined;
    if (node.kind === "operation") {
      const wanted = wantedOf(node.inputs, level);
      giveAll(node.inputs, pullThrough(node, ct, wanted, trace), node.name, give);
    } else if (node.kind === "result" && (node.level === undefined || node.level === level)) {
      const call = node.call - start;
      const results = calls.get(call) ?? [];
      results[node.index] = ct;
      calls.set(call, results);
    } else {
      give(node.inputs[0], ct);
    }
  }
  return Array.from({ length: count }, (_, i) => cts[i]);
}

type OperationNode = Extract<Node, { kind: "operation" }>;

function pullThrough(
  node: OperationNode,
  ct: NDArray,
  wanted: readonly boolean[],
  trace: Tracer,
): readonly (NDArray | undefined)[] {
  try {
    return (node.rule as unknown as Rule)(ct, new Applied(node), wanted, trace);
  } catch (error) {
    // An error of a backward pass has no line of the program in its stack: the operation must do.
    if (error instanceof Error) error.message += `, in the gradient of ${node.name}`;
    throw error;
  }
}

/** Whether `x` depends on the inputs of the session of `level`. */
function dependsOn(x: Input, level: number): x is Traced {
  return x instanceof Traced && x.level >= level;
}

function wantedOf(inputs: readonly Input[], level: number): boolean[] {
  return inputs.map((input) => dependsOn(input, level));
}

/** @throws Error if a rule gave a cotangent that is not like its input: a mistake of this library */
function giveAll(
  inputs: readonly Input[],
  cts: readonly (NDArray | undefined)[],
  name: string,
  give: (input: Input, ct: NDArray | undefined) => void,
): void {
  inputs.forEach((input, i) => {
    const ct = cts[i];
    if (ct === undefined || !(input instanceof Traced)) return;
    if (!sameShape(ct.shape, input.shape)) throw shapeError(name, i, ct, input);
    give(input, ct.dtype === input.dtype ? ct : ct.astype(input.dtype));
  });
}

function shapeError(name: string, i: number, ct: NDArray, input: ArrayData): Error {
  return new Error(
    `the gradient of ${name} has shape ${formatShape(ct.shape)} where input ${i} has ` +
      `${formatShape(input.shape)}. This is a mistake of flaxen: please report it`,
  );
}

/** What a rule sees of a node. Arrays of a closed tape are constants; those of an open one are recorded further. */
class Applied implements Application {
  readonly parameters: unknown;
  readonly #node: OperationNode;
  #inputs: (NDArray | number | undefined)[] | undefined;

  constructor(node: OperationNode) {
    this.parameters = node.parameters;
    this.#node = node;
  }

  get inputs(): readonly never[] {
    this.#inputs ??= this.#node.inputs.map((input) => (typeof input === "object" ? settled(input) : input));
    return this.#inputs as never[];
  }

  get out(): NDArray {
    return settled(this.#node.out);
  }
}

/** `x` as an NDArray: what it stands for if its tape is closed. */
export function settled(x: ArrayData): NDArray {
  return new NDArray(x instanceof Traced && !x.tape.open ? x.plain : x);
}
