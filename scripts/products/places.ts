/**
 * Finds the products of a module that are added to a sum, for the twin of the module that fuses them
 * (src/wasm/products/twin.ts).
 */
import * as op from "./instructions.ts";
import type { Instruction } from "./instructions.ts";
import type { FunctionType, Module } from "./module.ts";
import { readModule } from "./module.ts";

/** The exported functions of each module whose products are added up. */
export const PRODUCTS: Readonly<Record<string, readonly string[]>> = {
  kernels: [
    "matmulBatchF32",
    "matmulPanelsF32",
    "matvecF32",
    "matvecHalfF32",
    "matvecPanelsF32",
    "outerF32",
    "timesColumnF32",
  ],
  convolution: ["convolveF32", "depthwiseF32"],
  attention: ["outputsF32", "scoresF32"],
  recurrent: ["matvecPanelsF32"],
  gradients: ["addOuterF32", "attentionScoresF32", "cotangentsOfWeightsF32", "timesRowsF32"],
};

/**
 * Where the multiplications are whose product is added to a sum, and the additions: in the functions that are exported
 * by the names `products`, and in those that they call, ascending.
 *
 * @throws Error if a product is added in a way that the twin cannot fuse: as the second operand, or a scalar
 */
export function productPlaces(bytes: Uint8Array, products: readonly string[]): number[] {
  const module = readModule(bytes);
  const found: number[] = [];
  const seen = new Set<number>();
  const visit = (index: number): void => {
    if (seen.has(index)) return;
    seen.add(index);
    const { pairs, calls } = scan(bytes, module, index);
    found.push(...pairs);
    calls.forEach(visit);
  };
  for (const name of products) {
    const index = module.exports.get(name);
    if (index === undefined) throw new Error(`wasm: no function ${name} is exported`);
    visit(index);
  }
  return found.toSorted((a, b) => a - b);
}

/** What is known of a value on the stack or in a local: the product that it is. */
interface Value {
  /** The instruction that multiplied. */
  readonly by?: Instruction | undefined;
  /** Whether it was in a local since. */
  readonly held?: boolean;
}

const OTHER: Value = {};

interface Frame {
  readonly height: number;
  readonly type: FunctionType;
}

/** The places of function `index`, and the functions that it calls. */
function scan(bytes: Uint8Array, module: Module, index: number): { pairs: number[]; calls: Set<number> } {
  const { begin, end } = module.bodies[index]!;
  const pairs: number[] = [];
  const calls = new Set<number>();
  const locals = new Map<number, Value>();
  const stack: Value[] = [];
  const frames: Frame[] = [{ height: 0, type: module.functions[index]! }];
  // Behind a jump the stack has whatever is asked of it.
  const pop = (): Value => (stack.length > frames.at(-1)!.height ? stack.pop()! : OTHER);
  const take = (count: number): void => {
    for (let left = count; left > 0; left--) pop();
  };
  const give = (count: number): void => {
    for (let left = count; left > 0; left--) stack.push(OTHER);
  };
  for (let at = begin; at < end;) {
    const one = op.instruction(bytes, at);
    at = one.end;
    switch (one.code) {
      case op.IF:
      case op.BLOCK:
      case op.LOOP: {
        if (one.code === op.IF) pop();
        const type = blockType(module, bytes[one.at + 1]!, one.index);
        take(type.takes);
        frames.push({ height: stack.length, type });
        give(type.takes);
        break;
      }
      case op.ELSE: {
        const { height, type } = frames.at(-1)!;
        stack.length = height;
        give(type.takes);
        break;
      }
      case op.END: {
        const { height, type } = frames.pop()!;
        stack.length = height;
        give(type.gives);
        break;
      }
      case op.UNREACHABLE:
      case op.BRANCH:
      case op.BRANCH_TABLE:
      case op.RETURN:
        stack.length = frames.at(-1)!.height;
        break;
      case op.CALL: {
        const { takes, gives } = module.functions[one.index]!;
        take(takes);
        give(gives);
        calls.add(one.index);
        break;
      }
      case op.LOCAL_GET:
        stack.push({ ...locals.get(one.index), held: true });
        break;
      case op.LOCAL_SET:
        locals.set(one.index, pop());
        break;
      case op.LOCAL_TEE: {
        const value = pop();
        locals.set(one.index, value);
        stack.push(value.by ? { ...value, held: true } : value);
        break;
      }
      case op.F32_MUL:
      case op.F32X4_MUL:
        take(2);
        stack.push({ by: one });
        break;
      case op.F32_ADD:
      case op.F32_SUB:
      case op.F32X4_ADD:
      case op.F32X4_SUB: {
        const second = pop();
        const first = pop();
        const { by } = first;
        if (one.code === op.F32X4_ADD && by?.code === op.F32X4_MUL && !first.held && !second.by)
          pairs.push(by.at, one.at);
        else if (by || second.by)
          throw new Error(`wasm: function ${index} adds a product at ${one.at} in a way that cannot be fused`);
        stack.push(OTHER);
        break;
      }
      default: {
        const [pops, pushes] = op.effect(one.code);
        take(pops);
        give(pushes);
      }
    }
  }
  if (frames.length > 0) throw new Error(`wasm: the blocks of function ${index} do not end`);
  return { pairs, calls };
}

const EMPTY = 0x40;
/** The types of single values are above this one; below are indices of types. */
const VALUES = 0x40;

function blockType({ types }: Module, byte: number, index: number): FunctionType {
  if (byte === EMPTY) return { takes: 0, gives: 0 };
  return byte > VALUES && byte < 0x80 ? { takes: 0, gives: 1 } : types[index]!;
}
