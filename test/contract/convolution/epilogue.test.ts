import { describe, expect, it } from "vitest";
import type { Epilogue, Windows } from "../../../src/base/index.ts";
import { firstDifference } from "../../bits.ts";
import { BACKENDS, floats } from "../backends.ts";
import { elementsIn, GEOMETRIES, windowsOf } from "../inputs.ts";
import { POOLS } from "../pools.ts";

const [core] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];

/** Each combination of normalisation and activation, of rows [m]. */
function epilogues(m: number, edges: boolean): Epilogue[] {
  const [mean, scale, bias] = [floats(m, 11, edges), floats(m, 12, edges), floats(m, 13, edges)];
  const variance = floats(m, 14).map(Math.abs);
  const norms = [
    undefined,
    { mean, variance, epsilon: 2 ** -10 },
    { mean, variance, scale, epsilon: 0 },
    { mean, variance, scale, bias, epsilon: 2 ** -20 },
    { mean, variance, bias, epsilon: 0.5 },
  ];
  return norms.flatMap((norm) => (["relu", "relu6", undefined] as const).map((activation) => ({ norm, activation })));
}

/** The same by the kernels of whole arrays. */
function apart(y: Float32Array, m: number, { norm, activation }: Epilogue): Float32Array {
  const normed = y.slice();
  if (norm !== undefined)
    core.standardizeF32(
      y,
      norm.mean,
      norm.variance,
      norm.scale,
      norm.bias,
      normed,
      y.length / m,
      m,
      1,
      Math.fround(norm.epsilon),
    );
  const out = normed.slice();
  if (activation === "relu") core.reluF32(normed, out);
  else if (activation === "relu6") core.activateF32("relu6", normed, 1, 1, out, true);
  return out;
}

/** Windows of one place's run each, one line after the other: a product. */
function points(lines: number, places: number, run: number): Windows {
  return windowsOf(lines, places * run, places, run, 1, run);
}

describe.each([...BACKENDS, ...POOLS])("an epilogue on $name", (kernels) => {
  it("has the bits of convolveF32 and the kernels of whole arrays after it", () => {
    const shapes = [...GEOMETRIES.slice(0, 6), points(1, 1, 3), points(3, 7, 5), points(2, 9, 4), points(5, 301, 12)];
    for (const windows of shapes) {
      const n = windows.runs.length * windows.run;
      const rows = windows.lines.length * windows.places;
      for (const m of rows > 1000 ? [6] : [1, 3, 4, 8, 13, 35]) {
        for (const edges of [false, true]) {
          const x = floats(elementsIn(windows), 1, edges);
          const [w, bias] = [floats(n * m, 2), floats(m, 3)];
          for (const given of [undefined, bias]) {
            const plain = new Float32Array(rows * m);
            core.convolveF32(x, w, given, plain, windows, false);
            const out = new Float32Array(rows * m);
            epilogues(m, edges).forEach((epilogue, i) => {
              kernels.convolveF32(x, w, given, out.fill(7), windows, i > 2, 1, epilogue);
              const expected = apart(plain, m, epilogue);
              expect(firstDifference(out, expected), `${rows} x ${n} x ${m}, epilogue ${i}`).toBe(-1);
            });
          }
        }
      }
    }
  });

  it("comes after all groups and all blocks of a product", () => {
    for (const [windows, groups] of [
      [{ ...windowsOf(2, 40, 3, 8, 2, 2) }, 4],
      [windowsOf(2, 3 * 1536, 2, 1536, 3, 1536), 1],
      [points(2, 3, 5000), 1],
    ] as const) {
      const m = groups * 5;
      const x = floats(elementsIn({ ...windows, run: windows.run * groups }), 1);
      const w = floats(windows.runs.length * windows.run * m, 2);
      const size = windows.lines.length * windows.places * m;
      const [plain, out] = [new Float32Array(size), new Float32Array(size)];
      core.convolveF32(x, w, undefined, plain, windows, false, groups);
      for (const epilogue of epilogues(m, false)) {
        kernels.convolveF32(x, w, undefined, out.fill(7), windows, false, groups, epilogue);
        expect(firstDifference(out, apart(plain, m, epilogue))).toBe(-1);
      }
    }
  });

  it("comes after a product of several blocks whose rows are more than are in linear memory at a time", () => {
    const [windows, m] = [windowsOf(1, 0, 2100, 1, 1, 4097), 33];
    const [x, w] = [floats(elementsIn(windows), 1), floats(4097 * m, 2)];
    const [plain, out] = [new Float32Array(2100 * m), new Float32Array(2100 * m)];
    const epilogue = epilogues(m, false)[9]!;
    kernels.convolveF32(x, w, undefined, plain, windows, false);
    kernels.convolveF32(x, w, undefined, out, windows, false, 1, epilogue);
    expect(firstDifference(out, apart(plain, m, epilogue))).toBe(-1);
  });

  it("has the bits of depthwiseF32 and the kernels of whole arrays after it", () => {
    for (const features of [1, 3, 4, 8, 13, 33]) {
      // More positions than a block of a product has, too.
      for (const height of features === 3 ? [3, 4099] : [3]) {
        const windows = windowsOf(3, 11 * features, 5, 2 * features, height, features);
        const [x, w, bias] = [floats(elementsIn(windows), 1), floats(height * features, 2), floats(features, 3)];
        for (const given of [undefined, bias]) {
          const [plain, out] = [new Float32Array(15 * features), new Float32Array(15 * features)];
          core.depthwiseF32(x, w, given, plain, windows);
          for (const epilogue of epilogues(features, features === 13)) {
            kernels.depthwiseF32(x, w, given, out.fill(7), windows, epilogue);
            expect(firstDifference(out, apart(plain, features, epilogue)), `${features} features`).toBe(-1);
          }
        }
      }
    }
  });
});
