/** Depthwise convolutions: those of MobileNetV2 and EfficientNet, and features that fill no vector. */
import type { Row } from "./contest.ts";
import { convolution } from "./convolve.ts";

/** [side, features, kernel, stride]. */
const SHAPES = [
  [112, 32, 3, 1],
  [112, 96, 3, 2],
  [56, 144, 3, 1],
  [56, 144, 3, 2],
  [28, 192, 3, 1],
  [28, 192, 3, 2],
  [14, 384, 3, 1],
  [14, 576, 3, 2],
  [7, 960, 3, 1],
  [28, 240, 5, 1],
  [14, 672, 5, 1],
  [14, 672, 5, 2],
  [28, 30, 3, 1],
] as const;

export const ROWS: readonly Row[] = SHAPES.map(([side, features, kernel, stride]) =>
  convolution("depthwise", { image: [1, side, side, features], kernel, to: features, stride, groups: features }),
);
