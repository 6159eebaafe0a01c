/** The parameters of Python's public functions, how a call gives them, and why some are not here. */
import { readFileSync } from "node:fs";
import { camelCase } from "./camelcase.ts";

/** A parameter: its name here, and how it is given: by place alone, by either, by name alone, any places, any names. */
export interface Parameter {
  readonly name: string;
  readonly kind: "/" | "." | "*" | "..." | "**";
  /** Whether it has a default. */
  readonly isOptional: boolean;
  /** Its default, if that is null, a bool, a number, or a list of these; of others the name. */
  readonly byDefault?: unknown;
}

type Signatures = Readonly<Record<string, readonly (readonly [string, Parameter["kind"], unknown?])[]>>;

/** Python's signatures, from test/golden/oracle_signatures.py. */
const PYTHON = JSON.parse(
  readFileSync(new URL("../../test/golden/signatures.json", import.meta.url), "utf8"),
) as Readonly<Record<string, Signatures>>;

/** The parameters of each function of a namespace, by its name here. */
export function parametersOf(namespace: string): ReadonlyMap<string, readonly Parameter[]> {
  return new Map(
    Object.entries(PYTHON[namespace]!).map(([name, found]) => [
      name.includes(".") ? name : camelCase(name),
      found.map(([parameter, kind, ...rest]) => ({
        name: parameterName(parameter),
        kind,
        isOptional: rest.length > 0,
        byDefault: rest[0],
      })),
    ]),
  );
}

/** A parameter's name here: in camel case, a letter small. */
function parameterName(name: string): string {
  return name.length === 1 ? name.toLowerCase() : camelCase(name).replace(/^_/, "");
}

/** The parameters that a call may give by place. */
export function placesOf(parameters: readonly Parameter[]): readonly Parameter[] {
  return parameters.filter(({ kind }) => kind === "/" || kind === ".");
}

/** Why a parameter is not here; undefined if it should be. */
export function reasonFor(fn: string, parameter: string): string | undefined {
  return REASONS.get(`${fn}.${parameter}`) ?? REASONS.get(parameter);
}

/**
 * What is made by functions of its own, prints anything, or is a base class: Python's signature says nothing about it.
 */
export const UNUSUAL: ReadonlySet<string> = new Set(
  ["DiffState", "GraphDef", "List", "Metric", "MultiMetric", "State", "TrainState", "display"].map(
    (name) => `nnx.${name}`,
  ),
);

