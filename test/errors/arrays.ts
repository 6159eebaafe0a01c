/** Every error of arrays and of the functions of `numpy`. */
import { broadcastData, DATA, toData } from "../../src/data/index.ts";
import type { NDArray } from "../../src/index.ts";
import { lax, nnx, numpy as jnp } from "../../src/index.ts";
import type { Failure } from "./failure.ts";
import { withoutRoom } from "./failure.ts";

const a = jnp.arange(6).reshape([2, 3]);
const empty = jnp.zeros([0, 3]);
const scalar = jnp.array(1);
/** A list of 2^30 holes, which takes no room. */
const huge: number[] = [];
huge.length = 2 ** 30;
/** 2^32 elements when it meets itself across. */
const long = jnp.zeros([2 ** 16]);
/** A typed array of a kind that is not known, as newer engines have. */
class Float8Array extends Uint8Array {
  override get [Symbol.toStringTag](): never {
    return "Float8Array" as never;
  }
}
const detached = new Float32Array(2);
structuredClone(detached, { transfer: [detached.buffer] });

const sent = jnp.ones([2, 3]);
structuredClone(sent.data.buffer, { transfer: [sent.data.buffer as ArrayBuffer] });

/** Zeros of a shape that leaked from a function under nnx.jit. */
function leaked(shape: number[]): NDArray {
  let x: NDArray | undefined;
  nnx.jit(() => void (x = jnp.zeros(shape)))();
  return x!;
}

