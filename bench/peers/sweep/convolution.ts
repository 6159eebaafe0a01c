/** Convolutions over all features, narrow ones, and in groups. */
import type { Chapter, Row } from "./contest.ts";
import { convolution } from "./convolve.ts";

export const ROWS: readonly Row[] = [
  convolution("conv", { image: [1, 56, 56, 64], kernel: 3, to: 64 }),
  convolution("conv", { image: [1, 14, 14, 256], kernel: 3, to: 256 }),
  convolution("conv", { image: [1, 224, 224, 3], kernel: 3, to: 32, stride: 2 }),
  convolution("conv", { image: [1, 112, 112, 3], kernel: 7, to: 64, stride: 2 }),
  convolution("conv", { image: [1, 56, 56, 24], kernel: 1, to: 144 }),
  convolution("conv", { image: [1, 14, 14, 576], kernel: 1, to: 96 }),
  convolution("conv", { image: [1, 7, 7, 320], kernel: 1, to: 1280 }),
  convolution("conv", { image: [1, 28, 28, 64], kernel: 1, to: 128, stride: 2 }),
  convolution("conv", { image: [1, 28, 28, 64], kernel: 3, to: 64, dilation: 2 }),
  convolution("conv, 1-D", { image: [1, 1, 1000, 64], kernel: [1, 9], to: 64 }),
  convolution("conv, narrow", { image: [1, 256, 256, 3], kernel: 3, to: 3 }),
  convolution("conv, narrow", { image: [1, 128, 128, 8], kernel: 3, to: 2 }),
  convolution("conv, narrow", { image: [32, 28, 28, 1], kernel: 3, to: 32 }),
  convolution("conv", { image: [1, 28, 28, 128], kernel: 3, to: 128, groups: 32 }),
  convolution("conv", { image: [1, 28, 28, 64], kernel: 3, to: 64, groups: 4 }),
  convolution("conv", { image: [1, 28, 28, 240], kernel: 1, to: 240, groups: 3 }),
  convolution("conv", { image: [1, 14, 14, 256], kernel: 3, to: 256, groups: 2 }),
];

const ROUNDED = "LiteRT.js fuses multiply-adds; here each product is rounded, for the same bits on every engine";

/** Why rows are below 1. */
export const REASONS: Chapter["REASONS"] = {
  "conv 1x1 [1, 14, 14, 576] to 96": ROUNDED,
  "conv 1x1 [1, 7, 7, 320] to 1280": ROUNDED,
  "conv 3x3 [1, 14, 14, 256] to 256": ROUNDED,
  "conv 1x1 [1, 28, 28, 240] to 240, 3 groups": ROUNDED,
  "conv 3x3 [1, 14, 14, 256] to 256, 2 groups": ROUNDED,
  "conv 3x3 [1, 28, 28, 64] to 64, dilation 2": ROUNDED,
  "conv 3x3 [1, 56, 56, 64] to 64": ROUNDED,
  "conv, 1-D 1x9 [1, 1, 1000, 64] to 64": ROUNDED,
  "conv, narrow 3x3 [1, 256, 256, 3] to 3":
    "of three outputs, one sum a vector, each addition waits for the one before",
};