/** Parameters that are not here, by the reason: `device` for all functions, `namespace.fn.parameter` for one. */
const ABSENT: Readonly<Record<string, string>> = {
  "one device, no sharding, no mapped axis":
    "device sharding outSharding qkvSharding axisIndexGroups inShardings outShardings mesh",
  "graph mode is the only mode": "graph graphUpdates",
  "shapes are known when a call is made: a result has the size that it needs":
    "size totalRepeatLength numpy.argwhere.fillValue numpy.compress.fillValue numpy.extract.fillValue " +
    "numpy.flatnonzero.fillValue numpy.intersect1d.fillValue numpy.nonzero.fillValue numpy.union1d.fillValue " +
    "numpy.setdiff1d.fillValue numpy.setxor1d.fillValue " +
    "numpy.unique.fillValue numpy.uniqueAll.fillValue numpy.uniqueCounts.fillValue " +
    "numpy.uniqueInverse.fillValue numpy.uniqueValues.fillValue numpy.where.fillValue",
  "there is one order of summation, in float32; `astype` says what comes out": "preferredElementType",
  "the functions have one accuracy, which their docs state": "accuracy",
  "arrays do not change: a call gives a new one": "numpy.einsum.out",
  "the one algorithm is chosen here":
    "array.sort.kind array.sort.order array.argsort.kind array.argsort.order numpy.digitize.method " +
    "numpy.isin.method numpy.searchsorted.method linalg.slogdet.method linalg.multiDot.precision " +
    "numpy.einsum.optimize numpy.einsum.dotGeneral nn.standardize.algorithm " +
    "nnx.standardize.algorithm random.multinomial.unroll " +
    "random.multivariateNormal.method",
  "indices are int32": "numpy.argsort.dtype lax.argmax.indexDtype lax.argmin.indexDtype numpy.ravelMultiIndex.dtype",
  "rows are gathered in one pass; those of ids outside are left out": ["Sum", "Prod", "Max", "Min"]
    .map((name) => `ops.segment${name}.bucketSize ops.segment${name}.mode`)
    .join(" "),
  "keys have one dtype": "random.key.dtype random.wrapKeyData.dtype",
  "there is no tracer: code runs as it is written":
    "nnx.jit.fun nnx.jit.staticArgnums nnx.remat.f nnx.jit.staticArgnames " +
    "nnx.jit.donateArgnums nnx.jit.donateArgnames " +
    "nnx.jit.keepUnused nnx.jit.backend nnx.jit.inline nnx.remat.preventCse nnx.remat.staticArgnums nnx.remat.policy " +
    "nnx.scan.splitTranspose nnx.scan.transformMetadata nnx.vmap.transformMetadata",
  "`correction` and `mean` are NumPy's newer names of `ddof` and of what it computes itself":
    "numpy.var.mean numpy.var.correction numpy.std.mean numpy.std.correction array.var.correction array.std.correction",
  "the functions of numpy take these: `jnp.sum(x, { where })`":
    "array.all.where array.any.where array.mean.where array.max.where array.max.initial " +
    "array.min.where array.min.initial " +
    "array.prod.where array.prod.initial array.prod.promoteIntegers array.sum.where " +
    "array.sum.initial array.sum.promoteIntegers " +
    "array.std.where array.var.where array.take.fillValue",
  "elements are row-major, and an array does not change: a copy is as good as the array":
    "array.flatten.order array.ravel.order array.astype.copy",
  "nothing is unrolled or batched: one loop does it": "numpy.polyval.unroll lax.map.batchSize",
  "few programs use them":
    "numpy.polydiv.trimLeadingZeros lax.dynamicSlice.allowNegativeIndices " +
    "lax.dynamicUpdateSlice.allowNegativeIndices " +
    "lax.dynamicUpdateSliceInDim.allowNegativeIndices lax.dynamicUpdateIndexInDim.allowNegativeIndices " +
    "lax.mul.outDtype nnx.map.recreateVariables " +
    "lax.scan.splitTranspose lax.dot.dimensionNumbers lax.dynamicIndexInDim.allowNegativeIndices " +
    "lax.dynamicSliceInDim.allowNegativeIndices " +
    "nn.dotProductAttention.querySeqLengths nn.dotProductAttention.keyValueSeqLengths " +
    "nn.dotProductAttention.localWindowSize nn.dotProductAttention.implementation " +
    "nn.dotProductAttention.returnResidual " +
    "numpy.extract.arr numpy.gradient.edgeOrder numpy.percentile.weights " +
    "numpy.nanpercentile.weights numpy.quantile.weights " +
    "numpy.nanquantile.weights numpy.putAlongAxis.mode numpy.takeAlongAxis.wrapNegativeIndices numpy.unique.equalNan " +
    "numpy.unique.sorted numpy.vectorize.excluded lax.topK.axis nnx.fromFlatState.cls " +
    "nnx.variableNameFromType.allowRegister " +
    "nnx.variableTypeFromName.base nnx.variableTypeFromName.allowRegister nnx.MultiHeadAttention.lnPromoteDtype",
  "these take arrays and sizes by place alone":
    "lax.concatenate.dimension lax.div.y lax.expandDims.dimensions " +
    " lax.reshape.newSizes lax.reshape.dimensions lax.rev.dimensions lax.squeeze.dimensions " +
    "lax.transpose.permutation",
  "N is big here as in NumPy": "numpy.vander.n",
};

const REASONS: ReadonlyMap<string, string> = new Map(
  Object.entries(ABSENT).flatMap(([reason, names]) => names.split(" ").map((name) => [name, reason] as const)),
);

/** The section of docs/surface.md. */
export function parameterTable(): string {
  const rows = Object.entries(ABSENT).map(([reason, names]) => {
    const shown = names.split(" ").map((name) => `\`${name}\``);
    return `| ${shown.join(" ")} | ${reason} |`;
  });
  return [
    "## Arguments that are not here",
    "",
    "Every other place and name of Python's signatures stands in a call as it does there; " +
      "`test/meta/signatures.test.ts`",
    "calls each. A name without a function stands for all functions. Arrays stand by place in TypeScript's types;",
    "those of the functions of two that `lax` shares with numpy, such as `lax.add(x, y)`, always.",
    "",
    "| not here | why |",
    "| --- | --- |",
    ...rows,
    "",
  ].join("\n");
}
