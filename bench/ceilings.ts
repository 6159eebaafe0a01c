/**
 * The arithmetic of a product alone, and its reading alone: what this machine and this engine reach in 128-bit lanes
 * without fused multiply-add, and so how far a kernel could still go.
 */
import { compileString } from "assemblyscript/asc";
import type { Contender } from "./measure.ts";

const STEPS = 512;
const PAGE = 65536;

/** Operations of one call of `arithmetic`. */
export const ARITHMETIC_FLOPS: number = 64 * STEPS;

interface Exports {
  readonly memory: WebAssembly.Memory;
  arithmetic(): void;
  read(floats: number): void;
}

// A tile of 4 x 8 whose four factors stay in registers, and an "or" of all there is in two streams.
const SOURCE = `
export function arithmetic(): void {
  ${eight((i) => `let y${i} = v128.load(0, ${16 * i});`)}
  const x0 = v128.load(0, 128); const x1 = v128.load(0, 144);
  const x2 = v128.load(0, 160); const x3 = v128.load(0, 176);
  let b: usize = 0;
  while (true) {
    ${["", "b"]
      .map(
        (name) => `
    const low${name} = v128.load(b); const high${name} = v128.load(b, 16);
    ${eight((i) => `y${i} = f32x4.add(y${i}, f32x4.mul(x${i >> 1}, ${i % 2 ? "high" : "low"}${name}));`)}
    b += 32;
    if (b == ${32 * STEPS}) break;`,
      )
      .join("")}
  }
  ${eight((i) => `v128.store(0, y${i}, ${16 * i});`)}
}
export function read(floats: u32): void {
  const half = <usize>floats << 1;
  ${eight((i) => `let y${i} = i32x4.splat(0);`)}
  for (let p: usize = 0; p < half; p += 64) {
    const q = p + half;
    ${eight((i) => `y${i} = v128.or(y${i}, v128.load(${i < 4 ? "p" : "q"}, ${16 * (i & 3)}));`)}
  }
  ${eight((i) => `v128.store(0, y${i}, ${16 * i});`)}
}`;

function eight(line: (i: number) => string): string {
  return Array.from({ length: 8 }, (_, i) => line(i)).join(" ");
}

const { binary, stderr } = await compileString(SOURCE, {
  optimizeLevel: 3,
  runtime: "stub",
  enable: ["simd"],
  noAssert: true,
  initialMemory: 1,
});
if (binary === null) throw new Error(String(stderr));
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary as Uint8Array<ArrayBuffer>), {
  env: { abort: () => {} },
});
const { memory, arithmetic, read } = exports as unknown as Exports;
new Float32Array(memory.buffer).fill(2 ** -20);

/** Multiplications and additions, each rounded, with as few loads as possible. */
export function arithmeticAlone(): Contender {
  return {
    name: "arithmetic alone",
    run: (repeats) => repeat(repeats, arithmetic),
    output: () => new Float32Array(memory.buffer, 0, 32),
  };
}

/** Reads as many bytes as a W [n, m] has, rounded up to 128. */
export function readingAlone(n: number, m: number): Contender {
  const missing = 4 * n * m + 128 - memory.buffer.byteLength;
  if (missing > 0) {
    memory.grow(Math.ceil(missing / PAGE));
    // Pages that were never written are all the same page, which stays in the cache.
    new Float32Array(memory.buffer).fill(2 ** -20);
  }
  return {
    name: "reading alone",
    run: (repeats) => repeat(repeats, () => read(n * m)),
    output: () => new Float32Array(memory.buffer, 0, 32),
  };
}

function repeat(repeats: number, call: () => void): void {
  for (let i = 0; i < repeats; i++) call();
}
