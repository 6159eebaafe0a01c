import {
  outputsF32,
  overlayF32,
  packKeysF32,
  packValuesF32,
  scoresF32,
  weightsF32,
} from "../../../assembly/attention/attention";
import { binaryF32 } from "../../../assembly/binary";
import * as fused from "../../../assembly/fused/weights";
import { Binary } from "../../../assembly/opcodes";
import { touched, wipe, word32 } from "../reference";

const QUERIES: u32 = 6;
const MAX_KEYS: u32 = 35;
const MAX_WIDTH: u32 = 13;
const q: usize = memory.data(6 * 13 * 4 + 64, 16);
const k: usize = memory.data(35 * 13 * 4 + 64, 16);
const v: usize = memory.data(35 * 13 * 4 + 64, 16);
const packed: usize = memory.data(40 * 13 * 4 + 64, 16);
const packedValues: usize = memory.data(35 * 16 * 4 + 64, 16);
const rows: usize = memory.data(6 * 48 * 4 + 256, 16);
const scratch: usize = memory.data(32 * 4, 16);
const scale: usize = memory.data(16, 16);
const weights: usize = memory.data(6 * 35 * 4 + 64, 16);
const bias: usize = memory.data(6 * 35 * 4 + 64, 16);
const mask: usize = memory.data(6 * 35 + 64, 16);
const out: usize = memory.data(6 * 13 * 4 + 256, 16);
const LOWEST: f32 = -3.4028234663852886e38;

/** A number about 1 of either sign. */
function value(seed: u32, i: u32): f32 {
  return reinterpret<f32>((word32(seed, 7, 0, i) & 0x80ffffff) | 0x3f000000);
}

function fill(keys: u32, width: u32): void {
  for (let i: u32 = 0; i < QUERIES * width; i++) store<f32>(q + i * 4, value(1, i));
  for (let i: u32 = 0; i < keys * width; i++) store<f32>(k + i * 4, value(2, i));
  for (let i: u32 = 0; i < keys * width; i++) store<f32>(v + i * 4, value(3, i));
  for (let i: u32 = 0; i < QUERIES * keys; i++) store<f32>(bias + i * 4, value(4, i));
  for (let i: u32 = 0; i < QUERIES * keys; i++) store<u8>(mask + i, <u8>(word32(5, 7, 0, i) & 1));
}

/** How many outputs differ from the sum of weights times values, in the order of the keys. */
function wrongOutputs(keys: u32, width: u32): i32 {
  let wrong = 0;
  for (let t: u32 = 0; t < QUERIES; t++) {
    for (let i: u32 = 0; i < width; i++) {
      let sum: f32 = 0;
      for (let s: u32 = 0; s < keys; s++) {
        const product: f32 = load<f32>(weights + (t * keys + s) * 4) * load<f32>(v + (s * width + i) * 4);
        sum = sum + product;
      }
      wrong += load<u32>(out + (t * width + i) * 4) == reinterpret<u32>(sum) ? 0 : 1;
    }
  }
  return wrong;
}

/** How many weights are off by more than a few parts in a million from e^score over its sum, in double precision. */
function wrongWeights(keys: u32, width: u32, masked: bool): i32 {
  let wrong = 0;
  for (let t: u32 = 0; t < QUERIES; t++) {
    let total: f64 = 0;
    let visible = 0;
    for (let s: u32 = 0; s < keys; s++) {
      total += masked && !load<u8>(mask + t * keys + s) ? 0 : NativeMath.exp(score(t, s, keys, width));
      visible += load<u8>(mask + t * keys + s);
    }
    for (let s: u32 = 0; s < keys; s++) {
      const hidden = masked && !load<u8>(mask + t * keys + s);
      const expected =
        masked && !visible ? 1 / <f64>keys : hidden ? 0 : NativeMath.exp(score(t, s, keys, width)) / total;
      wrong += abs(<f64>load<f32>(weights + (t * keys + s) * 4) - expected) > 5e-6 ? 1 : 0;
    }
  }
  return wrong;
}

function score(t: u32, s: u32, keys: u32, width: u32): f64 {
  let sum: f64 = 0;
  for (let i: u32 = 0; i < width; i++)
    sum += <f64>load<f32>(q + (t * width + i) * 4) * <f64>load<f32>(k + (s * width + i) * 4);
  return sum * 0.5 + <f64>load<f32>(bias + (t * keys + s) * 4);
}

function run(queries: u32, keys: u32, width: u32, maskPtr: usize): void {
  const stride = (<usize>width) << 2;
  const row = (keys + 15) & ~15;
  packKeysF32(k, packed, stride, keys, width);
  packValuesF32(v, packedValues, stride, keys << 5, keys, width);
  v128.store(scale, f32x4.splat(0.5));
  scoresF32(q, stride, packed, maskPtr, rows, queries, keys, width);
  binaryF32(Binary.multiply, rows, scale, rows, queries * row, 4);
  overlayF32(rows, bias, maskPtr, queries, keys, LOWEST);
  weightsF32(rows, queries, row, true);
  for (let t: u32 = 0; t < queries; t++) memory.copy(weights + t * keys * 4, rows + t * row * 4, keys * 4);
  outputsF32(rows, packedValues, 32, keys << 5, 0, out, stride, scratch, queries, keys, width, maskPtr != 0);
}

describe("attention in three steps", () => {
  test("weighs by e^score over the sum, and sums the values in the order of the keys", () => {
    let wrong = 0;
    for (let keys: u32 = 1; keys <= MAX_KEYS; keys++) {
      for (let width: u32 = 1; width <= MAX_WIDTH; width += 3) {
        fill(keys, width);
        run(QUERIES, keys, width, 0);
        wrong += wrongWeights(keys, width, false) + wrongOutputs(keys, width);
        run(QUERIES, keys, width, mask);
        wrong += wrongWeights(keys, width, true) + wrongOutputs(keys, width);
      }
    }
    expect(wrong).toBe(0);
  });

  test("writes the outputs and nothing past them", () => {
    let over = 0;
    for (let keys: u32 = 0; keys <= MAX_KEYS; keys += 5) {
      for (let width: u32 = 1; width <= MAX_WIDTH; width++) {
        for (let queries: u32 = 1; queries <= QUERIES; queries++) {
          fill(keys, width);
          wipe(out, 6 * 13 * 4 + 256);
          run(queries, keys, width, mask);
          const used = queries * width * 4;
          over += touched(out + used, 6 * 13 * 4 + 256 - used);
        }
      }
    }
    expect(over).toBe(0);
  });

  test("has the same weights by the module of fused multiply-adds, at the ends of what a mask hides too", () => {
    let wrong = 0;
    const n: u32 = 48;
    const bytes: u32 = 192;
    for (let from: u32 = 0; from < n; from += 5) {
      for (let to: u32 = from + 1; to <= n; to += 5) {
        for (let i: u32 = 0; i < n; i++) {
          const score: f32 = i < from || i >= to ? LOWEST : 20 * value(6, i);
          store<f32>(rows + i * 4, score);
          store<f32>(rows + bytes + i * 4, score);
        }
        weightsF32(rows, 1, n, true);
        fused.weightsF32(rows + bytes, 1, n);
        for (let i: u32 = 0; i < bytes; i += 4) wrong += load<u32>(rows + i) == load<u32>(rows + bytes + i) ? 0 : 1;
      }
    }
    expect(wrong).toBe(0);
  });
});
