/** Calls of numpy functions of which `abstract.test.ts` compares the shapes and dtypes with and without values. */
import { numpy as jnp } from "../../src/index.ts";

export type Make = (shape: number[], dtype?: jnp.DType) => jnp.NDArray;
export type Call = (make: Make) => unknown;

/** Functions of an array of shape [2, 3]. */
export const MORE_UNARY = `
  acos acosh angle arccos arccosh arcsin arcsinh arctan arctanh asin asinh atan atanh cbrt conj conjugate cosh fabs
  frexp i0 imag isneginf isposinf isreal iscomplex modf positive real rint sinc sinh unwrap median
  nanargmax nanargmin nancumprod nancumsum nanmedian nanstd nanvar trapezoid ediff1d
`;

/** Functions of arrays of shapes [2, 1] and [3]. */
export const MORE_BINARY = "arctan2 atan2 divmod floatPower fmax fmin fmod heaviside logaddexp2 nextafter";

export const MORE_CALLS: readonly (readonly [string, Call])[] = [
  ["histogramBinEdges", (x) => jnp.histogramBinEdges(x([4]), { bins: 3, range: [0, 1] })],
  ["histogram", (x) => jnp.histogram(x([4]), { bins: 3, range: [0, 1] })],
  ["applyAlongAxis", (x) => jnp.applyAlongAxis((row: jnp.NDArray) => row.sum(), 1, x([2, 3]))],
  ["applyOverAxes", (x) => jnp.applyOverAxes(jnp.sum, x([2, 3]), [0, 1])],
  ["argpartition", (x) => jnp.argpartition(x([2, 3]), 1)],
  ["bitwiseCount", (x) => jnp.bitwiseCount(x([2], "uint8"))],
  ["block", (x) => jnp.block([[x([2, 1]), x([2, 3])]])],
  ["canCast", () => jnp.canCast("int8", "float32")],
  ["convolve", (x) => jnp.convolve(x([5]), x([3]))],
  ["corrcoef", (x) => jnp.corrcoef(x([2, 5]))],
  ["correlate", (x) => jnp.correlate(x([5]), x([3]))],
  ["cov", (x) => jnp.cov(x([2, 5]))],
  ["cross", (x) => jnp.cross(x([2, 3]), x([3]))],
  ["cumulativeProd", (x) => jnp.cumulativeProd(x([3]))],
  ["cumulativeSum", (x) => jnp.cumulativeSum(x([3]))],
  ["delete", (x) => jnp.delete(x([4, 2]), 1, 0)],
  ["diagIndices", () => jnp.diagIndices(3)],
  ["diagIndicesFrom", (x) => jnp.diagIndicesFrom(x([3, 3]))],
  ["diagflat", (x) => jnp.diagflat(x([2, 2]), 1)],
  ["dtype", () => jnp.dtype("float32")],
  ["fillDiagonal", (x) => jnp.fillDiagonal(x([3, 3]), 1, { inplace: false })],
  ["fromfunction", () => jnp.fromfunction((i: jnp.NDArray, j: jnp.NDArray) => i.add(j), [2, 3])],
  ["gradient", (x) => jnp.gradient(x([3, 4]))],
  ["hamming", () => jnp.hamming(4)],
  ["hanning", () => jnp.hanning(4)],
  ["bartlett", () => jnp.bartlett(4)],
  ["blackman", () => jnp.blackman(4)],
  ["kaiser", () => jnp.kaiser(4, 2)],
  ["indices", () => jnp.indices([2, 3])],
  ["insert", (x) => jnp.insert(x([4]), 1, 5, 0)],
  ["interp", (x) => jnp.interp(x([3]), x([4]), x([4]))],
  ["iscomplexobj", (x) => jnp.iscomplexobj(x([3]))],
  ["isrealobj", (x) => jnp.isrealobj(x([3]))],
  ["isdtype", () => jnp.isdtype("float32", "real floating")],
  ["isscalar", () => jnp.isscalar(3)],
  ["issubdtype", () => jnp.issubdtype("float32", "float32")],
  ["ix_", (x) => jnp.ix_(x([2], "int32"), x([3], "int32"))],
  ["ldexp", (x) => jnp.ldexp(x([3]), x([3], "int32"))],
  ["lexsort", (x) => jnp.lexsort([x([3]), x([3])])],
  ["logspace", () => jnp.logspace(0, 1, 4)],
  ["logspace of arrays", (x) => jnp.logspace(x([2, 1]), x([3]), 4, { axis: -1 })],
  ["linspace of arrays", (x) => jnp.linspace(x([2, 1]), x([3]), 4, { axis: 1, retstep: true })],
  ["geomspace", () => jnp.geomspace(1, 10, 4)],
  ["geomspace of arrays", (x) => jnp.geomspace(x([2, 1]), x([3]), 4, { axis: 1 })],
  ["logsumexp with weights", (x) => jnp.logsumexp(x([2, 3]), 1, x([3]), { where: x([2, 1]), returnSign: true })],
  ["nanpercentile", (x) => jnp.nanpercentile(x([2, 3]), 50)],
  ["nanquantile", (x) => jnp.nanquantile(x([2, 3]), 0.5)],
  ["ndarray", () => typeof jnp.ndarray],
  ["packbits", (x) => jnp.packbits(x([9], "bool"))],
  ["unpackbits", (x) => jnp.unpackbits(x([2], "uint8"))],
  ["partition", (x) => jnp.partition(x([2, 3]), 1)],
  ["percentile", (x) => jnp.percentile(x([2, 3]), 50)],
  ["piecewise", (x) => jnp.piecewise(x([3]), [x([3], "bool")], [1, 2])],
  ["poly", (x) => jnp.poly(x([2]))],
  ["polyadd", (x) => jnp.polyadd(x([2]), x([3]))],
  ["polyder", (x) => jnp.polyder(x([3]))],
  ["polydiv", (x) => jnp.polydiv(x([3]), x([2]))],
  ["polyfit", (x) => jnp.polyfit([0, 1, 2, 3], x([4]), 1)],
  ["polyint", (x) => jnp.polyint(x([3]))],
  ["polymul", (x) => jnp.polymul(x([2]), x([3]))],
  ["polysub", (x) => jnp.polysub(x([2]), x([3]))],
  ["polyval", (x) => jnp.polyval(x([3]), x([4]))],
  ["put", (x) => jnp.put(x([4]), [1], [2], { inplace: false })],
  ["putAlongAxis", (x) => jnp.putAlongAxis(x([4, 2]), x([1, 2], "int32"), 3, 0, { inplace: false })],
  ["quantile", (x) => jnp.quantile(x([2, 3]), 0.5)],
  ["ravelMultiIndex", (x) => jnp.ravelMultiIndex([x([2], "int32"), x([2], "int32")], [3, 4], { mode: "clip" })],
  ["unravelIndex", (x) => jnp.unravelIndex(x([2], "int32"), [3, 4])],
  ["resize", (x) => jnp.resize(x([2, 3]), [3, 4])],
  ["rollaxis", (x) => jnp.rollaxis(x([2, 3, 4]), 2)],
  ["vander", (x) => jnp.vander(x([3]))],
  ["vectorize", (x) => jnp.vectorize((row: jnp.NDArray) => row.sum(), { signature: "(n)->()" })(x([2, 3]))],
];

