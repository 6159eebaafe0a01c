/** Every error of the short forms among the functions of `numpy`, and of the namespaces beside it. */
import { image, lax, nn, nnx, numpy as jnp, ShapeDtypeStruct, traverseUtil, tree } from "../../src/index.ts";
import type { Failure } from "./failure.ts";

export const NAMES: readonly Failure[] = [
  [
    'TypeError: nnx.relu: "options" expected nothing, got "axis"',
    () => (nnx.relu as (...all: unknown[]) => unknown)([1], { axis: 0 }),
  ],
  [
    'TypeError: sum: "options" expected axis, dtype, out, keepdims, got "zz"',
    () => jnp.ones([2]).sum({ zz: 1 } as never),
  ],
  [
    'TypeError: nnx.initializers.lecunNormal: "options" expected inAxis, outAxis, batchAxis, dtype, got "zz"',
    () => nnx.initializers.lecunNormal({ zz: 1 } as never),
  ],
  [
    'TypeError: nnx.forkRngs: "options" expected split, got "splits". Did you mean "split"?',
    () => nnx.forkRngs({ splits: 2 } as never),
  ],
  [
    'TypeError: nnx.splitRngs: "options" expected splits, only, squeeze, got "num"',
    () => nnx.splitRngs({ num: 2 } as never),
  ],
  ['TypeError: nnx.RngStream: "options" expected tag, got "name"', () => new nnx.RngStream(0, { name: "a" } as never)],
  ['TypeError: nnx.foriLoop: "body" expected a function, got 5', () => nnx.foriLoop(0, 3, 5 as never, 1)],
  [
    'TypeError: nnx.switch: "branches[1]" expected a function, got undefined',
    () => nnx.switch(0, [() => 1, undefined as never]),
  ],
  ['TypeError: nnx.cond: "trueFn" expected a function, got 1', () => nnx.cond(true, 1 as never, () => 2)],
  ['TypeError: nnx.cond: "falseFn" expected a function, got 1', () => nnx.cond(true, () => 2, 1 as never)],
  [
    'TypeError: nnx.StateAxes: "axes" expected pairs of a filter and an axis, got 0',
    () => new nnx.StateAxes(0 as never),
  ],
  [
    'TypeError: nnx.StateAxes: "axes" expected pairs of a filter and an axis, got 1',
    () => new nnx.StateAxes([1] as never),
  ],
  [
    'TypeError: nnx.toPureDict: "extractFn" expected a function, got 1',
    () => nnx.toPureDict(nnx.state(new nnx.Rngs(0)), { extractFn: 1 as never }),
  ],
  [
    'TypeError: isdtype: "kind" expected a word such as "integral", a dtype or a list, got 1',
    () => jnp.isdtype("int8", 1 as never),
  ],
  [
    "TypeError: nnx.shardMap is not in flaxen: one device, no sharding",
    () => (nnx.shardMap as never as (f: () => void) => void)(() => undefined),
  ],
  [
    'TypeError: gcd: "b" expected integers, got float32. Cast it with .astype("int32"), or pass bigints',
    () => jnp.gcd([2n], [1.5]),
  ],
  [
    'TypeError: issubdtype: "dtype" expected a dtype such as jnp.float32 or a kind such as jnp.floating, got "float31"',
    () => jnp.issubdtype("float31" as never, jnp.floating),
  ],
  [
    'TypeError: canCast: "casting" expected "no", "equiv", "safe", "same_kind" or "unsafe", got "sometimes"',
    () => jnp.canCast("int8", "int16", { casting: "sometimes" as never }),
  ],
  [
    'ShapeError: applyOverAxes: "f" expected to give 3 axes or one less, got shape [8]',
    () => jnp.applyOverAxes((x) => x.reshape([-1]), jnp.zeros([2, 2, 2]), 0),
  ],
  [
    'RangeError: piecewise: "functions" expected 1 or 2 functions, got 0',
    () => jnp.piecewise([1, 2], [[true, false]], []),
  ],
  [
    "TypeError: vectorize: expected 1 arrays by its signature, got 2",
    () => jnp.vectorize((a) => a, { signature: "(n)->()" })([1], [2]),
  ],
  [
    "ShapeError: vectorize: argument 0 expected at least 2 axes, got shape [1]",
    () => jnp.vectorize((a) => a, { signature: "(n,m)->()" })([1]),
  ],
  [
    'TypeError: var: "dtype" expected float32, bfloat16 or float16, got "int32"',
    () => jnp.var([1, 2], { dtype: "int32" }),
  ],
  ['TypeError: nnx.PathIn: "paths" expected lists of names, got "kernel"', () => nnx.PathIn("kernel" as never)],
  [
    'TypeError: vectorize: "signature" expected such as "(n),(n)->()", got "n->m"',
    () => jnp.vectorize((a) => a, { signature: "n->m" }),
  ],
  ['RangeError: fromiter: "iterable" expected 3 numbers, got 2', () => jnp.fromiter([1, 2], { count: 3 })],
  ['TypeError: ldexp: "n" expected integers, got float32. Cast it with .astype("int32")', () => jnp.ldexp([1], [0.5])],
  [
    'TypeError: packbits: "bitorder" expected "big" or "little", got "middle"',
    () => jnp.packbits([true], { bitorder: "middle" as never }),
  ],
  [
    'TypeError: packbits: "x" expected integers or bools, got float32. Compare it with .ne(0)',
    () => jnp.packbits([1.5]),
  ],
  ['TypeError: unpackbits: "x" expected uint8, got float32', () => jnp.unpackbits([1])],
  [
    'RangeError: linalg.multiDot: "arrays" expected at least two, got an array of length 1',
    () => jnp.linalg.multiDot([[1]]),
  ],
  [
    'ShapeError: linalg.multiDot: "arrays[1]" expected a matrix, got shape [1]',
    () => jnp.linalg.multiDot([[1], [1], [1]]),
  ],
  ['ShapeError: linalg.inv: "a" expected at least two axes, got shape [2]', () => jnp.linalg.inv([1, 2])],
  ['ShapeError: linalg.inv: "a" expected square matrices, got shape [1, 2]', () => jnp.linalg.inv([[1, 2]])],
  [
    'TypeError: linalg.qr: "mode" expected "reduced", "complete" or "r", got "full"',
    () => jnp.linalg.qr([[1]], { mode: "full" as never }),
  ],
  [
    'ShapeError: linalg.qr: "a" expected matrices with elements, got shape [0, 2]',
    () => jnp.linalg.qr(jnp.zeros([0, 2])),
  ],
  ['ShapeError: linalg.solve: "b" expected shape [1] or [..., 1, k], got [2]', () => jnp.linalg.solve([[1]], [1, 2])],
  ['ShapeError: gradient: "f" expected at least two elements along each axis, got shape [1]', () => jnp.gradient([1])],
  [
    "RangeError: gradient: expected no spacing, one, or one for each of 2 axes, got 3",
    () =>
      jnp.gradient(
        [
          [1, 2],
          [3, 4],
        ],
        1,
        2,
        3,
      ),
  ],
  [
    'ShapeError: gradient: "spacing" expected a number or 3 coordinates, got shape [2]',
    () => jnp.gradient([1, 2, 3], [1, 2]),
  ],
  [
    'TypeError: interp: "left" and "right" expected values or "extrapolate", got "extend"',
    () => jnp.interp([1], [1], [1], { left: "extend" as never }),
  ],
  [
    'ShapeError: interp: expected "xp" and "fp" of one size, got shapes [2] and [1]',
    () => jnp.interp([1], [1, 2], [1]),
  ],
  ["ShapeError: cross: expected vectors of 2 or 3 numbers, got 4 and 3", () => jnp.cross([1, 2, 3, 4], [1, 2, 3])],
  ['ShapeError: vander: "x" expected one axis, got shape [1, 1]', () => jnp.vander([[1]])],
  ['RangeError: vander: "N" expected at least 0, got -1', () => jnp.vander([1], { N: -1 })],
  ['ShapeError: polyadd: "a" expected one axis, got shape []', () => jnp.polyadd(1, [1])],
  ['ShapeError: polyval: "p" expected at least one axis, got a scalar', () => jnp.polyval(1, 2)],
  ['ShapeError: polydiv: "b" expected coefficients, got none', () => jnp.polydiv([1], [])],
  ['RangeError: polyder: "m" expected at least 0, got -1', () => jnp.polyder([1], -1)],
  ['RangeError: polyint: "k" expected one constant or 3, got shape [2]', () => jnp.polyint([1], 3, { k: [1, 2] })],
  [
    'ShapeError: poly: "zeros" expected one axis, got shape [2, 2]',
    () =>
      jnp.poly([
        [1, 2],
        [3, 4],
      ]),
  ],
  ['RangeError: polyfit: "deg" expected at least 0, got -1', () => jnp.polyfit([1, 2], [1, 2], -1)],
  ['ShapeError: polyfit: "y" expected shape [2] or [2, k], got [3]', () => jnp.polyfit([1, 2], [1, 2, 3], 1)],
  ['RangeError: polyfit: "deg" expected less than the 2 points, got 2', () => jnp.polyfit([1, 2], [1, 2], 2)],
  ['ShapeError: polyfit: "w" expected shape [2], got [1]', () => jnp.polyfit([1, 2], [1, 2], 1, { w: [1] })],
  ["RangeError: geomspace: expected two numbers of one sign, neither 0, got -1 and 2", () => jnp.geomspace(-1, 2)],
  ['ShapeError: cumulativeSum: "x" expected at least one axis, got a scalar', () => jnp.cumulativeSum(1)],
  ['ShapeError: cumulativeProd: "axis" expected an axis for shape [1, 1], got none', () => jnp.cumulativeProd([[1]])],
  ['TypeError: nanvar: "ddof" expected a finite number, got "1"', () => jnp.nanvar([1], { ddof: "1" as never })],
  ['ShapeError: insert: "obj" expected at most one axis, got shape [1, 1]', () => jnp.insert([1], [[1]], 2)],
  ['ShapeError: delete: "obj" expected 2 bools, got shape [1]', () => jnp.delete([1, 2], [true])],
  ['RangeError: rollaxis: "start" expected -1 to 1, got 2', () => jnp.rollaxis([1], 0, 2)],
  ['TypeError: trimZeros: "trim" expected "f", "b" or "fb", got "x"', () => jnp.trimZeros([1], "x")],
  ['TypeError: block: "arrays" expected lists of one depth, none empty, got depths 1, 0', () => jnp.block([[1], 2])],
  [
    'ShapeError: diagIndicesFrom: "x" expected two axes or more of one size, got shape [1, 2]',
    () => jnp.diagIndicesFrom([[1, 2]]),
  ],
  ['ShapeError: trilIndicesFrom: "x" expected two axes, got shape [1]', () => jnp.trilIndicesFrom([1])],
  ["ShapeError: ix_: expected one axis, got shape [1, 1]", () => jnp.ix_([[1]])],
  [
    "ShapeError: ravelMultiIndex: expected as many lists as dimensions, at least one, got 1 for [2, 3]",
    () => jnp.ravelMultiIndex([[1]], [2, 3]),
  ],
  [
    'TypeError: ravelMultiIndex: expected "mode" "raise", "clip" or "wrap" and "order" "C" or "F", got "raise" and "A"',
    () => jnp.ravelMultiIndex([[1]], [2], { order: "A" as never }),
  ],
  ['RangeError: ravelMultiIndex: "multiIndex[0]" expected 0 to 1, got others', () => jnp.ravelMultiIndex([[2]], [2])],
  ['ShapeError: compress: "condition" expected one axis, got shape [1, 1]', () => jnp.compress([[true]], [1])],
  [
    'ShapeError: compress: "condition" expected true among the first 1 only, got one beyond',
    () => jnp.compress([false, true], [1]),
  ],
  [
    'TypeError: choose: "mode" expected "raise", "clip" or "wrap", got "fill"',
    () => jnp.choose([0], [[1]], { mode: "fill" as never }),
  ],
  ['RangeError: choose: "a" expected 0 to 0, got others. Use { mode: "clip" } or "wrap"', () => jnp.choose([1], [[1]])],
  [
    'TypeError: put: "inplace" expected false, got undefined. Arrays are immutable: write y = put(x, ..., { inplace: false })',
    () => jnp.put([1], 0, 2, {} as never),
  ],
  [
    "ShapeError: place: expected a mask of 1 bools and some values, got 2 bools and 1 values",
    () => jnp.place([1], [true, false], 1, { inplace: false }),
  ],
  [
    'TypeError: put: "mode" expected "clip" or "wrap", got "fill"',
    () => jnp.put([1], 0, 1, { inplace: false, mode: "fill" as never }),
  ],
  [
    'ShapeError: putAlongAxis: "indices" expected 1 axes, got shape [1, 1]',
    () => jnp.putAlongAxis([1], [[0]], 1, 0, { inplace: false }),
  ],
  [
    'ShapeError: fillDiagonal: "x" expected two axes, or more of one size, got shape [1]',
    () => jnp.fillDiagonal([1], 1, { inplace: false }),
  ],
  ['ShapeError: lexsort: "keys" expected arrays of one shape, got [1], [2]', () => jnp.lexsort([[1], [1, 2]])],
  ['TypeError: digitize: "right" expected a boolean, got 1', () => jnp.digitize([1], [1], { right: 1 as never })],
  ['ShapeError: digitize: "bins" expected one axis, got shape []', () => jnp.digitize([1], 1)],
  [
    'TypeError: convolve: "mode" expected "full", "same" or "valid", got "half"',
    () => jnp.convolve([1], [1], { mode: "half" as never }),
  ],
  ['ShapeError: convolve: "v" expected one axis with elements, got shape [0]', () => jnp.convolve([1], [])],
  ['ShapeError: cov: "x" expected at most two axes, got shape [1, 1, 1]', () => jnp.cov([[[1]]])],
  ['ShapeError: cov: "aweights" expected shape [2], got [1]', () => jnp.cov([[1, 2]], { aweights: [1] })],
  ['TypeError: cov: "fweights" expected integers, got float32', () => jnp.cov([[1, 2]], { fweights: [1, 2] })],
  [
    'TypeError: bincount: "x" expected integers, got float32. Cast it with .astype("int32"), or pass bigints',
    () => jnp.bincount([1.5]),
  ],
  ['ShapeError: bincount: "x" expected one axis, got shape [1, 1]', () => jnp.bincount([[1n]])],
  ['ShapeError: bincount: "weights" expected shape [1], got [2]', () => jnp.bincount([1n], { weights: [1, 2] })],
  [
    'ShapeError: histogramBinEdges: "bins" expected one axis, got shape [1, 1]',
    () => jnp.histogramBinEdges([1], { bins: [[1]] }),
  ],
  [
    'TypeError: histogramBinEdges: "range" expected [low, high], got an array of length 1',
    () => jnp.histogramBinEdges([1], { range: [1] as never }),
  ],
  ['ShapeError: histogram: "weights" expected shape [1], got [2]', () => jnp.histogram([1], { weights: [1, 2] })],
  ['ShapeError: histogramdd: "sample" expected two axes, got shape [1]', () => jnp.histogramdd([1])],
  [
    "ShapeError: histogramdd: expected bins and ranges for 2 axes, got 1 and 2",
    () => jnp.histogramdd([[1, 2]], { bins: [1] }),
  ],
  [
    'TypeError: quantile: "method" expected "linear", "lower", "higher", "midpoint" or "nearest", got "best"',
    () => jnp.quantile([1], 0.5, { method: "best" as never }),
  ],
  ['ShapeError: quantile: "q" expected at most one axis, got shape [1, 1]', () => jnp.quantile([1], [[0.5]])],
  [
    "RangeError: lax.reducePrecision: expected 8 and 7, 5 and 10 or 8 and 23 bits, got 4 and 3",
    () => lax.reducePrecision([1], 4, 3),
  ],
  [
    'ShapeError: lax.broadcastInDim: "broadcastDimensions" expected 1 axes for shape [1], got 2',
    () => lax.broadcastInDim([1], [2, 3], [0, 1]),
  ],
  ["RangeError: lax.collapse: expected axes from 0 to 1, got 2 and undefined", () => lax.collapse([1], 2)],
  [
    "ShapeError: lax.dynamicSlice: expected a start and a size within shape [2] for each axis, got 1 starts and sizes [3]",
    () => lax.dynamicSlice([1, 2], [0], [3]),
  ],
  ['ShapeError: lax.dynamicSliceInDim: "sliceSize" expected 0 to 1, got 2', () => lax.dynamicSliceInDim([1], 0, 2)],
  [
    "ShapeError: lax.slice: expected a start and an end within shape [2] for each axis, got [0] and [3]",
    () => lax.slice([1, 2], [0], [3]),
  ],
  ['ShapeError: lax.pad: "paddingConfig" expected 1 triples, got 0', () => lax.pad([1], 0, [])],
  ['TypeError: lax.scan: "f" expected a function, got 5', () => lax.scan(5 as never, 0, jnp.array([1]))],
  [
    'TypeError: lax.scan: "f" expected to give [carry, y], got 5',
    () => lax.scan((() => 5) as never, 0, jnp.array([1])),
  ],
  ['ShapeError: lax.scan: "xs" expected leaves of one length, got none', () => lax.scan((c) => [c, c], 0, null)],
  [
    'ShapeError: lax.scan: "xs" expected at least one axis, got a scalar',
    () => lax.scan((c) => [c, c], 0, jnp.array(1)),
  ],
  ['TypeError: lax.map: "f" expected a function, got 5', () => lax.map(5 as never, jnp.array([1]))],
  [
    'TypeError: lax.associativeScan: "f" expected a function, got 5',
    () => lax.associativeScan(5 as never, jnp.array([1])),
  ],
  [
    'ShapeError: lax.associativeScan: "elems" expected leaves of one length, got 1, 2',
    () => lax.associativeScan((a) => a, [jnp.array([1]), jnp.array([1, 2])]),
  ],
  [
    "ShapeError: lax.reduceWindow: expected 1 entries for shape [1] in each list",
    () => lax.reduceWindow([1], 0, lax.add, [1, 1], [1], "VALID"),
  ],
  [
    'TypeError: lax.reduceWindow: "padding" expected "SAME", "VALID" or pairs, got "FULL"',
    () => lax.reduceWindow([1], 0, lax.add, [1], [1], "FULL" as never),
  ],
  [
    "ShapeError: lax.dot: expected one or two axes each, got shapes [1, 1, 1] and [1]",
    () => lax.dot(jnp.zeros([1, 1, 1]), [1]),
  ],
  [
    'ShapeError: lax.dotGeneral: "dimensionNumbers" expected as many axes of the left as of the right',
    () =>
      lax.dotGeneral(
        [1],
        [1],
        [
          [[0], []],
          [[], []],
        ],
      ),
  ],
  [
    "ShapeError: lax.convGeneralDilated: expected as many axes in both, at least two, got shapes [1] and [1]",
    () => lax.conv([1], [1], [], "SAME"),
  ],
  [
    'ShapeError: lax.convGeneralDilated: "dimensionNumbers" expected the letters of WIO for the kernel, got "OIH"',
    () =>
      lax.convGeneralDilated(jnp.ones([1, 1, 4]), jnp.ones([1, 1, 2]), [1], "SAME", {
        dimensionNumbers: ["NCW", "OIH", "NCW"],
      }),
  ],
  [
    "ShapeError: lax.convGeneralDilated: expected 1 entries in each list",
    () => lax.convGeneralDilated(jnp.ones([1, 1, 4]), jnp.ones([1, 1, 2]), [1, 1], "SAME"),
  ],
  [
    "ShapeError: lax.convGeneralDilated: expected a kernel of 1 features in 1 groups, got 2 inputs and 1 outputs",
    () => lax.convGeneralDilated(jnp.ones([1, 1, 4]), jnp.ones([1, 2, 2]), [1], "SAME"),
  ],
  [
    'TypeError: lax.convGeneralDilated: "padding" expected "SAME", "SAME_LOWER", "VALID" or pairs, got "FULL"',
    () => lax.convGeneralDilated(jnp.ones([1, 1, 4]), jnp.ones([1, 1, 2]), [1], "FULL" as never),
  ],
  [
    'TypeError: nn.dotProductAttention: "scale" expected a number, got "1"',
    () =>
      nn.dotProductAttention(jnp.ones([1, 1, 1, 1]), jnp.ones([1, 1, 1, 1]), jnp.ones([1, 1, 1, 1]), {
        scale: "1" as never,
      }),
  ],
  [
    'ShapeError: image.resize: "shape" expected 2 sizes for shape [1, 1], got [2]',
    () => image.resize([[1]], [2], "nearest"),
  ],
  [
    'TypeError: image.resize: "method" expected "nearest", "linear", "bilinear", "cubic", "bicubic", "lanczos3" or "lanczos5", got "best"',
    () => image.resize([1], [2], "best" as never),
  ],
  [
    "ShapeError: image.scaleAndTranslate: expected a scale and a translation for each of 1 axes, and the image's sizes along the others, got 2, 1 and an array of length 1",
    () => image.scaleAndTranslate([1], [2], [0], [1, 1], [0], "linear"),
  ],
  ['TypeError: tree.map: "f" expected a function, got 5', () => tree.map(5 as never, [1])],
  [
    'TypeError: tree.unflatten: "structure" expected what tree.structure gives, got 5',
    () => tree.unflatten(5 as never, []),
  ],
  ['RangeError: tree.unflatten: "leaves" expected 1, got 0', () => tree.structure([1]).unflatten([])],
  [
    'TypeError: tree.reduce: "tree" expected leaves, got none. Pass a value to begin with',
    () => tree.reduce((a) => a, {}),
  ],
  [
    'RangeError: tree.transpose: "tree" expected 1 times 2 leaves, got 1',
    () => tree.transpose(tree.structure([1]), tree.structure([1, 2]), [1]),
  ],
  [
    'TypeError: tree.registerPytreeNode: "target" expected a class, got 5',
    () =>
      tree.registerPytreeNode(
        5 as never,
        () => [[], null],
        () => ({}),
      ),
  ],
  [
    'TypeError: ShapeDtypeStruct: "dtype" expected a dtype such as jnp.float32, got "float31"',
    () => new ShapeDtypeStruct([1], "float31" as never),
  ],
  ['TypeError: nnx.cachedPartial: "f" expected a function, got 5', () => nnx.cachedPartial(5 as never)],
  [
    'TypeError: tree.leaves: "options" expected isLeaf, got "leaf". Did you mean "isLeaf"?',
    () => tree.leaves(1, { leaf: null } as never),
  ],
  ['TypeError: tree.all: "isLeaf" expected a function, got 1', () => tree.all(1, { isLeaf: 1 } as never)],
  [
    'TypeError: traverseUtil.flattenDict: "options" expected sep, got "separator"',
    () => traverseUtil.flattenDict({}, { separator: "/" } as never),
  ],
  [
    'TypeError: traverseUtil.unflattenDict: "sep" expected a text, got 1',
    () => traverseUtil.unflattenDict({}, { sep: 1 } as never),
  ],
];
