import { columns, gruStep, lstmStep } from "../../src/array/index.ts";
import type { NDArray } from "../../src/index.ts";
import { image, lax, nn, nnx, numpy as jnp, optax, random } from "../../src/index.ts";

/** Lengths of axes, drawn anew for every run. */
export interface Lengths {
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

export type Range = readonly [low: number, high: number];

/** A differentiable function, and where it is smooth. */
export interface PropertyCase {
  readonly name: string;
  readonly shapes: (lengths: Lengths) => readonly (readonly number[])[];
  readonly f: (...x: NDArray[]) => NDArray;
  /** Where the elements of each input are; the last serves all after it. */
  readonly ranges: readonly Range[];
}

const ANY: Range = [-2, 2];
const POSITIVE: Range = [0.5, 2];
const SMALL: Range = [-0.8, 0.8];

type Shapes = PropertyCase["shapes"];
type Row = readonly [name: string, f: PropertyCase["f"], ...ranges: Range[]];

function group(shapes: Shapes, ...rows: readonly Row[]): PropertyCase[] {
  return rows.map(([name, f, ...ranges]) => ({ name, shapes, f, ranges: ranges.length === 0 ? [ANY] : ranges }));
}

const vector: Shapes = ({ m }) => [[m]];
const matrix: Shapes = ({ m, n }) => [[m, n]];
const cube: Shapes = ({ m, n, k }) => [[m, n, k]];
const pair: Shapes = ({ m, n }) => [
  [m, n],
  [m, n],
];
const row: Shapes = ({ m, n }) => [[m, n], [n]];
const column: Shapes = ({ m, n }) => [
  [m, 1],
  [m, n],
];

const ELEMENTWISE = group(
  matrix,
  ["abs", (x) => jnp.abs(x)],
  ["negative", (x) => jnp.negative(x)],
  ["square", (x) => jnp.square(x)],
  ["reciprocal", (x) => jnp.reciprocal(x), POSITIVE],
  ["exp", (x) => jnp.exp(x)],
  ["exp2", (x) => jnp.exp2(x)],
  ["expm1", (x) => jnp.expm1(x)],
  ["log", (x) => jnp.log(x), POSITIVE],
  ["log2", (x) => jnp.log2(x), POSITIVE],
  ["log10", (x) => jnp.log10(x), POSITIVE],
  ["log1p", (x) => jnp.log1p(x), SMALL],
  ["sqrt", (x) => jnp.sqrt(x), POSITIVE],
  ["sin", (x) => jnp.sin(x)],
  ["cos", (x) => jnp.cos(x)],
  ["tan", (x) => jnp.tan(x), SMALL],
  ["tanh", (x) => jnp.tanh(x)],
  ["logistic", (x) => lax.logistic(x)],
  ["erf", (x) => lax.erf(x)],
  ["erfInv", (x) => lax.erfInv(x), SMALL],
  ["arcsin", (x) => jnp.arcsin(x), SMALL],
  ["arccos", (x) => jnp.arccos(x), SMALL],
  ["arctan", (x) => jnp.arctan(x)],
  ["sinh", (x) => jnp.sinh(x)],
  ["cosh", (x) => jnp.cosh(x)],
  ["arcsinh", (x) => jnp.arcsinh(x)],
  ["arccosh", (x) => jnp.arccosh(x), [1.5, 3]],
  ["arctanh", (x) => jnp.arctanh(x), SMALL],
  ["cbrt", (x) => jnp.cbrt(x), POSITIVE],
  ["sinc", (x) => jnp.sinc(x)],
  ["degrees", (x) => jnp.degrees(x)],
  ["nanToNum", (x) => jnp.nanToNum(x)],
  ["power by 3", (x) => jnp.power(x, 3)],
  ["power by -2", (x) => jnp.power(x, -2), POSITIVE],
  ["power by 0.5", (x) => jnp.power(x, 0.5), POSITIVE],
  ["power of 2", (x) => jnp.power(2, x)],
  ["astype", (x) => x.mul(jnp.ones([1], "float16")).astype("float32")],
  ["clip by numbers", (x) => jnp.clip(x, -1.03, 0.97)],
  ["remainder", (x) => jnp.remainder(x, 1.5), [1.6, 2.9]],
  ["where", (x) => jnp.where(x.gt(0), x.mul(3), jnp.square(x))],
  ["select", (x) => jnp.select([x.gt(1), x.gt(0)], [jnp.exp(x), jnp.square(x)], x)],
  ...[
    nnx.relu,
    nnx.relu6,
    nnx.leakyRelu,
    nnx.elu,
    nnx.celu,
    nnx.selu,
    nnx.gelu,
    nnx.sigmoid,
    nnx.silu,
    nnx.logSigmoid,
    nnx.softplus,
  ].map((fn): Row => [`nnx.${fn.name}`, (x) => fn(x)]),
  ...[nnx.softSign, nnx.hardSigmoid, nnx.hardSilu, nnx.hardTanh].map((fn): Row => [
    `nnx.${fn.name}`,
    (x) => fn(x.mul(2)),
  ]),
  ["nnx.gelu, exact", (x) => nnx.gelu(x, { approximate: false })],
);

const BINARY: readonly Row[] = [
  ["add", (a, b) => jnp.add(a!, b!)],
  ["subtract", (a, b) => jnp.subtract(a!, b!)],
  ["multiply", (a, b) => jnp.multiply(a!, b!)],
  ["divide", (a, b) => jnp.divide(a!, b!), ANY, POSITIVE],
  ["maximum", (a, b) => jnp.maximum(a!, b!)],
  ["minimum", (a, b) => jnp.minimum(a!, b!)],
  ["power", (a, b) => jnp.power(a!, b!), POSITIVE, ANY],
  ["hypot", (a, b) => jnp.hypot(a!, b!)],
  ["logaddexp", (a, b) => jnp.logaddexp(a!, b!)],
  ["logaddexp2", (a, b) => jnp.logaddexp2(a!, b!)],
  ["arctan2", (a, b) => jnp.arctan2(a!, b!), ANY, POSITIVE],
  ["fmax", (a, b) => jnp.fmax(a!, b!)],
  ["remainder by an array", (a, b) => jnp.remainder(a!, b!), [2.2, 2.8], [1.01, 1.04]],
  ["clip to a least array", (a, b) => jnp.clip(a!, b!, 5)],
  ["clip to a greatest array", (a, b) => jnp.clip(a!, -5, b!)],
  ["where of arrays", (a, b) => jnp.where(jnp.arange(a!.shape[0]!).reshape([-1, 1]).mod(2).eq(0), a!, b!)],
];

const REDUCTIONS = group(
  cube,
  ...[undefined, 1, [0, 2], -1].flatMap((axis): Row[] => [
    [`sum along ${axis}`, (x) => jnp.sum(x, axis)],
    [`mean along ${axis}`, (x) => jnp.mean(x, axis)],
    [`var along ${axis}`, (x) => jnp.var(x, axis)],
    [`max along ${axis}`, (x) => jnp.max(x, axis)],
    [`min along ${axis}`, (x) => jnp.min(x, axis)],
    [`prod along ${axis}`, (x) => jnp.prod(x, axis)],
    [`logsumexp along ${axis}`, (x) => nnx.logsumexp(x, axis)],
  ]),
  [
    "cross-entropy of integer labels",
    (x) => {
      const [m, n, k] = x.shape as [number, number, number];
      const labels = jnp
        .arange(m * n, { dtype: "int32" })
        .reshape([m, n])
        .mod(k);
      return optax.softmaxCrossEntropyWithIntegerLabels(x, labels);
    },
  ],
  ["sum, axes kept", (x) => jnp.sum(x, [0, 1], { keepdims: true })],
  ["std", (x) => jnp.std(jnp.concatenate([x, jnp.full([1, ...x.shape.slice(1)], -2)]), 0, { ddof: 1 }), POSITIVE],
  ["ptp", (x) => jnp.ptp(x, 2)],
  ["nansum", (x) => jnp.nansum(x, 1)],
  ["nanmean", (x) => jnp.nanmean(x, 1)],
  ["nanprod", (x) => jnp.nanprod(x, 1)],
  ["nanmax", (x) => jnp.nanmax(x, 1)],
  ["nanmin", (x) => jnp.nanmin(x, 1)],
  ["average", (x) => jnp.average(x, { axis: 1 })],
  ["linalg.norm", (x) => jnp.linalg.norm(x, { axis: 2 }), POSITIVE],
  ["linalg.norm of order 1", (x) => jnp.linalg.norm(x, { ord: 1, axis: 1 })],
  ["linalg.norm of order infinity", (x) => jnp.linalg.norm(x, { ord: Infinity, axis: 1 })],
  ["cumsum", (x) => jnp.cumsum(x, 1)],
  ["cumprod", (x) => jnp.cumprod(x, 1)],
  ["cumprod of all", (x) => jnp.cumprod(x)],
  ["diff", (x) => jnp.diff(jnp.concatenate([x, x.mul(x)], 1), { axis: 1 })],
  ["sort", (x) => jnp.sort(x, { axis: 1 })],
  ["topK", (x) => lax.topK(x, 1)[0]],
  ["nnx.softmax", (x) => nnx.softmax(x, 1)],
  ["nnx.softmax along two axes", (x) => nnx.softmax(x, [0, 2])],
  ["nnx.logSoftmax", (x) => nnx.logSoftmax(x, -1)],
  [
    "nnx.standardize",
    (x) =>
      nnx.standardize(
        jnp.concatenate(
          [x!, jnp.full([...x!.shape.slice(0, -1), 1], -4), jnp.sin(x!), jnp.full([...x!.shape.slice(0, -1), 1], 4)],
          -1,
        ),
      ),
  ],
  ["nnx.glu", (x) => nnx.glu(jnp.concatenate([x, jnp.sin(x)], 1), 1)],
);

const MOVING = group(
  cube,
  ["reshape", (x) => jnp.reshape(x, [-1])],
  ["transpose", (x) => jnp.transpose(x, [2, 0, 1])],
  ["swapaxes", (x) => jnp.swapaxes(x, 0, 2)],
  ["moveaxis", (x) => jnp.moveaxis(x, 0, -1)],
  ["broadcastTo", (x) => jnp.broadcastTo(x.sum(1, { keepdims: true }), [2, ...x.shape])],
  ["concatenate", (x) => jnp.concatenate([x, jnp.square(x), x], 1)],
  ["stack", (x) => jnp.stack([x, jnp.square(x)], 1)],
  ["split", (x) => jnp.split(jnp.concatenate([x, x.mul(2)], 1), 2, 1)[1]!.mul(x)],
  ["tile", (x) => jnp.tile(x, [2, 1, 3])],
  ["repeat", (x) => jnp.repeat(x, 2, 1)],
  ["flip", (x) => jnp.flip(x, [0, 2])],
  ["roll", (x) => jnp.roll(x, 2, 1)],
  ["roll of all", (x) => jnp.roll(x, 1)],
  ["rot90", (x) => jnp.rot90(x)],
  ["tril", (x) => jnp.tril(x)],
  ["triu", (x) => jnp.triu(x, 1)],
  ["trace", (x) => jnp.trace(x)],
  ["diagonal", (x) => jnp.diagonal(x)],
  ["diag", (x) => jnp.diag(x.reshape([-1]))],
  ["copy", (x) => jnp.array(x).mul(x)],
  ...(["constant", "edge", "reflect", "symmetric", "wrap"] as const).map((mode): Row => [
    `pad, ${mode}`,
    (x) =>
      jnp.pad(
        jnp.concatenate([x, jnp.square(x)], 1),
        [
          [0, 0],
          [1, 1],
          [0, 0],
        ],
        { mode },
      ),
  ]),
  ["slice", (x) => x.slice("...", "::-1", 0)],
  ["slice by an array", (x) => x.slice([0, 0, -1], ":", [0, -1, 0])],
  ["take", (x) => jnp.take(x, [0, 0, -1], { axis: 1 })],
  ["take beyond the end", (x) => jnp.nanToNum(jnp.take(x, [0, 7], { axis: 1 }))],
  ["takeAlongAxis", (x) => jnp.takeAlongAxis(x, jnp.argsort(x, { axis: 1 }), 1)],
);

const WRITING = group(
  ({ m, n }) => [[m + 2, n], [n]],
  ["at().set", (x, y) => x!.at(1).set(y!)],
  ["at().set of one place twice", (x, y) => x!.at([1, 0, 1]).set(y!)],
  ["at().add", (x, y) => x!.at([1, 0, 1]).add(y!)],
  ["at().multiply", (x, y) => x!.at([1, 0]).multiply(y!)],
  ["at().multiply by a number", (x) => x!.at([1, 0]).multiply(3)],
  ["at().min", (x, y) => x!.at([1, 0]).min(y!)],
  ["at().max", (x, y) => x!.at([1, 0]).max(y!)],
);

/** Matrices that are far from singular. */
function dominant(a: NDArray): NDArray {
  return a.add(jnp.eye(a.shape[0]!).mul(8));
}

const LINALG = [
  ...group(
    ({ m, k }) => [
      [m, m],
      [m, k],
    ],
    ["linalg.solve", (a, b) => jnp.linalg.solve(dominant(a!), b!)],
  ),
  ...group(
    ({ m }) => [[m, m]],
    ["linalg.inv", (a) => jnp.linalg.inv(dominant(a!))],
    ["linalg.det", (a) => jnp.linalg.det(dominant(a!).mul(0.125))],
    ["linalg.slogdet", (a) => jnp.linalg.slogdet(dominant(a!)).logabsdet],
    ["linalg.cholesky", (a) => jnp.linalg.cholesky(dominant(a!))],
    ["linalg.qr", (a) => jnp.linalg.qr(dominant(a!))[1]],
    ["linalg.matrixPower", (a) => jnp.linalg.matrixPower(a!, 3)],
  ),
  ...group(matrix, ["ldexp", (x) => jnp.ldexp(x!, 2)], ["frexp", (x) => jnp.frexp(x!)[0]], ["i0", (x) => jnp.i0(x!)]),
];

const SPACES = [
  ...group(
    ({ m, n }) => [[m + 1, n + 2]],
    ["image.resize", (x) => image.resize(x!, [3, 4], "bicubic")],
    ["image.resize, nearest", (x) => image.resize(x!, [3, 4], "nearest")],
    ["lax.reduceWindow, max", (x) => lax.reduceWindow(x!, -Infinity, lax.max, [2, 2], [1, 1], "VALID")],
    ["lax.reduceWindow, sum", (x) => lax.reduceWindow(x!, 0, lax.add, [2, 2], [1, 2], "SAME")],
    ["lax.cummax", (x) => lax.cummax(x!, 1)],
    ["lax.cumlogsumexp", (x) => lax.cumlogsumexp(x!, 1)],
    ["lax.dynamicSlice", (x) => lax.dynamicSlice(x!, [1, 0], [1, 2])],
    ["lax.dynamicUpdateSlice", (x) => lax.dynamicUpdateSlice(x!, jnp.square(x!.slice("0:1", "0:2")), [1, 0])],
    [
      "lax.pad",
      (x) =>
        lax.pad(x!, 0, [
          [1, 0, 1],
          [-1, 1, 0],
        ]),
    ],
    ["lax.rsqrt", (x) => lax.rsqrt(x!), POSITIVE],
    ["quantile", (x) => jnp.quantile(x!, [0.2, 0.7], { axis: 1 })],
    ["median", (x) => jnp.median(x!, 1)],
    ["nanvar", (x) => jnp.nanvar(x!, 1)],
    ["cov", (x) => jnp.cov(x!)],
    ["trapezoid", (x) => jnp.trapezoid(x!)],
    ["gradient", (x) => jnp.gradient(x!, { axis: 1 }) as NDArray],
    ["polyval", (x) => jnp.polyval(x!.slice(0), x!.slice(1))],
    ["linspace", (x) => jnp.linspace(x!.slice(0), x!.slice(1), 4, { axis: 1, endpoint: false })],
    ["insert", (x) => jnp.insert(x!, [0, 1], x!.slice(0, 0), 1)],
    ["nn.mish", (x) => nn.mish(x!)],
    ["nn.squareplus", (x) => nn.squareplus(x!)],
    ["nn.log1mexp", (x) => nn.log1mexp(x!), POSITIVE],
    ["nn.logmeanexp", (x) => nn.logmeanexp(x!, 1)],
    ["nn.logmeanexp where", (x) => nn.logmeanexp(x!, 1, { where: jnp.arange(x!.shape[1]!).ne(1) })],
  ),
  ...group(
    ({ m }) => [[m + 2]],
    ["histogramBinEdges", (x) => jnp.histogramBinEdges(x!, 3)],
    [
      "histogramBinEdges of a range",
      (x) => jnp.histogramBinEdges([0, 1], 3, { range: [x!.slice(0), x!.slice(1)] as never }),
    ],
  ),
  ...group(
    ({ m, n }) => [[m + 2], [n]],
    ["convolve", (a, v) => jnp.convolve(a!, v!)],
    ["correlate", (a, v) => jnp.correlate(a!, v!, { mode: "full" })],
    ["polymul", (a, v) => jnp.polymul(a!, v!)],
  ),
  ...group(
    ({ m, n }) => [
      [1, 2, m + 2, n + 2],
      [3, 2, 2, 2],
    ],
    ["lax.convGeneralDilated", (x, k) => lax.convGeneralDilated(x!, k!, [1, 2], "SAME")],
  ),
  ...group(
    ({ m }) => [
      [m, 3],
      [m, 3],
    ],
    ["cross", (a, b) => jnp.cross(a!, b!)],
  ),
];

const PRODUCTS = [
  ...group(({ m, n }) => [[m], [n]], ["outer", (a, b) => jnp.outer(a!, b!)]),
  ...group(
    ({ m }) => [[m], [m]],
    ["dot of vectors", (a, b) => jnp.dot(a!, b!)],
    ["inner", (a, b) => jnp.inner(a!, b!)],
    ["vdot", (a, b) => jnp.vdot(a!, b!)],
  ),
  ...group(
    ({ m, n, k }) => [
      [m, k],
      [k, n],
    ],
    ["matmul", (a, b) => jnp.matmul(a!, b!)],
  ),
  ...group(
    ({ m, k }) => [[m, k], [k]],
    ["matmul by a vector", (a, b) => jnp.matmul(a!, b!)],
    ["matvec", (a, b) => jnp.matvec(a!, b!)],
  ),
  ...group(
    ({ n, k }) => [[k], [k, n]],
    ["matmul of a vector", (a, b) => jnp.matmul(a!, b!)],
    ["vecmat", (a, b) => jnp.vecmat(a!, b!)],
  ),
  ...group(
    ({ m, n, k }) => [
      [2, m, k],
      [k, n],
    ],
    ["matmul of a stack", (a, b) => jnp.matmul(a!, b!)],
  ),
  ...group(
    ({ m, n, k }) => [
      [m, k],
      [2, k, n],
    ],
    ["matmul by a stack", (a, b) => jnp.matmul(a!, b!)],
  ),
  ...group(
    ({ m, n, k }) => [
      [2, 1, m, k],
      [3, k, n],
    ],
    ["matmul of stacks that broadcast", (a, b) => jnp.matmul(a!, b!)],
  ),
  ...group(
    ({ m, n, k }) => [
      [m, 2, k],
      [k, 2, n],
    ],
    [
      "tensordot",
      (a, b) =>
        jnp.tensordot(a!, b!, [
          [1, 2],
          [1, 0],
        ]),
    ],
    ["einsum", (a, b) => jnp.einsum("mbk,kbn->bnm", a!, b!)],
    ["einsum with a sum of one side", (a, b) => jnp.einsum("mbk,kcn->mn", a!, b!)],
  ),
  ...group(
    ({ m, n }) => [
      [m, n],
      [n, 2],
      [2, m],
    ],
    ["einsum of three", (a, b, c) => jnp.einsum("ij,jk,ki->i", a!, b!, c!)],
  ),
  ...group(({ m }) => [[m, m]], ["einsum of a diagonal", (a) => jnp.einsum("ii->i", a!)]),
  ...group(pair, ["vecdot", (a, b) => jnp.vecdot(a!, b!)], ["kron", (a, b) => jnp.kron(a!, b!)]),
];

/** A layer as a function of its input and its parameters. */
function layer<M extends nnx.Module<never[], NDArray>>(
  make: (x: NDArray) => M,
  ...names: readonly string[]
): PropertyCase["f"] {
  return (x, ...parameters) => {
    const made = make(x!);
    names.forEach((name, i) => {
      (made as unknown as Record<string, nnx.Param>)[name]!.value = parameters[i]!;
    });
    return (made as unknown as (x: NDArray) => NDArray)(x!);
  };
}

const rngs = new nnx.Rngs(0);

type ConvOptions = Partial<ConstructorParameters<typeof nnx.Conv>[3]>;

function conv(kernelSize: number[], options: ConvOptions = {}): PropertyCase["f"] {
  return layer((x) => new nnx.Conv(x.shape.at(-1)!, 2, kernelSize, { rngs, ...options }), "kernel", "bias");
}

const line: Shapes = ({ m, n, k }) => [[m, n + 3, k], [3, k, 2], [2]];
const CONVOLUTIONS = [
  ...group(
    line,
    ["nnx.Conv", conv([3])],
    ["nnx.Conv, padding VALID", conv([3], { padding: "VALID" })],
    ["nnx.Conv, padding CIRCULAR", conv([3], { padding: "CIRCULAR" })],
    ["nnx.Conv, padding REFLECT", conv([3], { padding: "REFLECT" })],
    ["nnx.Conv, padding CAUSAL", conv([3], { padding: "CAUSAL" })],
    ["nnx.Conv, strides", conv([3], { strides: 2 })],
    ["nnx.Conv, dilation", conv([3], { kernelDilation: 2 })],
    ["nnx.Conv, input dilation", conv([3], { inputDilation: 2, padding: [[2, 1]] })],
    [
      "nnx.ConvTranspose",
      layer((x) => new nnx.ConvTranspose(x.shape.at(-1)!, 2, [3], { rngs, strides: 2 }), "kernel", "bias"),
    ],
    [
      "nnx.ConvTranspose, padding CIRCULAR",
      layer(
        (x) => new nnx.ConvTranspose(x.shape.at(-1)!, 2, [3], { rngs, strides: 2, padding: "CIRCULAR" }),
        "kernel",
        "bias",
      ),
    ],
  ),
  ...group(
    ({ m, n, k }) => [[m, n + 3, k], [3, 2, k], [2]],
    [
      "nnx.ConvTranspose, kernel transposed",
      layer((x) => new nnx.ConvTranspose(x.shape.at(-1)!, 2, [3], { rngs, transposeKernel: true }), "kernel", "bias"),
    ],
  ),
  ...group(
    ({ n }) => [[1, n + 2, n + 1, 4], [2, 3, 2, 2], [2]],
    ["nnx.Conv, groups", conv([2, 3], { featureGroupCount: 2 })],
  ),
  ...group(
    ({ m, n, k }) => [[m, n + 2, k + 2, 2]],
    ["nnx.avgPool", (x) => nnx.avgPool(x!, [2, 3], { padding: "SAME" })],
    [
      "nnx.avgPool, strides",
      (x) => nnx.avgPool(x!, [2, 2], { strides: [2, 1], countIncludePad: false, padding: "SAME" }),
    ],
    ["nnx.maxPool", (x) => nnx.maxPool(x!, [2, 2])],
    ["nnx.minPool", (x) => nnx.minPool(x!, [2, 3], { strides: [2, 2], padding: "SAME" })],
  ),
];

const LAYERS = [
  ...group(({ m }) => [[m, 5]], ["columns", (x) => columns(x!, 1, 3)]),
  ...group(
    ({ m, n }) => [
      [m, 4 * n],
      [m, 4 * n],
      [m, n],
    ],
    ["an LSTM's state", (x, h, c) => lstmStep(x!, h!, c!)![0]],
    ["an LSTM's hidden state", (x, h, c) => lstmStep(x!, h!, c!)![1]],
  ),
  ...group(
    ({ m, n }) => [
      [m, 3 * n],
      [m, 3 * n],
      [m, n],
    ],
    ["a GRU's state", (x, h, state) => gruStep(x!, h!, state!)!],
  ),
  ...group(
    ({ m, n }) => [[m, n], [n, 3], [3]],
    ["nnx.Linear", layer((x) => new nnx.Linear(x.shape.at(-1)!, 3, { rngs }), "kernel", "bias")],
  ),
  ...group(
    ({ m, n }) => [
      [m, n],
      [n, 3],
    ],
    [
      "nnx.WeightNorm",
      (x, kernel) => {
        const linear = new nnx.Linear(x!.shape[1]!, 3, { rngs });
        linear.kernel.value = kernel!;
        return new nnx.WeightNorm(linear, { rngs })(x!);
      },
      ANY,
      // A column may be one number, and its size is not smooth at 0.
      POSITIVE,
    ],
  ),
  ...group(
    ({ m, n }) => [[m, n, 4], [4], [4]],
    ["nnx.LayerNorm", layer(() => new nnx.LayerNorm(4, { rngs }), "scale", "bias")],
    [
      "nnx.LayerNorm, slow variance",
      layer(() => new nnx.LayerNorm(4, { rngs, useFastVariance: false }), "scale", "bias"),
    ],
    ["nnx.GroupNorm", layer(() => new nnx.GroupNorm(4, { rngs, numGroups: 2, epsilon: 0.5 }), "scale", "bias")],
    [
      "nnx.BatchNorm, running statistics",
      layer(() => new nnx.BatchNorm(4, { rngs, useRunningAverage: true }), "scale", "bias"),
    ],
  ),
  ...group(({ m, n }) => [[m, n + 1, 4], [4]], ["nnx.RMSNorm", layer(() => new nnx.RMSNorm(4, { rngs }), "scale")]),
  ...group(
    ({ m, n }) => [[m + 3, n, 2], [2], [2]],
    ["nnx.BatchNorm", layer(() => new nnx.BatchNorm(2, { rngs, useRunningAverage: false }), "scale", "bias")],
    [
      "nnx.InstanceNorm",
      layer((x) => new nnx.InstanceNorm(2, { rngs, epsilon: x.shape[1] === 1 ? 1 : 0.1 }), "scale", "bias"),
    ],
  ),
  ...group(
    ({ n, k }) => [[n, k]],
    [
      "nnx.Embed",
      (table) => {
        const embed = new nnx.Embed(table!.shape[0]!, table!.shape[1]!, { rngs });
        embed.embedding.value = table!;
        return embed(jnp.array([0, table!.shape[0]! - 1, 0], "int32"));
      },
    ],
  ),
  ...group(({ m, n }) => [[m, n], []], ["nnx.PReLU", layer(() => new nnx.PReLU(), "negative_slope")]),
  ...group(matrix, ["nnx.Dropout", (x) => new nnx.Dropout(0.5, { rngs: new nnx.Rngs(3) })(x!)]),
  ...group(
    ({ m, n, k }) => [
      [m, 2, k],
      [n, 2, k],
      [n, 2, k],
      [2, m, n],
    ],
    ["nnx.dotProductAttention", (q, key, v, bias) => nnx.dotProductAttention(q!, key!, v!, { bias: bias! })],
    [
      "nnx.dotProductAttention, dropout",
      (q, key, v, bias) =>
        nnx.dotProductAttention(q!, key!, v!, { bias: bias!, dropoutRate: 0.5, dropoutRng: random.key(1) }),
    ],
  ),
  ...group(
    ({ m, k }) => [
      [m, 4, k],
      [m, 2, k],
      [m, 2, k],
    ],
    [
      "nnx.dotProductAttention, causal and grouped",
      (q, key, v) => nnx.dotProductAttention(q!, key!, v!, { isCausal: true }),
    ],
    [
      "nnx.dotProductAttention, masked",
      (q, key, v) =>
        nnx.dotProductAttention(q!, key!, v!, { mask: jnp.tril(jnp.ones([q!.shape[0]!, key!.shape[0]!], "bool")) }),
    ],
    [
      "nnx.dotProductAttention, sown weights",
      (q, key) => {
        let weights = q!;
        const module = { sow: (_: unknown, __: string, value: NDArray) => void (weights = value) };
        nnx.dotProductAttention(q!, key!, key!, { module });
        return weights;
      },
    ],
  ),
];

const SAMPLERS = group(
  ({ m }) => [[m], [m]],
  ["random.uniform", (a, b) => random.uniform(random.key(0), a!.shape, { minval: a!, maxval: b! }), [-2, -1], [1, 2]],
  ["random.truncatedNormal", (a, b) => random.truncatedNormal(random.key(0), a!, b!), [-2, -1], [1, 2]],
  ["random.triangular", (a, b) => random.triangular(random.key(0), a!, b!, b!.add(1)), [-2, -1], [1, 1.2]],
  ["random.wald", (a) => random.wald(random.key(0), a!), [1, 1.2]],
  ["random.pareto", (a) => random.pareto(random.key(0), a!), [1, 3]],
  ["random.weibullMin", (a, b) => random.weibullMin(random.key(0), a!, b!, a!.shape), POSITIVE],
  ["random.rayleigh", (a) => random.rayleigh(random.key(0), a!), POSITIVE],
  ["random.lognormal", (a) => random.lognormal(random.key(0), a!), [0.5, 1]],
  ["random.doubleSidedMaxwell", (a, b) => random.doubleSidedMaxwell(random.key(0), a!, b!), POSITIVE],
  ["random.multivariateNormal", (a) => random.multivariateNormal(random.key(0), a!, jnp.eye(a!.size))],
);

export const PROPERTY_CASES: readonly PropertyCase[] = [
  ...ELEMENTWISE,
  ...group(pair, ...BINARY),
  ...group(row, ...BINARY.map(([name, ...rest]): Row => [`${name}, by a row`, ...rest])),
  ...group(column, ...BINARY.map(([name, ...rest]): Row => [`${name}, of a column`, ...rest])),
  ...REDUCTIONS,
  ...MOVING,
  ...group(vector, ["slice by an NDArray", (x) => x!.slice(jnp.array([0, 0], "int32")).mul(x!.slice(-1))]),
  ...WRITING,
  ...PRODUCTS,
  ...LINALG,
  ...SPACES,
  ...CONVOLUTIONS,
  ...LAYERS,
  ...SAMPLERS,
];
