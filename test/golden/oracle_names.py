"""Golden values of the names of jax.numpy that are short forms of others: names.json, in the form of oracle_numpy.py.

.venv/bin/python oracle_names.py OUT_DIR
"""

import jax
import jax.numpy as jnp
import numpy as np
from cases import DTYPES, FLOATS, camel, case, dt, enc, floats, inf, ints, nan, pairs, rng, some, write

SIGNED, INTEGERS = DTYPES[3:6], DTYPES[3:9]
X = floats("float32", (2, 3, 4))


def counts(*shape):
    return rng.integers(-9, 9, shape).astype(np.float32)


def both(name, *args, **options):
    """A case of jnp's function by its own name."""
    case(camel(name), getattr(jnp, name), list(args), options or None)


# --- transcendental functions: JAX is off by an ulp or two itself
ONE = np.concatenate([np.linspace(-1, 1, 201), [1e-3, -1e-5, 1e-20, 0.99999, -0.0, inf, nan, 2, -2]]).astype(np.float32)
WIDE = np.concatenate(
    [np.linspace(-20, 20, 201), [1e-3, -1e-5, 1e-20, 88.5, -88.5, 1e3, 1e10, 3e38, -3e38, -0.0, inf, -inf, nan]]
).astype(np.float32)
for f, x, ulp in (
    ("arcsin", ONE, 4),
    ("arccos", ONE, 4),
    ("arctanh", ONE, 4),
    ("arctan", WIDE, 3),
    ("sinh", WIDE, 32),
    ("cosh", WIDE, 32),
    ("arcsinh", WIDE, 4),
    ("arccosh", np.abs(WIDE) + np.float32(0.9), 4),
    ("cbrt", WIDE, 3),
):
    case(f, getattr(jnp, f), [x], ulp=ulp)
    case(f, getattr(jnp, f), [x.astype(dt("bfloat16"))], tol=1e-2)
    case(f, getattr(jnp, f), [np.array([0, 1], np.int32)], ulp=ulp)


def normal_pairs(d):
    """Subnormals count as zeros here; the host's C library keeps them."""
    a, b = pairs(d)
    keep = [
        i
        for i, (x, y) in enumerate(zip(a.astype(np.float32), b.astype(np.float32)))
        if not any(0 < abs(v) < 1.1754944e-38 for v in (x, y))
    ]
    return a[keep], b[keep]


a, b = normal_pairs("float32")
case("arctan2", jnp.arctan2, [a, b], ulp=4)
case("arctan2", jnp.arctan2, [np.arange(-3, 4, dtype=np.int32), 2], ulp=3)
case("sinc", jnp.sinc, [floats("float32", (40,))], ulp=8)
case("logaddexp2", jnp.logaddexp2, [floats("float32", (40,)), floats("float32", (40,))], tol=1e-6)

# --- parts and variants of arithmetic
for d in FLOATS:
    a, b = normal_pairs(d)
    for f in ("fmax", "fmin", "fmod", "heaviside"):
        both(f, a, b)
    for f in ("fabs", "positive", "rint", "isneginf", "isposinf", "modf"):
        both(f, floats(d))
