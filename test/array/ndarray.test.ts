import { inspect } from "node:util";
import { expect, it } from "vitest";
import type { NDArray } from "../../src/index.ts";
import { grad, LimitError, memoryInfo, nnx, numpy as jnp, ShapeError } from "../../src/index.ts";
import { onEachBackend } from "../backends.ts";

it("has shape, dtype, ndim, size, data, item and tolist", () => {
  const a = jnp.array([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  expect([a.shape, a.dtype, a.ndim, a.size]).toEqual([[2, 3], "float32", 2, 6]);
  expect(a.data).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6));
  expect(a.tolist()).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  expect(jnp.array(7).item()).toBe(7);
  expect(() => a.item()).toThrow(ShapeError);
});

it("has itemsize and nbytes, by its dtype and not by its elements", () => {
  expect(["float32", "bfloat16", "bool"].map((dtype) => jnp.zeros([2, 3], dtype as "float32").nbytes)).toEqual([
    24, 12, 6,
  ]);
  expect(jnp.zeros([0], "int16").itemsize).toBe(2);
  expect(nnx.evalShape(() => jnp.zeros([1000, 1000])).nbytes).toBe(4_000_000);
});

it("has ravel, swapaxes and mT", () => {
  const a = jnp.arange(6).reshape([1, 2, 3]);
  expect(a.ravel().tolist()).toEqual([0, 1, 2, 3, 4, 5]);
  expect(a.mT.tolist()).toEqual([
    [
      [0, 3],
      [1, 4],
      [2, 5],
    ],
  ]);
  expect(a.swapaxes(0, -1).shape).toEqual([3, 2, 1]);
  expect(() => jnp.arange(3).mT).toThrow(/swapaxes: "axis2"/);
  expect(() => a.swapaxes(0, 3)).toThrow(/swapaxes: "axis2" expected an axis/);
});

it("is a copy of what it was made from", () => {
  const source = Float32Array.of(1, 2);
  const a = jnp.array(source);
  source[0] = 9;
  expect(a.tolist()).toEqual([1, 2]);
});

it("asarray with copy: false shares a Float32Array, and nothing is kept of it", () => {
  const source = new Float32Array(64 * 64).fill(1);
  const [own, shared] = [jnp.asarray(source), jnp.asarray(source, { copy: false })];
  const row = jnp.ones([64]);
  const residents = memoryInfo().residents;
  for (let i = 0; i < 4; i++)
    expect(
      row
        .matmul(shared.reshape([64, 64]))
        .slice(0)
        .item(),
    ).toBe(64);
  expect(memoryInfo().residents).toBe(residents);
  source.fill(2);
  expect(
    row
      .matmul(shared.reshape([64, 64]))
      .slice(63)
      .item(),
  ).toBe(128);
  expect(own.slice(5).item()).toBe(1);
  expect(shared.add(1).slice(5).item()).toBe(3);
  expect(jnp.asarray(source, { copy: false, dtype: "int32" }).slice(0).item()).toBe(2);
  structuredClone(source.buffer, { transfer: [source.buffer] });
  expect(() => shared.add(1)).toThrow(/float32\[4096\] whose buffer is detached/);
});

it("asarray copies what cannot be shared, and where copy is true", () => {
  const source = Int32Array.of(1, 2);
  const [a, b] = [jnp.asarray(source, { copy: false }), jnp.asarray([3, 4], { copy: false })];
  const copy = jnp.asarray(a, { copy: true });
  source[0] = 9;
  a.data[1] = 9;
  expect([a, b, copy].map((x) => x.tolist())).toEqual([
    [1, 9],
    [3, 4],
    [1, 2],
  ]);
  expect(jnp.asarray(new Float32Array(0), { copy: false }).shape).toEqual([0]);
});

it("arithmetic reads a Float32Array before it returns, or keeps a copy for the gradient", () => {
  const source = Float32Array.of(2, 3);
  const [sum, root] = [jnp.add(source, source), jnp.sqrt(source)];
  const slopes = grad((x: NDArray) => {
    const product = jnp.sum(jnp.multiply(x, source));
    source.fill(100);
    return product;
  })(jnp.ones([2])) as NDArray;
  expect(sum.tolist()).toEqual([4, 6]);
  expect(root.slice(0).item()).toBeCloseTo(Math.SQRT2, 6);
  expect(slopes.tolist()).toEqual([2, 3]);
});

it("array() copies an array and a Param too; asarray() gives an array back as it is", () => {
  const a = jnp.array([1, 2]);
  const param = new nnx.Param([3, 4]);
  const copies = [jnp.array(a), jnp.array(param)];
  a.data[0] = 9;
  param.get().data[0] = 9;
  expect(copies.map((copy) => copy.tolist())).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(jnp.asarray(a)).toBe(a);
});

