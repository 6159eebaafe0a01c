import type { BinaryOperation, ExactUnary, Kernels, UnaryName } from "../src/base/index.ts";
import { core, coreNorms, wasm, wasmNorms } from "./dist.ts";
import type { Contender, Output } from "./measure.ts";
import { compare, formatRatio, formatTiming } from "./measure.ts";
import { DRAWS } from "./shapes.ts";
import { printTable } from "./table.ts";

/** A draw of `size` elements on one backend. */
export type Draw = (kernels: Kernels, size: number) => Contender;

/** One word of the keys. The other is the number of the call, so that the processor cannot learn the branches. */
const KEY = 0x6b200159;

export const bits32: Draw = (kernels, size) => {
  const out = new Uint32Array(size);
  const run = (repeats: number): void => {
    for (let call = 0; call < repeats; call++) kernels.bits32(KEY, call, 0, out);
  };
  return contender(kernels, run, out);
};

export const bits64: Draw = (kernels, size) => {
  const out = new Uint32Array(2 * size);
  const run = (repeats: number): void => {
    for (let call = 0; call < repeats; call++) kernels.bits64(KEY, call, 0, out);
  };
  return contender(kernels, run, out);
};

export const uniform: Draw = (kernels, size) => {
  const out = new Float32Array(size);
  const run = (repeats: number): void => {
    for (let call = 0; call < repeats; call++) kernels.uniformF32(KEY, call, 0, -1, 1, out, true);
  };
  return contender(kernels, run, out);
};

export const normal: Draw = (kernels, size) => {
  const out = new Float32Array(size);
  const run = (repeats: number): void => {
    for (let call = 0; call < repeats; call++) kernels.normalF32(KEY, call, 0, out, true);
  };
  return contender(kernels, run, out);
};

/** Between -2 and 2. */
export const truncatedNormal: Draw = (kernels, size) => {
  const out = new Float32Array(size);
  const edge = 0.9544997215270996;
  const clip = 1.9999998807907104;
  const run = (repeats: number): void => {
    for (let call = 0; call < repeats; call++)
      kernels.truncatedNormalF32(KEY, call, 0, -edge, edge, -clip, clip, out, true);
  };
  return contender(kernels, run, out);
};

/** An elementary function of numbers from 0 to 1, different ones in each of 64 calls. */
export function elementary(op: UnaryName): Draw {
  return (kernels, size) => {
    const inputs = Array.from({ length: 64 }, (_, call) => {
      const x = new Float32Array(size);
      kernels.uniformF32(KEY, call, 0, 0, 1, x, true);
      return x;
    });
    const out = new Float32Array(size);
    const run = (repeats: number): void => {
      for (let call = 0; call < repeats; call++) kernels.unaryF32(op, inputs[call & 63]!, out, true);
    };
    return contender(kernels, run, out);
  };
}

/** An operation on two arrays of a size. */
export function arithmetic(op: BinaryOperation | ExactUnary): Draw {
  return (kernels, size) => {
    const [x, y] = [1, 2].map((call) => {
      const drawn = new Float32Array(size);
      kernels.uniformF32(KEY, call, 0, 1, 2, drawn, true);
      return drawn;
    }) as [Float32Array, Float32Array];
    const out = new Float32Array(size);
    const run = (repeats: number): void => {
      for (let call = 0; call < repeats; call++) kernels.binaryF32(op, x, y, out);
    };
    return contender(kernels, run, out);
  };
}

/** relu of numbers about 0, different ones in each of 64 calls. */
export const relu: Draw = (kernels, size) => {
  const inputs = Array.from({ length: 64 }, (_, call) => {
    const x = new Float32Array(size);
    kernels.uniformF32(KEY, call, 0, -1, 1, x, true);
    return x;
  });
  const out = new Float32Array(size);
  const run = (repeats: number): void => {
    for (let call = 0; call < repeats; call++) kernels.reluF32(inputs[call & 63]!, out);
  };
  return contender(kernels, run, out);
};

const LINE = new Float32Array(1024).fill(1);
const ORIGIN = new Float32Array(1);

/** A row of columns by their means and variances. */
export const standardized: Draw = (kernels, size) => {
  const [x, line, out] = [new Float32Array(size).fill(2), LINE.subarray(0, size), new Float32Array(size)];
  const norms = kernels.name === "core" ? coreNorms : wasmNorms;
  const run = (repeats: number): void => {
    for (let call = 0; call < repeats; call++) norms.standardizeF32(x, line, line, line, line, out, 1, size, 1, 0);
  };
  return contender(kernels, run, out);
};

/** The squares of a row of columns, each a sum of its own. */
export const squares: Draw = (kernels, size) => {
  const [x, out] = [new Float32Array(size).fill(2), new Float32Array(size)];
  const run = (repeats: number): void => {
    for (let call = 0; call < repeats; call++) kernels.sumF32(x, ORIGIN, out, 1, size, 1);
  };
  return contender(kernels, run, out);
};

/** Core against WebAssembly, at each size. */
export function printDraws(title: string, draw: Draw): void {
  const rows = DRAWS.map((size) => {
    const [typescript, webassembly] = compare(`${title} ${size}`, [draw(core, size), draw(wasm, size)]);
    return [
      `${size}`,
      formatTiming(typescript!, size),
      formatTiming(webassembly!, size),
      formatRatio(typescript!, webassembly!),
    ];
  });
  printTable(`${title}: ns an element, median (min..max)`, ["elements", "core", "wasm", "core / wasm"], rows);
}

function contender({ name }: Kernels, run: (repeats: number) => void, out: Output): Contender {
  return { name, run, output: () => out };
}