/** Functions whose results depend on values. */
export const MORE_VALUES: readonly (readonly [string, Call])[] = [
  ["choose", (x) => jnp.choose(x([3], "int32"), [x([3]), x([3])])],
  ["digitize", (x) => jnp.digitize(x([3]), [0, 1, 2])],
  ["place", (x) => jnp.place(x([3]), x([3], "bool"), [1], { inplace: false })],
  ["trilIndicesFrom", (x) => jnp.trilIndicesFrom(x([3, 3]))],
  ["triuIndicesFrom", (x) => jnp.triuIndicesFrom(x([3, 3]))],
  [
    "histogram2d",
    (x) =>
      jnp.histogram2d(x([4]), x([4]), {
        bins: 3,
        range: [
          [0, 1],
          [0, 1],
        ],
      }),
  ],
  [
    "histogramdd",
    (x) =>
      jnp.histogramdd(x([4, 2]), {
        bins: 3,
        range: [
          [0, 1],
          [0, 1],
        ],
      }),
  ],
  ["bincount", (x) => jnp.bincount(x([4], "int32"), { length: 3 })],
  ["gcd", (x) => jnp.gcd(x([2], "int32"), 6)],
  ["lcm", (x) => jnp.lcm(x([2], "int32"), 6)],
  ["arrayEquiv", (x) => jnp.arrayEquiv(x([2]), x([2]))],
  ["compress", (x) => jnp.compress(x([2], "bool"), x([2]))],
  ["extract", (x) => jnp.extract(x([2], "bool"), x([2]))],
  ["fromiter", (x) => jnp.fromiter(x([2]).tolist() as number[])],
  ["intersect1d", (x) => jnp.intersect1d(x([2]), x([2]))],
  ["maskIndices", (x) => jnp.maskIndices(3, () => x([3, 3]))],
  ["setdiff1d", (x) => jnp.setdiff1d(x([2]), x([2]))],
  ["setxor1d", (x) => jnp.setxor1d(x([2]), x([2]))],
  ["trimZeros", (x) => jnp.trimZeros(x([2]))],
  ["union1d", (x) => jnp.union1d(x([2]), x([2]))],
  ["uniqueAll", (x) => jnp.uniqueAll(x([2]))],
  ["uniqueCounts", (x) => jnp.uniqueCounts(x([2]))],
  ["uniqueInverse", (x) => jnp.uniqueInverse(x([2]))],
  ["uniqueValues", (x) => jnp.uniqueValues(x([2]))],
];
