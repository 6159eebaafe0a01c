import { describe, expect, it } from "vitest";
import type { Windows } from "../../../src/base/index.ts";
import { firstDifference } from "../../bits.ts";
import { BACKENDS, floats } from "../backends.ts";
import { elementsIn, GEOMETRIES, windowsOf } from "../inputs.ts";
import { POOLS } from "../pools.ts";

const [core, wasm] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];

/** Windows of `features` features each, 3x3 or less, over a small image with padding around it. */
function paddedWindows(features: number, places: number, step: number): Windows {
  const width = (places - 1) * step + 3;
  const pitch = width * features;
  const inside = Math.max(width - 3, 1) * features;
  return {
    lines: [0, pitch, 3 * pitch],
    places,
    step: step * features,
    runs: [0, features, 2 * features, pitch, pitch + 2 * features],
    run: features,
    padding: {
      pitch,
      lines: [-1, 0, inside, -1, 2 * inside],
      pieces: [{ from: 0, to: features, n: inside }],
      value: 0,
    },
  };
}

/** The image that the padding makes of x. */
function written(x: Float32Array, { padding }: Windows): Float32Array {
  const { pitch, lines, pieces, value } = padding!;
  const image = new Float32Array(pitch * lines.length).fill(value);
  lines.forEach((start, line) => {
    for (const { from, to, n } of start < 0 ? [] : pieces)
      for (let i = 0; i < n; i++) image[line * pitch + to + i] = x[start + from + i]!;
  });
  return image;
}

/** Feature `c` of the weights [positions, m], and the same output of all places. */
function columnOf(x: Float32Array, m: number, c: number): Float32Array {
  return Float32Array.from({ length: x.length / m }, (_, i) => x[i * m + c]!);
}

describe.each([...BACKENDS, ...POOLS])("depthwiseF32 on $name", (kernels) => {
  it("has for each output the bits of a convolution of its feature alone, for every width and multiplier", () => {
    for (const features of [1, 2, 3, 4, 5, 7, 8, 9, 12, 13, 16, 30, 33]) {
      for (const multiplier of [1, 2, 3, 4, 5]) {
        const windows = windowsOf(3, 11 * features, 5, 2 * features, 3, features);
        const m = features * multiplier;
        const [x, w, bias] = [floats(elementsIn(windows), m), floats(3 * m, m + 1, m % 2 === 0), floats(m, 3)];
        for (const given of [undefined, bias]) {
          const out = new Float32Array(15 * m).fill(7);
          kernels.depthwiseF32(x, w, given, out, windows);
          for (let j = 0; j < m; j++) {
            const expected = new Float32Array(15);
            const seen = x.subarray(Math.floor(j / multiplier));
            core.convolveF32(
              seen,
              columnOf(w, m, j),
              given?.subarray(j, j + 1),
              expected,
              { ...windows, run: 1 },
              false,
            );
            expect(firstDifference(columnOf(out, m, j), expected), `${features} x ${multiplier}, output ${j}`).toBe(-1);
          }
        }
      }
    }
  });

  it("has the core's bits for every number of lines and places, which it takes four at a time", () => {
    for (let lines = 1; lines <= 5; lines++)
      for (let places = 1; places <= 9; places++)
        for (const features of [3, 8, 13]) {
          const windows = windowsOf(lines, 23 * features, places, 2 * features, 3, features);
          const [x, w] = [floats(elementsIn(windows), places), floats(3 * features, lines)];
          const [expected, out] = [0, 7].map((value) => new Float32Array(lines * places * features).fill(value));
          core.depthwiseF32(x, w, undefined, expected!, windows);
          kernels.depthwiseF32(x, w, undefined, out!, windows);
          expect(firstDifference(out!, expected!), `${lines} lines, ${places} places, ${features}`).toBe(-1);
        }
  });

  it("keeps subnormals in the sum and flushes them where the bias is added", () => {
    const windows = windowsOf(1, 0, 1, 1, 1, 1);
    const [tiny, one, out] = [Float32Array.of(2 ** -140), Float32Array.of(1), new Float32Array(1)];
    kernels.depthwiseF32(tiny, one, undefined, out, windows);
    expect(out[0]).toBe(2 ** -140);
    kernels.depthwiseF32(tiny, one, tiny, out, windows);
    expect(out[0]).toBe(0);
    kernels.depthwiseF32(Float32Array.of(-0), one, undefined, out, windows);
    expect(out[0]).toBe(0);
  });

  it("cuts more positions than a block of a product has into blocks", () => {
    const windows = windowsOf(1, 3, 2, 3, 8195, 3);
    const [x, w, bias] = [floats(elementsIn(windows), 1), floats(8195 * 3, 2), floats(3, 3)];
    const out = new Float32Array(6);
    kernels.depthwiseF32(x, w, bias, out, windows);
    for (let j = 0; j < 3; j++) {
      const expected = new Float32Array(2);
      const alone = { ...windows, run: 1 };
      core.convolveF32(x.subarray(j), columnOf(w, 3, j), bias.subarray(j, j + 1), expected, alone, false);
      expect(firstDifference(columnOf(out, 3, j), expected)).toBe(-1);
    }
  });
});

describe("depthwiseF32, core against WebAssembly", () => {
  it("has 0 differing bits", () => {
    for (const windows of GEOMETRIES) {
      for (const multiplier of [1, 2, 4]) {
        for (const edges of [false, true]) {
          const m = windows.run * multiplier;
          const x = floats(elementsIn(windows), m, edges);
          const w = floats(windows.runs.length * m, m + 1, edges);
          const bias = floats(m, m + 2, edges);
          const size = windows.lines.length * windows.places * m;
          const [a, b] = [new Float32Array(size), new Float32Array(size)];
          core.depthwiseF32(x, w, bias, a, windows);
          for (const kernels of [wasm, ...POOLS]) {
            kernels.depthwiseF32(x, w, bias, b.fill(7), windows);
            expect(firstDifference(a, b), `${size} elements`).toBe(-1);
          }
        }
      }
    }
  });
});

describe.each([...BACKENDS, ...POOLS])("padding on $name", (kernels) => {
  it("is the image that it describes, to every kernel of windows", () => {
    for (const features of [1, 3, 4, 9, 40, 100]) {
      for (const [places, step] of [
        [1, 1],
        [4, 2],
        [7, 1],
        [1000, 3],
      ] as const) {
        const windows = paddedWindows(features, places, step);
        const bare = { ...windows, padding: undefined };
        const x = floats(3 * windows.padding!.pieces[0]!.n, features);
        const image = written(x, windows);
        const [w, m] = [floats(5 * features * 6, 2), 3 * places * features];
        const both = (call: (x: Float32Array, out: Float32Array, windows: Windows) => void, n: number): void => {
          const [a, b] = [new Float32Array(n), new Float32Array(n)];
          call(x, a, windows);
          call(image, b, bare);
          expect(firstDifference(a, b), `${features} features, ${places} places`).toBe(-1);
        };
        both((from, out, seen) => kernels.depthwiseF32(from, w.subarray(0, 5 * features), undefined, out, seen), m);
        both((from, out, seen) => kernels.convolveF32(from, w, undefined, out, seen, false), 18 * places);
      }
    }
  });
});