for d in INTEGERS:
    x, y = some(d, (40,)), some(d, (40,))
    for f in ("gcd", "lcm"):
        both(f, np.abs(x) // 4, np.abs(y) // 4)
    for f in ("fmax", "fmin", "heaviside"):
        both(f, x, y)
    both("fmod", x, np.where(y == 0, 3, y).astype(d))
    both("divmod", x, np.where(y == 0, 3, y).astype(d))
    for f in ("fabs", "positive", "rint", "isneginf", "isposinf", "modf"):
        both(f, x)
both("gcd", np.array([12, -18, 0, 0], np.int32), np.array([8, 8, 5, 0], np.int32))
both("lcm", np.array([4, -6, 0], np.int32), np.array([[6], [0]], np.int32))
both("divmod", X, 1.5)
case("floatPower", jnp.float_power, [np.array([1, 2, 3], np.int32), 2.0], ulp=2)

write("names")

# --- statistics
A, V = counts(3, 4, 5), counts(9)
N = np.where(rng.random((3, 4, 5)) < 0.3, np.float32(nan), A)
for x in (A, V, floats("float16", (7,)), some("int32", (3, 4))):
    for axis in (None, 0, -1):
        for method in ("linear", "lower", "higher", "midpoint", "nearest"):
            case(
                "quantile",
                jnp.quantile,
                [x, np.array([0, 0.1, 0.5, 0.77, 1], np.float32)],
                dict(axis=axis, method=method),
                tol=1e-6,
            )
        case("percentile", jnp.percentile, [x, np.float32(30)], dict(axis=axis, keepdims=True), tol=1e-6)
        both("median", x, axis=axis)
both("quantile", A, np.float32(0.3), axis=(0, 2), keepdims=True)
both("median", A, axis=(1, 2))
both("median", N, axis=1)
both("quantile", N, np.float32(0.5))
for axis in (None, 0, 2):
    case("nanquantile", jnp.nanquantile, [N, np.array([0.2, 0.9], np.float32)], dict(axis=axis), tol=1e-6)
    both("nanmedian", N, axis=axis, keepdims=True)
    case("nanpercentile", jnp.nanpercentile, [N, np.float32(10)], dict(axis=axis), tol=1e-6)
    case("nanvar", jnp.nanvar, [N], dict(axis=axis, ddof=1), tol=1e-6)
    case("nanstd", jnp.nanstd, [N], dict(axis=axis, keepdims=True), tol=1e-6)
    both("nanargmax", N, axis=axis)
    both("nanargmin", N, axis=axis)
both("nanargmax", np.full((2, 3), nan, np.float32), axis=1)
both("nanargmax", some("int8", (2, 3)), axis=1)
both("nanvar", np.array([nan, 1], np.float32), ddof=1)
both("bincount", np.array([0, 1, 1, 5, -2], np.int32))
both("bincount", np.array([0, 1, 1, 5], np.int32), minlength=8)
both("bincount", np.array([0, 1, 1, 5], np.int32), length=3)
both("bincount", np.array([0, 1, 1, 5], np.uint8), weights=np.array([1, 2, 3, 0.5], np.float32))
both("bincount", np.array([], np.int32))
for bins in (10, 3, np.array([-9, -2, 0, 3, 8], np.float32)):
    both("histogram", A, bins=bins)
    case("histogram", jnp.histogram, [A], dict(bins=bins, density=True), tol=1e-6)
    case("histogramBinEdges", jnp.histogram_bin_edges, [V], dict(bins=bins), tol=1e-6)
case("histogram", jnp.histogram, [V], dict(bins=4, range=[-3.0, 5.0], weights=np.arange(9, dtype=np.float32)))
case("histogram", jnp.histogram, [np.full(4, 2, np.float32)], dict(bins=3))
case("histogram2d", jnp.histogram2d, [V, np.roll(V, 1)], dict(bins=4))
case("histogram2d", jnp.histogram2d, [V, np.roll(V, 1)], dict(bins=[2, 3], density=True), tol=1e-6)
case("histogramdd", jnp.histogramdd, [counts(20, 3)], dict(bins=[2, 3, 2]))
case("cov", jnp.cov, [counts(3, 8)], tol=1e-6)
case("cov", jnp.cov, [counts(8)], tol=1e-6)
case("cov", jnp.cov, [counts(3, 8)], dict(y=counts(2, 8), bias=True), tol=1e-6)
case("cov", jnp.cov, [counts(8, 3)], dict(rowvar=False, ddof=2), tol=1e-6)
case(
    "cov",
    jnp.cov,
    [counts(2, 4)],
    dict(fweights=np.array([1, 2, 1, 3], np.int32), aweights=np.array([1, 0.5, 2, 1], np.float32)),
    tol=1e-6,
)
case("cov", jnp.cov, [counts(2, 4)], dict(fweights=np.array([1, 2, 1, 3], np.int32)), tol=1e-6)
case("corrcoef", jnp.corrcoef, [counts(3, 8)], tol=1e-6)
case("corrcoef", jnp.corrcoef, [counts(8, 3)], dict(rowvar=False), tol=1e-6)
case("corrcoef", jnp.corrcoef, [counts(8)], tol=1e-6)
for axis in (0, 1, 2):
    for f in ("cumulative_sum", "cumulative_prod"):
        both(f, counts(2, 3, 2), axis=axis, include_initial=True)
    for f in ("nancumsum", "nancumprod"):
        case(camel(f), getattr(jnp, f), [N[:2, :3, :3], axis])
both("cumulative_sum", some("int8", (5,)))
case("nancumsum", jnp.nancumsum, [N])
write("names_statistics")

# --- indices, sets, edits
I32 = lambda *v: np.array(v, np.int32)
M = counts(3, 4)
for d in DTYPES[:9]:
    x, y = some(d, (12,)), some(d, (9,))
    for f in ("union1d", "setdiff1d", "intersect1d", "setxor1d"):
        both(f, x, y)
    both("partition", x, 4)
    both("argpartition", x.astype(np.float32) * 16 + np.arange(12, dtype=np.float32), 3)
    both("ediff1d", x)
both("intersect1d", I32(3, 1, 2, 3), I32(3, 5, 2), return_indices=True)
both("intersect1d", I32(3, 1, 2), I32(3, 5, 2), return_indices=True, assume_unique=True)
both("partition", M, 1, 0)
both("partition", M, -1)
case("lexsort", lambda keys: jnp.lexsort(keys), [[I32(1, 1, 0, 2), I32(3, 1, 1, 1)]])
case("lexsort", lambda keys, axis: jnp.lexsort(keys, axis), [[M, np.abs(M)], 0])
for right in (False, True):
    both("digitize", V, np.array([-5, 0, 2, 2.5], np.float32), right=right)
    both("digitize", V, np.array([5, 0, -2], np.float32), right=right)
case("compress", jnp.compress, [np.array([True, False, True]), M, 0])
case("compress", jnp.compress, [np.array([True, False, True]), M])
case("extract", jnp.extract, [M > 0, M])
for mode in ("raise", "wrap", "clip"):
    both("choose", I32(0, 2, 1) if mode == "raise" else I32(-1, 2, 7), [V[:3], V[3:6], V[6:]], mode=mode)
place = lambda x, m, v, inplace: jnp.place(x, m, v, inplace=False)
case("place", lambda *a, **o: jnp.place(*a, **o), [M, M > 0, np.array([7, 8, 9], np.float32)], dict(inplace=False))
case("put", jnp.put, [M, I32(0, 5, -1), np.array([7, 8], np.float32)], dict(inplace=False))
for mode in ("wrap", "clip"):
    case("put", jnp.put, [M, I32(0, 50, -1), np.array([7, 8], np.float32)], dict(inplace=False, mode=mode))
case(
    "putAlongAxis",
    jnp.put_along_axis,
    [M, I32(1, 0, 3).reshape(3, 1), np.array([[7], [8], [9]], np.float32), 1],
    dict(inplace=False),
)
case("putAlongAxis", jnp.put_along_axis, [M, I32(1, 0, 2, 2).reshape(1, 4), np.float32(5), 0], dict(inplace=False))
case("fillDiagonal", jnp.fill_diagonal, [M, np.float32(9)], dict(inplace=False))
case("fillDiagonal", jnp.fill_diagonal, [counts(3, 3, 3), np.array([1, 2], np.float32)], dict(inplace=False))
case("diagIndices", jnp.diag_indices, [3, 3])
case("diagIndicesFrom", jnp.diag_indices_from, [counts(3, 3)])
for k in (-1, 0, 2):
    case("diagflat", jnp.diagflat, [counts(2, 2), k])
    case("trilIndicesFrom", jnp.tril_indices_from, [M, k])
    case("triuIndicesFrom", jnp.triu_indices_from, [M, k])
case("indices", lambda s: jnp.indices(tuple(s)), [[2, 3]])
case("indices", lambda s, **o: jnp.indices(tuple(s), **o), [[2, 3]], dict(sparse=True))
case("ix_", jnp.ix_, [I32(1, 2), I32(0, 2, 1)])
case("unravelIndex", lambda i, s: jnp.unravel_index(i, tuple(s)), [I32(0, 5, 11, 12, -1, -20), [3, 4]])
for mode in ("clip", "wrap"):
    case(
        "ravelMultiIndex",
        lambda i, s, **o: jnp.ravel_multi_index(tuple(i), tuple(s), **o),
        [[I32(0, 5, -1), I32(3, 1, 9)], [3, 4]],
        dict(mode=mode),
    )
case(
    "ravelMultiIndex",
    lambda i, s, **o: jnp.ravel_multi_index(tuple(i), tuple(s), **o),
    [[I32(0, 2), I32(3, 1)], [3, 4]],
    dict(order="F"),
)
case("block", lambda a: jnp.block(a), [[[M, M], [M[:, :2], counts(3, 6)]]])
case("block", lambda a: jnp.block(a), [[V, V]])
case("insert", jnp.insert, [V, 2, np.float32(5)])
case("insert", jnp.insert, [V, I32(0, 3, -1), np.array([1, 2, 3], np.float32)])
case("insert", jnp.insert, [V, I32(3, 0), np.float32(7)])
case("insert", jnp.insert, [M, 1, np.array([1, 2, 3, 4], np.float32), 0])
case("insert", jnp.insert, [M, 1, np.array([1, 2, 3], np.float32), 1])
case("insert", jnp.insert, [M, I32(4), counts(3, 2), 1])
case("insert", jnp.insert, [M, I32(0, 2), counts(3, 2), 1])
case("delete", jnp.delete, [V, 2])
case("delete", jnp.delete, [V, I32(0, 3, 3, -1)])
case("delete", jnp.delete, [M, -1, 1])
case("delete", jnp.delete, [M, np.array([True, False, True]), 0])
case("resize", lambda x, s: jnp.resize(x, tuple(s)), [M, [2, 7]])
case("resize", lambda x, s: jnp.resize(x, tuple(s)), [M, [3]])
for start in (0, 1, 3, -1):
    case("rollaxis", jnp.rollaxis, [A, 2, start])
    case("rollaxis", jnp.rollaxis, [A, 0, start])
for trim in ("fb", "f", "b"):
    case("trimZeros", jnp.trim_zeros, [np.array([0, 0, 1, 0, 2, 0], np.float32), trim])
case("trimZeros", jnp.trim_zeros, [np.pad(M, 2)])
case("ediff1d", jnp.ediff1d, [V], dict(to_end=V[:2], to_begin=np.float32(3)))
for order in ("big", "little"):
    case("packbits", jnp.packbits, [rng.integers(0, 2, (3, 11)).astype(np.uint8)], dict(axis=1, bitorder=order))
    case("packbits", jnp.packbits, [rng.integers(0, 2, (3, 3)).astype(bool)], dict(bitorder=order))
    case("unpackbits", jnp.unpackbits, [rng.integers(0, 255, (3, 2)).astype(np.uint8)], dict(axis=0, bitorder=order))
    case("unpackbits", jnp.unpackbits, [rng.integers(0, 255, (3,)).astype(np.uint8)], dict(count=30, bitorder=order))
write("names_indices")

# --- numerical analysis, polynomials, signals, parts of floats, linear algebra
NORMAL = np.array([v for v in floats() if not 0 < abs(v) < 1.1754944e-38], np.float32)
case("gradient", jnp.gradient, [V])
case("gradient", jnp.gradient, [V, np.float32(0.3)], tol=1e-6)
case("gradient", jnp.gradient, [V, np.cumsum(np.abs(counts(9)) + 1)], tol=1e-5)
case("gradient", jnp.gradient, [M], tol=1e-6)
case("gradient", jnp.gradient, [M, 2.0], dict(axis=1), tol=1e-6)
case("trapezoid", jnp.trapezoid, [M])
both("trapezoid", M, dx=0.5, axis=0)
both("trapezoid", M, x=np.array([0, 1, 3, 4], np.float32))
XP, FP = np.array([-5, -1, 0, 2, 7], np.float32), counts(5)
Q = np.linspace(-8, 9, 41).astype(np.float32)
case("interp", jnp.interp, [Q, XP, FP], tol=1e-6)
case("interp", jnp.interp, [Q, XP, FP], dict(left=-1.0, right="extrapolate"), tol=1e-6)
case("interp", jnp.interp, [Q, XP, FP], dict(period=6.0), tol=1e-6)
both("cross", counts(4, 3), counts(4, 3))
both("cross", counts(4, 2), counts(4, 3))
both("cross", counts(4, 2), counts(4, 2))
both("cross", counts(3, 4), counts(3, 4), axis=0)
both("cross", counts(4, 3), counts(3, 4), axisb=0, axisc=0)
case("vander", jnp.vander, [V[:4]], tol=1e-6)
case("vander", jnp.vander, [V[:4]], dict(N=3, increasing=True), tol=1e-6)
case("vander", jnp.vander, [np.array([1, 2, 3], np.int32)])
case("unwrap", jnp.unwrap, [np.cumsum(counts(9))], tol=1e-6)
case("unwrap", jnp.unwrap, [np.cumsum(some("int32", (2, 7)), 1).astype(np.int32)], dict(period=6, axis=1))
case("geomspace", lambda a, b, n: jnp.geomspace(a, b, n), [1, 1000, 7], tol=1e-6)
case("geomspace", lambda a, b, n: jnp.geomspace(a, b, n), [-2, -64, 6], tol=1e-6)
case("logspace", lambda a, b, n: jnp.logspace(a, b, n), [-1, 3, 9], tol=1e-6)
case("logspace", lambda a, b, n, **o: jnp.logspace(a, b, n, **o), [0, 5, 6], dict(base=2.0, endpoint=False), tol=1e-6)
P, R = counts(5), counts(3)
both("polyval", P, np.float32(2))
case("polyval", jnp.polyval, [P, M], tol=1e-6)
for f in ("polyadd", "polysub"):
    both(f, P, R)
    both(f, R, P)
    both(f, some("int32", (3,)), some("int8", (5,)))
both("polymul", P, R)
both("polymul", np.pad(P, (2, 0)), R, trim_leading_zeros=True)
case("polydiv", jnp.polydiv, [np.array([2, 3, -1, 5, 7], np.float32), np.array([2, 1, 4], np.float32)], tol=1e-6)
case("polydiv", jnp.polydiv, [R, P], tol=1e-6)
for m in (0, 1, 2, 3):
    case("polyder", jnp.polyder, [P, m])
    case("polyint", jnp.polyint, [P, m], tol=1e-6)
case("polyint", lambda p, m, k: jnp.polyint(p, m, jnp.array(k["k"])), [P, 2, dict(k=[1.0, 2.0])], tol=1e-6)
both("poly", np.array([1, 2, -3], np.float32))
X10 = np.linspace(-2, 3, 10).astype(np.float32)
case("polyfit", jnp.polyfit, [X10, counts(10), 3], tol=2e-5)
case("polyfit", jnp.polyfit, [X10, counts(10, 2), 2], tol=2e-5)
case("polyfit", jnp.polyfit, [X10, counts(10), 1], dict(w=np.arange(1, 11, dtype=np.float32)), tol=2e-5)
for n in (0, 1, 2, 5, 12):
    for f in ("bartlett", "hanning", "hamming", "blackman"):
        case(f, getattr(jnp, f), [n], tol=1e-6)
    if n > 1:
        case("kaiser", jnp.kaiser, [n, 6.5], tol=1e-6)
case("i0", jnp.i0, [np.linspace(-20, 20, 81).astype(np.float32)], ulp=24)
for mode in ("full", "same", "valid"):
    for a, b in ((counts(9), counts(4)), (counts(3), counts(8)), (some("int32", (5,)), some("int32", (3,)))):
        both("convolve", a, b, mode=mode)
        both("correlate", a, b, mode=mode)
for d in FLOATS:
    x = NORMAL.astype(dt(d))
    both("frexp", x if d == "float32" else floats(d, (9,)))
    both("nextafter", floats(d), np.roll(floats(d), 3))
    both("nextafter", floats(d), np.roll(floats(d), 7))
both("ldexp", np.array([1, -0.75, 3e38, 1e-30, 0, inf, nan], np.float32), I32(3, -2, -100, 200, 5, 1, 1))
for d in DTYPES[3:]:
    both("bitwise_count", rng.integers(np.iinfo(d).min, np.iinfo(d).max, 20).astype(d)) if d != "bool" else None
for f in ("real", "imag", "conj", "isreal", "iscomplex", "angle"):
    both(f, floats())
both("angle", np.array([1, -2], np.float32), deg=True)
case("arrayEquiv", lambda a, b: bool(jnp.array_equiv(a, b)), [M, M])
case("arrayEquiv", lambda a, b: bool(jnp.array_equiv(a, b)), [np.ones((2, 3), np.float32), np.ones(3, np.float32)])
case("arrayEquiv", lambda a, b: bool(jnp.array_equiv(a, b)), [M, V])
KINDS = ["generic", "number", "integer", "signedinteger", "unsignedinteger", "inexact", "floating", "complexfloating"]
for d in DTYPES + ["float64", "int64", "uint64", "complex64", "complex128"]:
    case("issubdtypes", lambda d: [bool(jnp.issubdtype(getattr(jnp, d), getattr(jnp, k))) for k in KINDS], [d])
    for w in ("bool", "signed integer", "unsigned integer", "integral", "real floating", "complex floating", "numeric"):
        case("isdtype", lambda d, w: bool(jnp.isdtype(getattr(jnp, d), w)), [d, w])
for a in DTYPES:
    case("canCasts", lambda a: [bool(jnp.can_cast(getattr(jnp, a), getattr(jnp, b))) for b in DTYPES], [a])
S = counts(2, 4, 4) + 12 * np.eye(4, dtype=np.float32)
B = counts(2, 4, 3)
SPD = S @ S.transpose(0, 2, 1)
L = jnp.linalg
case("linalg.solve", L.solve, [S, B], tol=1e-5)
case("linalg.solve", L.solve, [S[0], B[0, :, 0]], tol=1e-5)
case("linalg.inv", L.inv, [S], tol=1e-5)
case("linalg.det", L.det, [S], tol=1e-5)
case("linalg.det", L.det, [np.array([[1, 2], [2, 4]], np.float32)])
case("linalg.cholesky", L.cholesky, [SPD], tol=1e-5)
case("linalg.cholesky", L.cholesky, [SPD[0]], dict(upper=True), tol=1e-5)
case("linalg.cholesky", L.cholesky, [-SPD[0]])
for shape in ((4, 4), (5, 3), (3, 5), (2, 4, 3), (1, 1)):
    x = counts(*shape)
    case("linalg.qr", lambda a: list(L.qr(a)), [x], tol=1e-5)
    case("linalg.qr", lambda a, **o: list(L.qr(a, **o)), [x], dict(mode="complete"), tol=1e-5)
    case("linalg.qr", L.qr, [x], dict(mode="r"), tol=1e-5)
for n in (0, 1, 3, 6):
    case("linalg.matrixPower", L.matrix_power, [counts(3, 3), n], tol=1e-5)
case("linalg.matrixPower", L.matrix_power, [S, -2], tol=1e-5)
case("linalg.multiDot", L.multi_dot, [[counts(3, 4), counts(4, 2), counts(2, 5)]], tol=1e-6)
case("linalg.slogdet", lambda a: list(L.slogdet(a)), [S], tol=1e-5)
write("names_numeric")

# --- jax.lax, jax.nn and jax.image, by the names that flaxen's namespaces have
lax, nn, image = jax.lax, jax.nn, jax.image
X45 = counts(4, 5)
case("lax.rsqrt", lax.rsqrt, [np.abs(floats("float32", (40,))) + np.float32(0.1)], ulp=3)
case("lax.div", lax.div, [np.array([7, -7, 7, -7], np.int32), np.array([2, 2, -2, -2], np.int32)])
case("lax.rem", lax.rem, [np.array([7, -7, 7, -7], np.int32), np.array([2, 2, -2, -2], np.int32)])
case("lax.clamp", lax.clamp, [np.float32(-1), X45, np.float32(2)])
case("lax.reducePrecision", lax.reduce_precision, [floats("float32", (20,)), 8, 7])
case("lax.iota", lambda d, n: lax.iota(d, n), ["int32", 4])
for d in (0, 1):
    case("lax.broadcastedIota", lambda t, s, d: lax.broadcasted_iota(t, tuple(s), d), ["float32", [2, 3], d])
case("lax.broadcast", lax.broadcast, [X45, [2, 3]])
case("lax.broadcastInDim", lambda x, s, d: lax.broadcast_in_dim(x, tuple(s), tuple(d)), [X45, [4, 2, 5], [0, 2]])
for a, b in ((0, 2), (1, 3), (0, 3), (-2, None)):
    case("lax.collapse", lax.collapse, [counts(2, 3, 4), a] + ([b] if b is not None else []))
for start in ([1, 2], [-1, 0], [9, 9], [-9, 3]):
    case("lax.dynamicSlice", lambda x, s, n: lax.dynamic_slice(x, s, tuple(n)), [X45, start, [2, 3]])
    case("lax.dynamicUpdateSlice", lax.dynamic_update_slice, [X45, counts(2, 3), start])
for start in (0, 2, 7, -1):
    case("lax.dynamicSliceInDim", lax.dynamic_slice_in_dim, [X45, start, 2, 1])
    case("lax.dynamicUpdateSliceInDim", lax.dynamic_update_slice_in_dim, [X45, counts(2, 5), start, 0])
    case("lax.dynamicIndexInDim", lax.dynamic_index_in_dim, [X45, start, 0, False])
    case("lax.dynamicUpdateIndexInDim", lax.dynamic_update_index_in_dim, [X45, counts(5), start, 0])
case("lax.slice", lambda x, a, b, c: lax.slice(x, a, b, c), [X45, [1, 0], [4, 5], [2, 3]])
case("lax.sliceInDim", lax.slice_in_dim, [X45, 1, -1, 2, 1])
case("lax.indexInDim", lax.index_in_dim, [X45, -2, 1, False])
for config in ([[1, 2, 0], [0, 0, 1]], [[-1, 0, 0], [2, -3, 2]]):
    case("lax.pad", lambda x, v, c: lax.pad(x, v, [tuple(t) for t in c]), [X45, np.float32(7), config])
for f in ("cumsum", "cumprod", "cummax", "cummin", "cumlogsumexp"):
    for reverse in (False, True):
        case("lax." + f, getattr(lax, f), [X45, 1, reverse], tol=1e-5)
for f in ("reduce_sum", "reduce_prod", "reduce_max", "reduce_min"):
    case("lax." + camel(f), getattr(lax, f), [X45, [0]])
for name, f, init in (("max", lax.max, -np.inf), ("min", lax.min, np.inf), ("add", lax.add, 0.0)):
    for padding in ("SAME", "VALID", [[1, 0], [0, 2]]):
        for window, strides in (([2, 2], [1, 1]), ([3, 2], [2, 1])):
            case(
                "lax.reduceWindow",
                lambda x, i, n, w, s, p: lax.reduce_window(x, np.float32(i), getattr(lax, n), w, s, p),
                [X45, init, name, window, strides, padding],
            )
case(
    "lax.reduceWindow",
    lambda x, i, n, w, s, p, o: lax.reduce_window(
        x, np.float32(i), getattr(lax, n), w, s, p, o["baseDilation"], o["windowDilation"]
    ),
    [X45, 0.0, "add", [2, 2], [1, 1], "VALID", dict(baseDilation=[2, 1], windowDilation=[1, 2])],
)
case(
    "lax.reduceWindow",
    lambda x, i, n, w, s, p: lax.reduce_window(x, np.int32(i), getattr(lax, n), w, s, p),
    [some("int32", (7,)), 0, "add", [3], [2], "SAME"],
)
case(
    "lax.dotGeneral",
    lambda a, b, d: lax.dot_general(a, b, d),
    [counts(2, 3, 4), counts(2, 4, 5), [[[2], [1]], [[0], [0]]]],
)
case("lax.dotGeneral", lambda a, b, d: lax.dot_general(a, b, d), [counts(3, 4), counts(5, 4), [[[1], [1]], [[], []]]])
case("lax.dot", lax.dot, [counts(3, 4), counts(4)])
IMG, K = counts(2, 3, 6, 5), counts(4, 3, 3, 2)
for padding in ("SAME", "VALID", "SAME_LOWER", [[1, 2], [0, 1]]):
    case("lax.convGeneralDilated", lambda *a: lax.conv_general_dilated(*a), [IMG, K, [1, 1], padding])
case(
    "lax.convGeneralDilated",
    lambda a, b, s, p, o: lax.conv_general_dilated(a, b, s, p, o["lhsDilation"], o["rhsDilation"]),
    [IMG, K, [2, 1], [[1, 1], [1, 0]], dict(lhsDilation=[2, 1], rhsDilation=[1, 2])],
)
case(
    "lax.convGeneralDilated",
    lambda a, b, s, p, o: lax.conv_general_dilated(
        a, b, s, p, dimension_numbers=tuple(o["dimensionNumbers"]), feature_group_count=o["featureGroupCount"]
    ),
    [
        counts(1, 6, 5, 4),
        counts(3, 2, 2, 6),
        [1, 1],
        "SAME",
        dict(dimensionNumbers=["NHWC", "HWIO", "NHWC"], featureGroupCount=2),
    ],
)
for f in ("mish", "squareplus", "sparse_plus", "sparse_sigmoid"):
    case("nn." + camel(f), getattr(nn, f), [np.linspace(-4, 4, 33).astype(np.float32)], tol=1e-6)
case("nn.log1mexp", nn.log1mexp, [np.linspace(0.05, 5, 33).astype(np.float32)], tol=1e-6)
case("nn.logmeanexp", nn.logmeanexp, [X45, 1], tol=1e-6)
q, k, v = (rng.standard_normal((2, 5, 4, 8)).astype(np.float32) for _ in range(3))
case("nn.dotProductAttention", nn.dot_product_attention, [q, k, v], dict(scale=0.3, is_causal=True), tol=1e-5)
case(
    "nn.dotProductAttention",
    nn.dot_product_attention,
    [q, k, v],
    dict(bias=rng.standard_normal((2, 4, 5, 5)).astype(np.float32)),
    tol=1e-5,
)
PIC = rng.standard_normal((5, 7, 2)).astype(np.float32)
for method in ("nearest", "linear", "bilinear", "cubic", "bicubic", "lanczos3", "lanczos5"):
    for shape in ([8, 9, 2], [3, 7, 2], [2, 3, 2], [13, 4, 2]):
        tol = {} if method == "nearest" else dict(tol=3e-6)
        case("image.resize", lambda x, s, m: image.resize(x, tuple(s), m), [PIC, shape, method], **tol)
    case(
        "image.resize",
        lambda x, s, m, antialias: image.resize(x, tuple(s), m, antialias=antialias),
        [PIC, [3, 4, 2], method],
        dict(antialias=False),
        tol=3e-6,
    )
case("image.resize", lambda x, s, m: image.resize(x, tuple(s), m), [some("uint8", (4, 4)), [6, 3], "nearest"])
case("image.resize", lambda x, s, m: image.resize(x, tuple(s), m), [some("uint8", (4, 4)), [6, 3], "linear"], tol=3e-6)
case(
    "image.scaleAndTranslate",
    lambda x, s, d, c, t, m: image.scale_and_translate(x, tuple(s), tuple(d), c, t, m),
    [PIC, [6, 6, 2], [0, 1], np.array([1.3, 0.7], np.float32), np.array([0.4, -1], np.float32), "cubic"],
    tol=1e-5,
)
write("names_spaces")
