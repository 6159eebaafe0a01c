import { flush } from "../fma";
import { CellBack } from "../opcodes";
import { timesCall } from "./rounded";

/**
 * The cotangents of what a recurrent cell computes from its gates: `cellBackF32` of src/base/gradientkernels.ts has the
 * formulas.
 *
 * `ptr` is where `ct` is; `stride` bytes behind it the first input, then the others. Outputs take the places of inputs.
 * Each [n] float32, with room up to a multiple of 4.
 */
export function cellBackF32(op: CellBack, ptr: usize, stride: usize, n: u32): void {
  const end = ptr + ((<usize>n) << 2);
  if (op == CellBack.lstm) for (; ptr < end; ptr += 16) lstm(ptr, stride);
  else if (op == CellBack.gru) for (; ptr < end; ptr += 16) gru(ptr, stride);
  else for (; ptr < end; ptr += 16) hidden(ptr, stride);
}

// @ts-ignore: decorator
@inline
function lstm(ptr: usize, stride: usize): void {
  const ct = read(ptr);
  const first = ptr + stride;
  const second = first + stride;
  const third = second + stride;
  const fourth = third + stride;
  const i = read(first);
  const f = read(second);
  const g = read(third);
  const c = read(fourth);
  v128.store(first, throughLogistic(timesCall(ct, g), i));
  v128.store(second, throughLogistic(timesCall(ct, c), f));
  v128.store(third, throughTanh(timesCall(ct, i), g));
  v128.store(fourth, timesCall(ct, f));
}

// @ts-ignore: decorator
@inline
function gru(ptr: usize, stride: usize): void {
  const ct = read(ptr);
  const first = ptr + stride;
  const second = first + stride;
  const third = second + stride;
  const fourth = third + stride;
  const fifth = fourth + stride;
  const r = read(first);
  const z = read(second);
  const m = read(third);
  const q = read(fourth);
  const h = read(fifth);
  const d = throughTanh(timesCall(ct, f32x4.sub(f32x4.splat(1), z)), m);
  v128.store(first, throughLogistic(timesCall(d, q), r));
  v128.store(second, throughLogistic(flush(f32x4.sub(timesCall(ct, h), timesCall(ct, m))), z));
  v128.store(third, d);
  v128.store(fourth, timesCall(d, r));
  v128.store(fifth, timesCall(ct, z));
}

// @ts-ignore: decorator
@inline
function hidden(ptr: usize, stride: usize): void {
  const ct = read(ptr);
  const first = ptr + stride;
  const second = first + stride;
  const o = read(first);
  const t = read(second);
  v128.store(first, throughLogistic(timesCall(ct, t), o));
  v128.store(second, throughTanh(timesCall(ct, o), t));
}

/** `d` times the slope of a logistic function that gave `y`. */
function throughLogistic(d: v128, y: v128): v128 {
  return timesCall(d, timesCall(y, f32x4.sub(f32x4.splat(1), y)));
}

/** `d` times the slope of a tanh that gave `y`. */
function throughTanh(d: v128, y: v128): v128 {
  const one = f32x4.splat(1);
  return timesCall(timesCall(d, f32x4.sub(one, y)), f32x4.add(one, y));
}

function read(ptr: usize): v128 {
  return flush(v128.load(ptr));
}
