import type { RowWrites } from "../../base/index.ts";
import { UNCLONEABLE } from "../../base/index.ts";
import type { ArrayData, DType, Shape } from "../../data/index.ts";
import { DATA, arrayData, floatsOf, outsideRegions, sizeOf } from "../../data/index.ts";
import { interpreter } from "../apply.ts";
import { NDArray } from "../ndarray.ts";

/**
 * Arrays that differ by rows written one after another, over one block of elements: copy-on-write for what a decoder
 * appends to at every step.
 *
 * - Arrays are immutable, so that each write gives a new one. Only the newest has the elements of the block.
 * - Reading the newest array's elements shares the block: the next write copies it first.
 * - An older array is made, when it is read, from a copy of the block in which the rows written since are undone. Each
 *   array links to the write that followed it.
 *
 * So no array ever changes, and a decoder whose cache is not read writes one row a step.
 */
interface Store {
  readonly data: Float32Array;
  newest: RowArray;
  shared: boolean;
  readonly uncloneable: symbol;
  /** How many rows were written, and which was the last. */
  count: number;
  last: number;
}

/** A write: the row, its elements before (undefined for zeros), and the array that it gave. */
interface Write {
  readonly row: number;
  readonly before: Float32Array | undefined;
  readonly next: RowArray;
}

class RowArray extends NDArray {
  readonly store: Store;
  readonly own: Shape;
  write: Write | undefined;
  made: ArrayData | undefined;

  constructor(own: Shape, store: Store | Float32Array) {
    super(undefined as never);
    this.own = own;
    this.store =
      store instanceof Float32Array
        ? { data: store, newest: this, shared: false, count: 0, last: 0, uncloneable: UNCLONEABLE }
        : store;
    this.store.newest = this;
  }

  override get shape(): readonly number[] {
    return this.own;
  }

  override get dtype(): DType {
    return "float32";
  }

  override get ndim(): number {
    return this.own.length;
  }

  override get size(): number {
    return sizeOf(this.own);
  }

  elements(): ArrayData {
    const { store, own } = this;
    if (store.newest === this) {
      store.shared = true;
      return arrayData(own, "float32", store.data);
    }
    const data = store.data.slice();
    const writes: Write[] = [];
    for (let { write } = this as RowArray; write !== undefined; { write } = write.next) writes.push(write);
    for (const { row, before } of writes.toReversed()) putRows(data, own, row, before);
    return arrayData(own, "float32", data);
  }
}

/** The raw data is made when it is read; the base class's constructor gets none. */
Object.defineProperty(RowArray.prototype, DATA, {
  get(this: RowArray): ArrayData {
    return (this.made ??= outsideRegions(() => this.elements()));
  },
  set() {},
});

/**
 * `x` [..., rows, heads, width], float32, with row `row` replaced by `values` [..., 1, heads, width]: a new array whose
 * elements are copied on write. An interpreter sees a scatter.
 */
export function withRow(x: NDArray, row: number, values: NDArray): NDArray {
  return interpreter.current === undefined
    ? writeRow(x, row, floatsOf(values[DATA]))
    : x.at("...", row, ":", ":").set(values.reshape([...values.shape.slice(0, -3), ...values.shape.slice(-2)]));
}

/** `withRow` of the elements of the row. */
export function writeRow(x: NDArray, row: number, values: Float32Array): NDArray {
  const current =
    x instanceof RowArray && x.store.newest === x && !x.store.shared
      ? x
      : new RowArray(x.shape, (x[DATA].storage.data as Float32Array).slice());
  const before = takeRows(current.store.data, current.own, row, values.length);
  putRows(current.store.data, current.own, row, values);
  current.store.count++;
  current.store.last = row;
  const next = new RowArray(current.own, current.store);
  current.write = { row, before, next };
  return next;
}

/**
 * The elements of an array for a call that reads them before it returns and keeps nothing: the newest of a row store
 * stays writable. An interpreter may keep what it is given, so that it gets elements of its own.
 */
export function readData(x: NDArray): ArrayData {
  return x instanceof RowArray && x.store.newest === x && interpreter.current === undefined
    ? arrayData(x.own, "float32", x.store.data)
    : x[DATA];
}

/** How the elements that `readData` gives came about; undefined where they are not those of a store alone. */
export function writesOf(x: NDArray): RowWrites | undefined {
  return x instanceof RowArray && x.store.newest === x && !x.store.shared ? x.store : undefined;
}

/** What is in row `row` of every batch element; undefined where it is all zeros. */
function takeRows(data: Float32Array, shape: Shape, row: number, length: number): Float32Array | undefined {
  const { width, stride, batch } = rowsOf(shape);
  let taken: Float32Array | undefined;
  if (length === 0) return taken;
  for (let b = 0; b < batch; b++) {
    const from = b * stride + row * width;
    let i = 0;
    while (i < width && Object.is(data[from + i], 0)) i++;
    if (i < width) (taken ??= new Float32Array(length)).set(data.subarray(from, from + width), b * width);
  }
  return taken;
}

function putRows(data: Float32Array, shape: Shape, row: number, values: Float32Array | undefined): void {
  const { width, stride, batch } = rowsOf(shape);
  for (let b = 0; b < batch; b++) {
    const to = b * stride + row * width;
    if (values === undefined) data.fill(0, to, to + width);
    else if (data.length > 0) data.set(batch === 1 ? values : values.subarray(b * width, (b + 1) * width), to);
  }
}

/** Of [..., rows, heads, width]: the elements of a row, the stride of a batch element, and the size of the batch. */
function rowsOf(shape: Shape): { width: number; stride: number; batch: number } {
  const [rows, heads, headWidth] = shape.slice(-3) as [number, number, number];
  const width = heads * headWidth;
  return { width, stride: rows * width, batch: sizeOf(shape.slice(0, -3)) };
}
