/** The kernels by which pixels are weighted, of distances of at least 0. */
import { describe } from "../base/index.ts";
import type { NDArray } from "../array/index.ts";
import { maximum, sin, square, subtract, where } from "../array/index.ts";

/** How a pixel between others is computed. */
export type ScaleMethod =
  "linear" | "bilinear" | "trilinear" | "triangle" | "cubic" | "bicubic" | "tricubic" | "lanczos3" | "lanczos5";

/** How `resize` computes a pixel. */
export type ResizeMethod = ScaleMethod | "nearest";

/** The weights by distance. */
export type Kernel = (x: NDArray) => NDArray;

function triangle(x: NDArray): NDArray {
  return maximum(0, subtract(1, x));
}

/** Keys' cubic kernel with a = -0.5. */
function cubic(x: NDArray): NDArray {
  const near = x.mul(1.5).sub(2.5).mul(x).mul(x).add(1);
  const far = x.mul(-0.5).add(2.5).mul(x).sub(4).mul(x).add(2);
  return where(x.ge(2), 0, where(x.ge(1), far, near));
}

function lanczos(radius: number): Kernel {
  return (x) => {
    const y = sin(x.mul(Math.PI))
      .mul(radius)
      .mul(sin(x.mul(Math.PI).div(radius)));
    const isNear = x.le(1e-3);
    const out = where(isNear, 1, y.div(where(isNear, 1, square(x).mul(Math.PI ** 2))));
    return where(x.gt(radius), 0, out);
  };
}

/**
 * The kernel of a method.
 *
 * @throws TypeError if there is no such method
 */
export function kernelOf(method: ScaleMethod, fn: string): Kernel {
  switch (method) {
    case "linear":
    case "bilinear":
    case "trilinear":
    case "triangle":
      return triangle;
    case "cubic":
    case "bicubic":
    case "tricubic":
      return cubic;
    case "lanczos3":
      return lanczos(3);
    case "lanczos5":
      return lanczos(5);
    default:
      throw methodError(method, fn);
  }
}

function methodError(method: unknown, fn: string): TypeError {
  const nearest = fn === "resize" ? '"nearest", ' : "";
  return new TypeError(
    `image.${fn}: "method" expected ${nearest}"linear", "bilinear", "cubic", "bicubic", "lanczos3" or "lanczos5", ` +
      `got ${describe(method)}`,
  );
}
