import * as emulated from "../fma";

/**
 * a * b + c rounded once, by one instruction where the engine fuses; `fuses` tells. Without the feature, as in the
 * specs, it is the emulation.
 */
// @ts-ignore: decorator
@inline
export function fma(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return emulated.fma(a, b, c);
}

/**
 * Four products and sums, lane by lane, and the words that one rounding gives. Two roundings give 0 in every lane:
 * (1 + 2^-12)^2 - (1 + 2^-11), (1 + 2^-23) * (1 - 2^-23) - 1, 3 * (1/3) - 1, and -0.1 * 0.7 + 0.07.
 */
const probe: usize = memory.data<u32>(
  [
    0x3f800800, 0x3f800001, 0x40400000, 0xbdcccccd, 0x3f800800, 0x3f7ffffe, 0x3eaaaaab, 0x3f333333, 0xbf801000,
    0xbf800000, 0xbf800000, 0x3d8f5c29, 0x33800000, 0xa8800000, 0x33000000, 0x2ff5c290,
  ],
  16,
);

/** Whether this engine rounds a product and its sum once. The specification lets it choose, for its whole lifetime. */
export function fuses(): bool {
  const found = f32x4.relaxed_madd(v128.load(probe), v128.load(probe, 16), v128.load(probe, 32));
  return i32x4.all_true(i32x4.eq(found, v128.load(probe, 48)));
}

/** `fma` of three numbers. */
// @ts-ignore: decorator
@inline
export function fmaOfScalars(a: f32, b: f32, c: f32): f32 {
  return f32x4.extract_lane(fma(f32x4.splat(a), f32x4.splat(b), f32x4.splat(c)), 0);
}