it("a result of more than 2^31 - 1 elements is a LimitError, and nothing is allocated", () => {
  const [column, row] = [jnp.zeros([100_000, 1]), jnp.zeros([1, 100_000])];
  expect(() => column.matmul(row)).toThrow(LimitError);
  expect(() => column.add(row)).toThrow(/expected at most 2147483647 elements, got float32\[100000, 100000\]/);
});

it("broadcasts", () => {
  expect(jnp.add([[1], [2]], [10, 20, 30]).tolist()).toEqual([
    [11, 21, 31],
    [12, 22, 32],
  ]);
  expect(jnp.zeros([0, 3]).add([1, 2, 3]).shape).toEqual([0, 3]);
  expect(() => jnp.add([1, 2], [1, 2, 3])).toThrow(/add: shapes \[2\] and \[3\] do not broadcast/);
});

it("promotes as JAX does with x64 off; a JavaScript number is weak", () => {
  const i = jnp.array(Int32Array.of(1, 2));
  const u = jnp.array(Uint32Array.of(4294967295));
  expect(i.add(1).dtype).toBe("int32");
  expect(i.add(1.5).dtype).toBe("float32");
  expect(u.mul(i).dtype).toBe("int32");
  expect(u.add(1).tolist()).toEqual([0]);
  expect(i.mul(jnp.array([1, 2])).dtype).toBe("float32");
  expect(i.div(2).tolist()).toEqual([0.5, 1]);
  expect(
    jnp
      .array([true])
      .add(jnp.array([true]))
      .tolist(),
  ).toEqual([true]);
  expect(jnp.array([true]).mul(3).dtype).toBe("int32");
});

it("flushes subnormals in elementwise arithmetic, as XLA does on a CPU", () => {
  expect(jnp.array([1e-40, -1e-40]).mul(1).tolist()).toEqual([0, -0]);
  expect(jnp.array([2e-38]).mul(0.1).tolist()).toEqual([0]);
});

it("divides by a divisor that is broadcast through its reciprocal, by an equal shape as IEEE says", () => {
  const x = Math.fround(10.1);
  const d = Math.fround(3.7);
  expect(jnp.divide([x, x], d).tolist()[0 as never]).toBe(Math.fround(x * Math.fround(1 / d)));
  expect(jnp.divide([x], [d]).tolist()).toEqual([Math.fround(x / d)]);
  expect(jnp.divide(x, d).item()).toBe(Math.fround(x / d));
});

it("casts to integers by truncation and saturation, NaN to 0", () => {
  expect(jnp.array([1.9, -1.9, 1e20, -1e20, NaN]).astype("int32").tolist()).toEqual([
    1, -1, 2147483647, -2147483648, 0,
  ]);
  expect(jnp.array([-1, 300]).astype("uint8").tolist()).toEqual([0, 255]);
  expect(jnp.array([0, -0.5]).astype("bool").tolist()).toEqual([false, true]);
});

it("reshapes, -1 worked out", () => {
  const a = jnp.array([1, 2, 3, 4, 5, 6]);
  expect(a.reshape([2, -1]).tolist()).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  expect(() => a.reshape([4, -1])).toThrow(ShapeError);
  expect(() => a.reshape([7])).toThrow(/expected sizes for 6 elements of \[6\], got \[7\]/);
});

it("prints as NumPy prints, in console.log as JAX does", () => {
  expect(
    jnp
      .array([
        [0.1, 1 / 3],
        [10, -2],
      ])
      .toString(),
  ).toBe("[[ 0.1         0.33333334]\n [10.         -2.        ]]");
  expect(`${jnp.arange(2000)}`).toBe("[   0    1    2 ... 1997 1998 1999]");
  expect(inspect(jnp.array([1, 2]))).toBe("Array([1., 2.], dtype=float32)");
  expect(JSON.stringify(jnp.array([[1, 2]]))).toBe("[[1,2]]");
});

onEachBackend("matmul", () => {
  it("takes a vector, a matrix or a batch on the left, a matrix or a vector on the right", () => {
    const w = jnp.array([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(jnp.matmul([1, 1, 1], w).tolist()).toEqual([9, 12]);
    expect(
      jnp
        .matmul(
          [
            [1, 0, 0],
            [0, 1, 0],
          ],
          w,
        )
        .tolist(),
    ).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(jnp.zeros([2, 4, 3]).matmul(w).shape).toEqual([2, 4, 2]);
    expect(jnp.matmul([1, 2, 3], [4, 5, 6]).item()).toBe(32);
    expect(jnp.zeros([0, 3]).matmul(w).shape).toEqual([0, 2]);
  });

  it("sees what is written into the data of an array it used before", () => {
    const w = jnp.ones([40, 40]);
    const x = jnp.ones([40]);
    for (let call = 0; call < 3; call++) expect(x.matmul(w).tolist()).toEqual(Array.from({ length: 40 }, () => 40));
    w.data[0] = 11;
    const first = (x.matmul(w).tolist() as number[])[0];
    expect(first).toBe(50);
    w.reshape([40, 40]).data[0] = 21;
    expect((x.matmul(w).tolist() as number[])[0]).toBe(60);
  });
});
