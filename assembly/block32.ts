/** y0 ^ y1 of threefry2x32, 32 counters at a time: the inner loop of `bits32`. */
import { keys, mix } from "./threefry2x32";

/** The numbers of the counters that are hashed in vectors. */
export const numbers: usize = memory.data<i32>(
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23],
  16,
);

/**
 * The second half of a round, for one word. Written in shifts, which V8 turns into one rotation; for `rotl` its
 * baseline compiler calls a function.
 */
// @ts-ignore: decorator
@inline
function mixWord(y: i32, x: i32, r: i32): i32 {
  return ((y << r) | (<i32>((<u32>y) >> (32 - r)))) ^ x;
}

/**
 * y0 ^ y1 of the 32 counters (x - k0, y - k1 + i) under `keys`, to `ptr` [32] uint32. Six vectors, and eight words
 * that keep the integer units busy beside them: 2.0 ns a splatBits, where `block` takes 2.7 (Node 20, x86-64, 2026-11).
 */
// @ts-ignore: decorator
@inline
export function block32(x: i32, y: i32, ptr: usize): void {
  const b = i32x4.splat(y);
  let a0 = i32x4.splat(x),
    a1 = a0,
    a2 = a0,
    a3 = a0,
    a4 = a0,
    a5 = a0;
  let b0 = i32x4.add(b, v128.load(numbers)),
    b1 = i32x4.add(b, v128.load(numbers, 16)),
    b2 = i32x4.add(b, v128.load(numbers, 32));
  let b3 = i32x4.add(b, v128.load(numbers, 48)),
    b4 = i32x4.add(b, v128.load(numbers, 64)),
    b5 = i32x4.add(b, v128.load(numbers, 80));
  let x0 = x,
    x1 = x,
    x2 = x,
    x3 = x,
    x4 = x,
    x5 = x,
    x6 = x,
    x7 = x;
  let y0 = y + 24,
    y1 = y + 25,
    y2 = y + 26,
    y3 = y + 27,
    y4 = y + 28,
    y5 = y + 29,
    y6 = y + 30,
    y7 = y + 31;
  for (let key = keys; ; key += 64) {
    a0 = i32x4.add(a0, b0);
    a1 = i32x4.add(a1, b1);
    a2 = i32x4.add(a2, b2);
    a3 = i32x4.add(a3, b3);
    a4 = i32x4.add(a4, b4);
    a5 = i32x4.add(a5, b5);
    b0 = mix(b0, a0, 13);
    b1 = mix(b1, a1, 13);
    b2 = mix(b2, a2, 13);
    b3 = mix(b3, a3, 13);
    b4 = mix(b4, a4, 13);
    b5 = mix(b5, a5, 13);
    x0 += y0;
    x1 += y1;
    x2 += y2;
    x3 += y3;
    x4 += y4;
    x5 += y5;
    x6 += y6;
    x7 += y7;
    y0 = mixWord(y0, x0, 13);
    y1 = mixWord(y1, x1, 13);
    y2 = mixWord(y2, x2, 13);
    y3 = mixWord(y3, x3, 13);
    y4 = mixWord(y4, x4, 13);
    y5 = mixWord(y5, x5, 13);
    y6 = mixWord(y6, x6, 13);
    y7 = mixWord(y7, x7, 13);
    a0 = i32x4.add(a0, b0);
    a1 = i32x4.add(a1, b1);
    a2 = i32x4.add(a2, b2);
    a3 = i32x4.add(a3, b3);
    a4 = i32x4.add(a4, b4);
    a5 = i32x4.add(a5, b5);
    b0 = mix(b0, a0, 15);
    b1 = mix(b1, a1, 15);
    b2 = mix(b2, a2, 15);
    b3 = mix(b3, a3, 15);
    b4 = mix(b4, a4, 15);
    b5 = mix(b5, a5, 15);
    x0 += y0;
    x1 += y1;
    x2 += y2;
    x3 += y3;
    x4 += y4;
    x5 += y5;
    x6 += y6;
    x7 += y7;
    y0 = mixWord(y0, x0, 15);
    y1 = mixWord(y1, x1, 15);
    y2 = mixWord(y2, x2, 15);
    y3 = mixWord(y3, x3, 15);
    y4 = mixWord(y4, x4, 15);
    y5 = mixWord(y5, x5, 15);
    y6 = mixWord(y6, x6, 15);
    y7 = mixWord(y7, x7, 15);
    a0 = i32x4.add(a0, b0);
    a1 = i32x4.add(a1, b1);
    a2 = i32x4.add(a2, b2);
    a3 = i32x4.add(a3, b3);
    a4 = i32x4.add(a4, b4);
    a5 = i32x4.add(a5, b5);
    b0 = mix(b0, a0, 26);
    b1 = mix(b1, a1, 26);
    b2 = mix(b2, a2, 26);
    b3 = mix(b3, a3, 26);
    b4 = mix(b4, a4, 26);
    b5 = mix(b5, a5, 26);
    x0 += y0;
    x1 += y1;
    x2 += y2;
    x3 += y3;
    x4 += y4;
    x5 += y5;
    x6 += y6;
    x7 += y7;
    y0 = mixWord(y0, x0, 26);
    y1 = mixWord(y1, x1, 26);
    y2 = mixWord(y2, x2, 26);
    y3 = mixWord(y3, x3, 26);
    y4 = mixWord(y4, x4, 26);
    y5 = mixWord(y5, x5, 26);
    y6 = mixWord(y6, x6, 26);
    y7 = mixWord(y7, x7, 26);
    a0 = i32x4.add(a0, b0);
    a1 = i32x4.add(a1, b1);
    a2 = i32x4.add(a2, b2);
    a3 = i32x4.add(a3, b3);
    a4 = i32x4.add(a4, b4);
    a5 = i32x4.add(a5, b5);
    b0 = mix(b0, a0, 6);
    b1 = mix(b1, a1, 6);
    b2 = mix(b2, a2, 6);
    b3 = mix(b3, a3, 6);
    b4 = mix(b4, a4, 6);
    b5 = mix(b5, a5, 6);
    x0 += y0;
    x1 += y1;
    x2 += y2;
    x3 += y3;
    x4 += y4;
    x5 += y5;
    x6 += y6;
    x7 += y7;
    y0 = mixWord(y0, x0, 6);
    y1 = mixWord(y1, x1, 6);
    y2 = mixWord(y2, x2, 6);
    y3 = mixWord(y3, x3, 6);
    y4 = mixWord(y4, x4, 6);
    y5 = mixWord(y5, x5, 6);
    y6 = mixWord(y6, x6, 6);
    y7 = mixWord(y7, x7, 6);
    const keyA1 = v128.load(key),
      keyB1 = v128.load(key, 16);
    a0 = i32x4.add(a0, keyA1);
    a1 = i32x4.add(a1, keyA1);
    a2 = i32x4.add(a2, keyA1);
    a3 = i32x4.add(a3, keyA1);
    a4 = i32x4.add(a4, keyA1);
    a5 = i32x4.add(a5, keyA1);
    b0 = i32x4.add(b0, keyB1);
    b1 = i32x4.add(b1, keyB1);
    b2 = i32x4.add(b2, keyB1);
    b3 = i32x4.add(b3, keyB1);
    b4 = i32x4.add(b4, keyB1);
    b5 = i32x4.add(b5, keyB1);
    const keyX1 = load<i32>(key),
      keyY1 = load<i32>(key, 16);
    x0 += keyX1;
    x1 += keyX1;
    x2 += keyX1;
    x3 += keyX1;
    x4 += keyX1;
    x5 += keyX1;
    x6 += keyX1;
    x7 += keyX1;
    y0 += keyY1;
    y1 += keyY1;
    y2 += keyY1;
    y3 += keyY1;
    y4 += keyY1;
    y5 += keyY1;
    y6 += keyY1;
    y7 += keyY1;
    if (key == keys + 128) break;
    a0 = i32x4.add(a0, b0);
    a1 = i32x4.add(a1, b1);
    a2 = i32x4.add(a2, b2);
    a3 = i32x4.add(a3, b3);
    a4 = i32x4.add(a4, b4);
    a5 = i32x4.add(a5, b5);
    b0 = mix(b0, a0, 17);
    b1 = mix(b1, a1, 17);
    b2 = mix(b2, a2, 17);
    b3 = mix(b3, a3, 17);
    b4 = mix(b4, a4, 17);
    b5 = mix(b5, a5, 17);
    x0 += y0;
    x1 += y1;
    x2 += y2;
    x3 += y3;
    x4 += y4;
    x5 += y5;
    x6 += y6;
    x7 += y7;
    y0 = mixWord(y0, x0, 17);
    y1 = mixWord(y1, x1, 17);
    y2 = mixWord(y2, x2, 17);
    y3 = mixWord(y3, x3, 17);
    y4 = mixWord(y4, x4, 17);
    y5 = mixWord(y5, x5, 17);
    y6 = mixWord(y6, x6, 17);
    y7 = mixWord(y7, x7, 17);
    a0 = i32x4.add(a0, b0);
    a1 = i32x4.add(a1, b1);
    a2 = i32x4.add(a2, b2);
    a3 = i32x4.add(a3, b3);
    a4 = i32x4.add(a4, b4);
    a5 = i32x4.add(a5, b5);
    b0 = mix(b0, a0, 29);
    b1 = mix(b1, a1, 29);
    b2 = mix(b2, a2, 29);
    b3 = mix(b3, a3, 29);
    b4 = mix(b4, a4, 29);
    b5 = mix(b5, a5, 29);
    x0 += y0;
    x1 += y1;
    x2 += y2;
    x3 += y3;
    x4 += y4;
    x5 += y5;
    x6 += y6;
    x7 += y7;
    y0 = mixWord(y0, x0, 29);
    y1 = mixWord(y1, x1, 29);
    y2 = mixWord(y2, x2, 29);
    y3 = mixWord(y3, x3, 29);
    y4 = mixWord(y4, x4, 29);
    y5 = mixWord(y5, x5, 29);
    y6 = mixWord(y6, x6, 29);
    y7 = mixWord(y7, x7, 29);
    a0 = i32x4.add(a0, b0);
    a1 = i32x4.add(a1, b1);
    a2 = i32x4.add(a2, b2);
    a3 = i32x4.add(a3, b3);
    a4 = i32x4.add(a4, b4);
    a5 = i32x4.add(a5, b5);
    b0 = mix(b0, a0, 16);
    b1 = mix(b1, a1, 16);
    b2 = mix(b2, a2, 16);
    b3 = mix(b3, a3, 16);
    b4 = mix(b4, a4, 16);
    b5 = mix(b5, a5, 16);
    x0 += y0;
    x1 += y1;
    x2 += y2;
    x3 += y3;
    x4 += y4;
    x5 += y5;
    x6 += y6;
    x7 += y7;
    y0 = mixWord(y0, x0, 16);
    y1 = mixWord(y1, x1, 16);
    y2 = mixWord(y2, x2, 16);
    y3 = mixWord(y3, x3, 16);
    y4 = mixWord(y4, x4, 16);
    y5 = mixWord(y5, x5, 16);
    y6 = mixWord(y6, x6, 16);
    y7 = mixWord(y7, x7, 16);
    a0 = i32x4.add(a0, b0);
    a1 = i32x4.add(a1, b1);
    a2 = i32x4.add(a2, b2);
    a3 = i32x4.add(a3, b3);
    a4 = i32x4.add(a4, b4);
    a5 = i32x4.add(a5, b5);
    b0 = mix(b0, a0, 24);
    b1 = mix(b1, a1, 24);
    b2 = mix(b2, a2, 24);
    b3 = mix(b3, a3, 24);
    b4 = mix(b4, a4, 24);
    b5 = mix(b5, a5, 24);
    x0 += y0;
    x1 += y1;
    x2 += y2;
    x3 += y3;
    x4 += y4;
    x5 += y5;
    x6 += y6;
    x7 += y7;
    y0 = mixWord(y0, x0, 24);
    y1 = mixWord(y1, x1, 24);
    y2 = mixWord(y2, x2, 24);
    y3 = mixWord(y3, x3, 24);
    y4 = mixWord(y4, x4, 24);
    y5 = mixWord(y5, x5, 24);
    y6 = mixWord(y6, x6, 24);
    y7 = mixWord(y7, x7, 24);
    const keyA2 = v128.load(key, 32),
      keyB2 = v128.load(key, 48);
    a0 = i32x4.add(a0, keyA2);
    a1 = i32x4.add(a1, keyA2);
    a2 = i32x4.add(a2, keyA2);
    a3 = i32x4.add(a3, keyA2);
    a4 = i32x4.add(a4, keyA2);
    a5 = i32x4.add(a5, keyA2);
    b0 = i32x4.add(b0, keyB2);
    b1 = i32x4.add(b1, keyB2);
    b2 = i32x4.add(b2, keyB2);
    b3 = i32x4.add(b3, keyB2);
    b4 = i32x4.add(b4, keyB2);
    b5 = i32x4.add(b5, keyB2);
    const keyX2 = load<i32>(key, 32),
      keyY2 = load<i32>(key, 48);
    x0 += keyX2;
    x1 += keyX2;
    x2 += keyX2;
    x3 += keyX2;
    x4 += keyX2;
    x5 += keyX2;
    x6 += keyX2;
    x7 += keyX2;
    y0 += keyY2;
    y1 += keyY2;
    y2 += keyY2;
    y3 += keyY2;
    y4 += keyY2;
    y5 += keyY2;
    y6 += keyY2;
    y7 += keyY2;
  }
  v128.store(ptr, v128.xor(a0, b0), 0);
  v128.store(ptr, v128.xor(a1, b1), 16);
  v128.store(ptr, v128.xor(a2, b2), 32);
  v128.store(ptr, v128.xor(a3, b3), 48);
  v128.store(ptr, v128.xor(a4, b4), 64);
  v128.store(ptr, v128.xor(a5, b5), 80);
  store<i32>(ptr, x0 ^ y0, 96);
  store<i32>(ptr, x1 ^ y1, 100);
  store<i32>(ptr, x2 ^ y2, 104);
  store<i32>(ptr, x3 ^ y3, 108);
  store<i32>(ptr, x4 ^ y4, 112);
  store<i32>(ptr, x5 ^ y5, 116);
  store<i32>(ptr, x6 ^ y6, 120);
  store<i32>(ptr, x7 ^ y7, 124);
}