export const ARRAYS: readonly Failure[] = [
  // Elements that ended with a call.
  [
    'TypeError: add: "a" expected an array with its elements, got float32[2, 3] that leaked from a function under nnx.jit, whose arrays end with the call. Return it from the function, or keep it in an nnx.Variable',
    () => leaked([2, 3]).add(1),
  ],
  [
    "TypeError: expected an array with its elements, got one that leaked from a function under nnx.jit",
    () => leaked([300, 300])[DATA].storage.data.length,
  ],
  // Elements that were transferred to another thread.
  [
    'TypeError: add: "a" expected an array with its elements, got float32[2, 3] whose buffer is detached: it was transferred to another thread. Send a copy, nnx.toTransferable(x)',
    () => sent.add(1),
  ],
  [
    'TypeError: exp: "x" expected an array with its elements, got float32[2, 3] whose buffer is detached: it was transferred to another thread. Send a copy, nnx.toTransferable(x)',
    () => jnp.exp(sent),
  ],
  // Making arrays of what JavaScript has.
  [
    'TypeError: array: "x" expected an array, a typed array, a number or nested numbers, got "1"',
    () => jnp.array("1" as never),
  ],
  [
    'TypeError: array: "x" expected an array, a typed array, a number or nested numbers, got undefined',
    () => jnp.array(undefined as never),
  ],
  [
    'TypeError: array: "x" expected an array, a typed array, a number or nested numbers, got Set',
    () => jnp.array(new Set([1]) as never),
  ],
  [
    'TypeError: array: "x" expected a typed array of a known type, got Float8Array',
    () => jnp.array(new Float8Array(2) as never),
  ],
  [
    'TypeError: array: "x" expected an array, a typed array, a number or nested numbers, got DataView',
    () => jnp.array(new DataView(new ArrayBuffer(4)) as never),
  ],
  [
    'TypeError: array: "x" expected a usable typed array, got one whose buffer is detached (transferred to another thread)',
    () => jnp.array(detached),
  ],
  [
    'TypeError: array: "x" expected nested arrays of one shape: at depth 1 an array of length 2, got an array of length 1',
    () => jnp.array([[1, 2], [3]]),
  ],
  [
    'TypeError: array: "x" expected nested arrays of one shape: at depth 1 a number, got an array of length 1',
    () => jnp.array([1, [2]] as never),
  ],
  ['TypeError: array: "x" expected numbers inside the array, got "2"', () => jnp.array([1, "2"] as never)],
  ['TypeError: array: "x" expected numbers inside the array, got null', () => jnp.array([1, null] as never)],
  [
    'LimitError: array: "x" expected at most 2147483647 elements, got 4294967296',
    () => jnp.array([huge, huge, huge, huge] as never),
  ],
  [
    'TypeError: array: "dtype" expected float32, bfloat16, float16, int32, int16, int8, uint32, uint16, uint8 or bool, got "float64"',
    () => jnp.array([1], "float64" as never),
  ],
  ['TypeError: zeros: "shape" expected an array of sizes, got "3"', () => jnp.zeros("3" as never)],
  ['ShapeError: zeros: "shape"[1] expected a size of at least 0, got -1', () => jnp.zeros([2, -1])],
  ['TypeError: zeros: "shape"[0] expected a number, got "2"', () => jnp.zeros(["2" as never])],
  ['RangeError: zeros: "shape"[0] expected a finite number, got NaN', () => jnp.zeros([NaN])],
  [
    'LimitError: zeros: "shape" expected at most 2147483647 elements, got [1152921504606847000] = 1152921504606847000',
    () => jnp.zeros([2 ** 60]),
  ],
  [
    'RangeError: zeros: "shape"[0] expected an integer of magnitude below 2^53, got 1152921504606846976n',
    () => jnp.zeros([(2n ** 60n) as never]),
  ],
  [
    'LimitError: zeros: "shape" expected at most 2147483647 elements, got [65536, 32768] = 2147483648',
    () => jnp.zeros([2 ** 16, 2 ** 15]),
  ],
  [
    "LimitError: expected at most 2147483647 elements, got float32[65536, 65536] = 4294967296",
    () => long.reshape([-1, 1]).add(long),
  ],
  ["LimitError: cannot allocate float32[3]", () => withoutRoom(({ numpy }) => numpy.zeros([3]))],
  [
    'ShapeError: full: "value" expected a shape that broadcasts to [1, 3], got [2, 1]',
    () => jnp.full([1, 3], [[1], [2]]),
  ],
  ['TypeError: arange: "stop" expected a number, got "3"', () => jnp.arange("3" as never)],
  ['RangeError: arange: "stop" expected a finite number, got Infinity', () => jnp.arange(0, Infinity)],
  ['RangeError: arange: "step" expected a finite number other than 0, got 0', () => jnp.arange(0, 1, 0)],
  ["LimitError: arange: expected at most 2147483647 elements, got 2147483648", () => jnp.arange(2 ** 31)],
  [
    'TypeError: linspace: "start" expected an array, a typed array, a number or nested numbers, got "0"',
    () => jnp.linspace("0" as never, 1),
  ],
  ['RangeError: linspace: "num" expected at least 0, got -1', () => jnp.linspace(0, 1, -1)],
  ['ShapeError: tril: "x" expected at least two axes, got shape [2]', () => jnp.tril([1, 2])],
  ['ShapeError: diag: "x" expected one or two axes, got shape [1, 2, 3]', () => jnp.diag(jnp.ones([1, 2, 3]))],
  [
    'TypeError: meshgrid: "indexing" expected "xy" or "ij", got "yx"',
    () => jnp.meshgrid([[1], [2]], { indexing: "yx" as never }),
  ],
  ['ShapeError: meshgrid: "xs[1]" expected one axis, got shape [1, 1]', () => jnp.meshgrid([[1], [[2]]])],
  ['TypeError: meshgrid: "sparse" expected a boolean, got 1', () => jnp.meshgrid([1], [2], { sparse: 1 as never })],
  ['TypeError: meshgrid: "copy" expected true, got false', () => jnp.meshgrid([1], { copy: false as never })],
  [
    'TypeError: meshgrid: "options" expected copy, sparse, indexing, got "index"',
    () => jnp.meshgrid([1], { index: "ij" } as never),
  ],
  [
    'TypeError: meshgrid: "xs[0]" expected an array, a typed array, a number or nested numbers, got "ab"',
    () => jnp.meshgrid("ab" as never),
  ],
  [
    'TypeError: histogram2d: "bins" expected a number or edges, got null',
    () => jnp.histogram2d([1], [1], { bins: null as never }),
  ],
  ["TypeError: resultType: expected at least one array or dtype, got none", () => jnp.resultType()],
  ['TypeError: finfo: "dtype" expected float32, bfloat16 or float16, got "int32"', () => jnp.finfo("int32" as never)],
  ['TypeError: iinfo: "dtype" expected an integer dtype, got "float32"', () => jnp.iinfo("float32" as never)],

  // Shapes.
  ["ShapeError: item: expected an array of one element, got shape [2, 3]", () => a.item()],
  ['ShapeError: reshape: "shape" expected sizes for 6 elements of [2, 3], got [4, -1]', () => a.reshape([4, -1])],
  ['ShapeError: reshape: "shape" expected sizes for 6 elements of [2, 3], got [4]', () => a.reshape([4])],
  // Lists and functions, by the name of what was to be one.
  ['TypeError: select: "choices" expected a list, got 7', () => jnp.select([a.gt(0)], 7 as never)],
  ['TypeError: piecewise: "conditions" expected a list, got undefined', () => (jnp.piecewise as () => unknown)()],
  ['TypeError: rot90: "axes" expected a list, got 1', () => jnp.rot90(a, 1, 1 as never)],
  [
    'TypeError: lax.slice: "limitIndices" expected a list, got undefined',
    () => lax.slice(a, [0, 0], undefined as never),
  ],
  [
    'TypeError: lax.dotGeneral: "dimensionNumbers" expected a list, got "ab"',
    () => lax.dotGeneral(a, a, "ab" as never),
  ],
  ['TypeError: vectorize: "f" expected a function, got "abs"', () => jnp.vectorize("abs" as never)],
  [
    'TypeError: vectorize: "signature" expected a string, got 2',
    () => jnp.vectorize((x) => x, { signature: 2 as never }),
  ],
  ['TypeError: fromiter: "iterable" expected one, got 3', () => jnp.fromiter(3 as never)],
  [
    "TypeError: piecewise: expected at most 3 arguments by place (x, condlist, funclist), got 4: 1 is one too many",
    () => (jnp.piecewise as (...args: unknown[]) => unknown)([1], [[true]], [2], 1),
  ],
  [
    'TypeError: array: "x" expected an array, a typed array, a number or nested numbers, got null',
    () => jnp.array(null as never),
  ],
  ['ShapeError: transpose: "axes" expected 2 axes for shape [2, 3], got an array of length 1', () => a.transpose([0])],
  ['RangeError: transpose: "axes" expected different axes, got [0, 0]', () => a.transpose([0, 0])],
  ['ShapeError: squeeze: "axis" expected axes of size 1, got axis 0 of shape [2, 3]', () => a.squeeze(0)],
  ['RangeError: flip: "axis" expected an axis from -2 to 1, got 2', () => jnp.flip(a, 2)],
  ['RangeError: sum: "axis" expected an axis of a scalar, which has none, got 0', () => scalar.sum(0)],
  ['ShapeError: moveaxis: "destination" expected 2 axes, got 1', () => jnp.moveaxis(a, [0, 1], [1])],
  [
    'ShapeError: broadcastTo: "shape" expected a shape that [2, 3] broadcasts to, got an array of length 1 [3]',
    () => jnp.broadcastTo(a, [3]),
  ],
  [
    'ShapeError: broadcastTo: "shape" expected a shape that [2, 3] broadcasts to, got an array of length 2 [1, 3]',
    () => jnp.broadcastTo(a, [1, 3]),
  ],
  ['ShapeError: rot90: "axes" expected two axes, got [0]', () => jnp.rot90(a, 1, [0] as never)],
  [
    "ShapeError: concatenate: expected shapes that differ along axis 0 only, got [2, 3] and [1, 2]",
    () => jnp.concatenate([a, [[1, 2]]]),
  ],
  ['RangeError: stack: "arrays" expected at least one array, got none', () => jnp.stack([])],
  ['ShapeError: stack: "arrays" expected arrays of one shape, got [1] and [2]', () => jnp.stack([[1], [1, 2]])],
  ['RangeError: split: "indicesOrSections" expected at least 1, got 0', () => jnp.split([1, 2, 3], 0)],
  [
    'ShapeError: split: "indicesOrSections" expected a divisor of 3, axis 0 of shape [3], got 2. arraySplit makes unequal parts',
    () => jnp.split([1, 2, 3], 2),
  ],
  ['RangeError: tile: "reps" expected counts of at least 0, got -1', () => jnp.tile([1], [-1])],
  ['RangeError: repeat: "repeats" expected counts of at least 0, got -1', () => jnp.repeat([1, 2], -1)],
  ['ShapeError: repeat: "repeats" expected 1 or 3 counts for shape [3], got 2', () => jnp.repeat([1, 2, 3], [1, 2])],
  [
    'LimitError: repeat: "repeats" expected at most 2147483647 elements, got 2147483648',
    () => jnp.repeat([1], 2 ** 31),
  ],
  ['ShapeError: roll: "shift" expected 2 shifts, got 3', () => jnp.roll(a, [1, 2, 3], [0, 1])],
  [
    'TypeError: pad: "mode" expected "constant", "edge", "reflect", "symmetric", "wrap", "linear_ramp", "maximum", "mean", "median", "minimum", "empty" or a function, got "cubic"',
    () => jnp.pad(a, 1, { mode: "cubic" as never }),
  ],
  [
    'TypeError: pad: "statLength" expected another mode, got "edge"',
    () => jnp.pad(a, 1, { mode: "edge", statLength: 2 }),
  ],
  [
    'TypeError: pad: "reflectType" expected "even" or "odd", got "none"',
    () => jnp.pad(a, 1, { mode: "reflect", reflectType: "none" as never }),
  ],
  [
    'RangeError: pad: "statLength" expected at least 1, got 0',
    () => jnp.pad(a, 1, { mode: "mean", statLength: [1, 0] }),
  ],
  [
    'ShapeError: pad: "x" expected elements along axis 0 for mode "edge", got shape [0, 3]',
    () => jnp.pad(empty, 1, { mode: "edge" }),
  ],
  [
    'ShapeError: pad: "padWidth" expected a number, [before, after], or 2 such pairs, got an array of length 1',
    () => jnp.pad(a, [[1, 1, 1]] as never),
  ],
  ['RangeError: pad: "padWidth" expected at least 0, got -1', () => jnp.pad(a, -1)],

  // Callers check the shapes first.
  ["ShapeError: shape [2] does not broadcast to [3]", () => broadcastData(toData([1, 2], "x"), [3])],

  // Elements.
  ['ShapeError: slice: "index" expected at most 2 axes for shape [2, 3], got 3', () => a.slice(0, 0, 0)],
  ['TypeError: slice: "index" expected one "..." at most, got two', () => a.slice("...", "...")],
  [
    'TypeError: slice: "index" expected whole numbers, got float32[1]. Cast with .astype("int32")',
    () => a.slice([0.5]),
  ],
  [
    'TypeError: slice: "index" expected a slice "start:stop:step" of whole numbers or "...", got "1-2"',
    () => a.slice("1-2" as never),
  ],
  ['RangeError: slice: "index" expected a slice with a step other than 0, got "::0"', () => a.slice("::0")],
  [
    'ShapeError: slice: "index" expected a bool array with the sizes of its axes of [2, 3], got [3]',
    () => a.slice([true, false, true]),
  ],
  ['RangeError: slice: "index" expected an axis with elements for 0, got shape [0, 3]', () => empty.slice(0)],
  ['RangeError: slice: "index" expected an axis with elements, got shape [0, 3]', () => empty.slice([0])],
  [
    'ShapeError: at().set: "value" expected a shape that broadcasts to [1, 3], got [2, 3]',
    () =>
      a.at("0:1").set([
        [1, 2, 3],
        [1, 2, 3],
      ]),
  ],
  ["ShapeError: at().set: shapes [2] and [3] do not broadcast: sizes 2 and 3 differ", () => a.at(0).set([1, 2])],
  [
    'ShapeError: at().set: "value" expected a shape that broadcasts to [3], got [2, 3]',
    () =>
      a.at(0).set([
        [1, 2, 3],
        [1, 2, 3],
      ]),
  ],
  [
    'TypeError: take: "mode" expected "fill", "clip" or "wrap", got "raise"',
    () => jnp.take(a, [0], { mode: "raise" as never }),
  ],
  [
    'RangeError: take: "indices" expected none for an axis of size 0, got 1',
    () => jnp.take(empty, [0], { axis: 0, mode: "clip" }),
  ],
  ['TypeError: take: "fillValue" expected a number, got "7"', () => jnp.take([1, 2], [5], { fillValue: "7" as never })],
  [
    'ShapeError: takeAlongAxis: "indices" expected 2 axes for shape [2, 3], got shape [1]',
    () => jnp.takeAlongAxis(a, [0], 1),
  ],
  [
    'TypeError: at().add: "x" expected numbers, got bool. Cast it with .astype("int32")',
    () => jnp.array([true]).at(0).add(true),
  ],
  [
    "TypeError: array: JavaScript's operators expected an array of one element, got shape [2, 3]. Use x.mul(2) for x * 2, x.add(1) for x + 1",
    () => (a as never) * 2,
  ],
  ['ShapeError: array: "x" expected arrays of one shape, got [2, 3] and []', () => jnp.array([a, scalar])],
  ['TypeError: round: "x" expected numbers, got bool. Cast it with .astype("int32")', () => jnp.round([true])],
  ['RangeError: round: "decimals" expected at least 0 for integers, got -1', () => jnp.round(new Int32Array([15]), -1)],
  ['ShapeError: nonzero: "x" expected at least one axis, got a scalar. atleast1d gives it one', () => jnp.nonzero(1)],
  ['ShapeError: topK: "x" expected at least one axis, got a scalar', () => jnp.topK(1, 1)],
  ['RangeError: topK: "k" expected 0 to 2 for shape [2], got 3', () => jnp.topK([1, 2], 3)],
  [
    'TypeError: searchsorted: "side" expected "left" or "right", got "middle"',
    () => jnp.searchsorted([1, 2], 1, { side: "middle" as never }),
  ],
  ['ShapeError: searchsorted: "sorted" expected one axis, got shape [1, 2]', () => jnp.searchsorted([[1, 2]], 1)],
  [
    'RangeError: select: "choices" expected as many arrays as conditions, at least one, got 0 for 0',
    () => jnp.select([], []),
  ],
  [
    'RangeError: select: "choices" expected as many arrays as conditions, at least one, got 2 for 1',
    () => jnp.select([[true]], [[1], [2]]),
  ],

  // Arithmetic.
  ["ShapeError: add: shapes [2, 3] and [2] do not broadcast: sizes 3 and 2 differ", () => a.add([1, 2])],
  [
    'RangeError: add: expected a number that fits int32, got 1099511627776. Cast the array with .astype("float32")',
    () => a.add(2 ** 40),
  ],
  [
    'TypeError: subtract: "a" expected numbers, got two bool arrays. Cast one with .astype("int32")',
    () => jnp.subtract([true], [false]),
  ],
  [
    'TypeError: negative: "x" expected numbers, got a bool array. Cast it with .astype("int32")',
    () => jnp.negative([true]),
  ],
  ["TypeError: bitwiseAnd: expected integer or bool arrays, got float32", () => jnp.bitwiseAnd(1.5, 1)],
  ["TypeError: leftShift: expected integer arrays, got float32", () => jnp.leftShift([1.5], 1)],
  [
    'RangeError: power: "b" expected an exponent of at least 0 for integers, got -1. Cast the base with .astype("float32")',
    () => a.pow(-1),
  ],
  ["ShapeError: hypot: shapes [2, 3] and [2] do not broadcast: sizes 3 and 2 differ", () => jnp.hypot(a, [1, 2])],

  // Reductions.
  ['RangeError: sum: "axis" expected an axis from -2 to 1, got 2', () => a.sum(2)],
  ['RangeError: sum: "axis" expected different axes, got [0, 0]', () => a.sum([0, 0])],
  ['TypeError: sum: "axis" expected a number, got "0"', () => a.sum("0" as never)],
  ['TypeError: max: "keepdims" expected a boolean, got 1', () => jnp.max(a, 0, { keepdims: 1 as never })],
  [
    'RangeError: max: "x" expected at least one element along the reduced axes, got shape [0, 3]. There is no "max" of nothing',
    () => empty.max(0),
  ],
  [
    'RangeError: min: "x" expected at least one element along the reduced axes, got shape [0, 3]. There is no "min" of nothing',
    () => empty.min(),
  ],
  [
    'RangeError: argmax: "x" expected at least one element along the reduced axes, got shape [0, 3]. There is no "max" of nothing',
    () => empty.argmax(0),
  ],
  [
    'RangeError: argmin: "x" expected at least one element along the reduced axes, got shape [0]. There is no "min" of nothing',
    () => jnp.zeros([0]).argmin(),
  ],
  ['TypeError: var: "ddof" expected a finite number, got NaN', () => jnp.var(a, { ddof: NaN })],
  ['RangeError: diff: "n" expected at least 0, got -1', () => jnp.diff(a, { n: -1 })],
  ['ShapeError: diff: "x" expected at least one axis, got a scalar', () => jnp.diff(1)],
  ['ShapeError: average: "weights" expected shape [2, 3], got [2]', () => jnp.average(a, { weights: [1, 2] })],
  [
    'ShapeError: average: "weights" expected shape [2, 3] or [3], got [2]',
    () => jnp.average(a, { axis: 1, weights: [1, 2] }),
  ],
  [
    'RangeError: norm: "ord" expected nothing or "fro" for 2 axes, got 1. Name one axis for a vector norm',
    () => jnp.linalg.norm(a, { ord: 1 }),
  ],
  [
    'RangeError: norm: "ord" expected 0, 1, 2, Infinity, -Infinity or "fro", got 3',
    () => jnp.linalg.norm(a, { ord: 3, axis: 0 }),
  ],

  // Products.
  [
    'ShapeError: matmul: "a" [2, 3] and "b" [2, 3] do not fit: expected the last size of "a" to be the first of "b", 2, got 3',
    () => a.matmul(a),
  ],
  [
    'ShapeError: matmul: "a" [] and "b" [2, 3] do not fit: expected at least one axis on each side, got a scalar',
    () => jnp.matmul(scalar, a),
  ],
  [
    "ShapeError: matmul: shapes [2] and [5] do not broadcast: sizes 2 and 5 differ",
    () => jnp.matmul(jnp.ones([2, 3, 4]), jnp.ones([5, 4, 6])),
  ],
  [
    "ShapeError: dot: shapes [2, 3] and [2, 3] do not fit: axis 1 of the first has size 3, axis 0 of the second 2",
    () => jnp.dot(a, a),
  ],
  [
    "ShapeError: vdot: shapes [2, 3] and [2] do not fit: expected as many elements, got 6 and 2",
    () => jnp.vdot(a, [1, 2]),
  ],
  [
    "ShapeError: tensordot: shapes [2, 3] and [2, 3] do not fit: expected at least 3 axes on each side, got 2 and 2",
    () => jnp.tensordot(a, a, 3),
  ],
  [
    'TypeError: tensordot: "axes" expected a number or two lists of axes, got "1"',
    () => jnp.tensordot(a, a, "1" as never),
  ],
  [
    'ShapeError: tensordot: "axes" expected as many axes of "a" [2, 3] as of "b" [2, 3], got 1 and 2',
    () => jnp.tensordot(a, a, [[0], [0, 1]]),
  ],
  [
    "ShapeError: tensordot: shapes [2, 3] and [2, 3] do not fit: axis 0 of the first has size 2, axis 1 of the second 3",
    () => jnp.tensordot(a, a, [[0], [1]]),
  ],
  ['ShapeError: diagonal: "x" expected at least two axes, got shape [2]', () => jnp.diagonal([1, 2])],
  ['TypeError: einsum: "subscripts" expected a string such as "ij,jk->ik", got 3', () => jnp.einsum(3 as never, a)],
  ['RangeError: einsum: "subscripts" expected one "->" at most, got "ij->i->j"', () => jnp.einsum("ij->i->j", a)],
  [
    'RangeError: einsum: "subscripts" expected 1 operands between commas, as many as there are arrays, got "ij,jk->ik"',
    () => jnp.einsum("ij,jk->ik", a),
  ],
  [
    'ShapeError: einsum: "subscripts" expected a term for shape [2, 3] of operand 0, got "ijk" in "ijk->i": 3 letters for 2 axes',
    () => jnp.einsum("ijk->i", a),
  ],
  [
    'RangeError: einsum: "subscripts" expected an output of letters that an operand has, and "k" is in none, got "ij->ik"',
    () => jnp.einsum("ij->ik", a),
  ],
  [
    'RangeError: einsum: "subscripts" expected every letter once in the output, got "ij->ii"',
    () => jnp.einsum("ij->ii", a),
  ],
  [
    'RangeError: einsum: "subscripts" expected letters and at most one "..." a term, and "i1" is not that, got "i1->i"',
    () => jnp.einsum("i1->i", a),
  ],
  [
    'ShapeError: einsum: shapes [2, 3] and [2, 3] do not fit "ij,jk->ik": "j" has sizes 3 and 2',
    () => jnp.einsum("ij,jk->ik", a, a),
  ],
  [
    'ShapeError: einsum: shape [1, 3] does not fit "ii->i": "i" has sizes 1 and 3 in one operand',
    () => jnp.einsum("ii->i", [[1, 2, 3]]),
  ],
  [
    'ShapeError: einsum: shapes [2, 3] and [4, 3] do not fit "...i,...i": the ellipsis has sizes 2 and 4',
    () => jnp.einsum("...i,...i", jnp.ones([2, 3]), jnp.ones([4, 3])),
  ],
];
