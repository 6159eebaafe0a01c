"""Golden values of jax.numpy: one case a call, {fn, args, kwargs, result} with flaxen's names.

    .venv/bin/python oracle_numpy.py OUT_DIR [numpy_more]

`case(name, function, args, options)` calls `function(*args, **options)`; arrays among the arguments and results are
encoded, anything else is JSON. To cover a function, add lines to `more`, which the second argument runs alone.
"""

import sys

import jax
import jax.numpy as jnp
import numpy as np
from cases import (
    CASES,
    DTYPES,
    FLOATS,
    SPECIAL,
    camel,
    case,
    device,
    dt,
    enc,
    floats,
    inf,
    ints,
    nan,
    pairs,
    plain,
    rng,
    some,
    write,
)


# --- what came later, in a file of its own
def more():
    rng.bit_generator.state = np.random.default_rng(11).bit_generator.state
    X, V = floats("float32", (2, 3, 4)), floats("float32", (5,))
    ints32, ints8 = ints("int32", (3, 4)), ints("int8", (3, 4))
    counts = lambda *shape: rng.integers(-9, 9, shape).astype(np.float32)
    for d in DTYPES[3:9]:
        v = ints(d)
        s = np.array([0, 1, 2, 7, 8, 15, 16, 31, 32, 33, 100, np.iinfo(d).max, np.iinfo(d).min], d)
        for name in ("left_shift", "right_shift"):
            case(camel(name), getattr(jnp, name), [np.repeat(v, len(s)), np.tile(s, len(v))])
            case(camel(name), getattr(jnp, name), [v, 3])
    for name in ("left_shift", "right_shift"):
        case(camel(name), getattr(jnp, name), [ints("bool"), ints("bool")])
        case(camel(name), getattr(jnp, name), [ints("uint8", (3, 1)), np.arange(4, dtype=np.int8)])
    for d in DTYPES[3:]:
        case("bitwiseNot", jnp.bitwise_not, [ints(d)])
    for d in DTYPES:
        x = floats(d) if d in FLOATS else ints(d)
        case("signbit", jnp.signbit, [x])
        for name in ("nonzero", "flatnonzero", "argwhere"):
            case(name, getattr(jnp, name), [x])
        case("unique", jnp.unique, [x])
        case(
            "unique",
            jnp.unique,
            [np.concatenate([x, x])],
            dict(return_index=True, return_inverse=True, return_counts=True),
        )
        case("isin", jnp.isin, [x, x[1::3]])
        case("isin", jnp.isin, [x, x[1::3]], dict(invert=True))
        case("diff", jnp.diff, [some(d, (3, 5))])
        case("diagonal", jnp.diagonal, [some(d, (3, 5))])
        if d != "bool":
            case("kron", jnp.kron, [some(d, (2, 3)), some(d, (2,))])
            case("ptp", jnp.ptp, [some(d, (3, 4)), 1])
            line = np.sort(some(d, (9,)))
            for side in ("left", "right"):
                case("searchsorted", jnp.searchsorted, [line, np.concatenate([line, some(d, (6,))])], dict(side=side))
        if d not in ("bool", "bfloat16", "float16"):
            case("trace", jnp.trace, [np.round(some(d, (4, 4)))])
    case(
        "searchsorted",
        jnp.searchsorted,
        [np.array([-inf, 1, 1, 3, nan, nan], np.float32), np.array([[nan, 1], [-inf, inf], [-0.0, 5]], np.float32)],
    )
    case(
        "searchsorted",
        jnp.searchsorted,
        [np.array([-1.0, -0.0, 0.0, 2.0], np.float32), np.float32(0)],
        dict(side="right"),
    )
    case("searchsorted", jnp.searchsorted, [np.zeros(0, np.float32), V])
    case(
        "unique",
        jnp.unique,
        [np.array([[3, 1, 3], [2, 1, 1]], np.int32)],
        dict(return_index=True, return_inverse=True, return_counts=True),
    )
    case("unique", jnp.unique, [np.array([nan, 1, nan, 0.0, -0.0], np.float32)])
    case("unique", jnp.unique, [np.zeros(0, np.float32)])
    case("isin", jnp.isin, [ints32, ints8])
    for s in ((3, 4), (0, 2), (2, 2, 3)):
        for name in ("nonzero", "flatnonzero", "argwhere"):
            case(name, getattr(jnp, name), [ints("bool", s)])
        case("where", jnp.where, [ints("int8", s)])
    for k in (-2, -1, 0, 1, 2):
        case("trilIndices", lambda n, o: jnp.tril_indices(n, o["k"], o["m"]), [3, dict(k=k, m=4)])
        case("triuIndices", lambda n, o: jnp.triu_indices(n, o["k"], o["m"]), [3, dict(k=k, m=4)])
        case("diagonal", lambda x, k, o: jnp.diagonal(x, k, o["axis1"], o["axis2"]), [X, k, dict(axis1=2, axis2=0)])
        case("diagonal", jnp.diagonal, [X, k])
        case(
            "trace",
            lambda x, k, o: jnp.trace(x, k, o["axis1"], o["axis2"]),
            [counts(2, 3, 4), k, dict(axis1=-1, axis2=-2)],
        )
    for x in (counts(7), counts(3, 5), counts(2, 3, 4)):
        x.flat[::4] = nan
        x.flat[1] = -inf
        for f in ("nansum", "nanprod", "nanmean", "nanmax", "nanmin"):
            case(f, getattr(jnp, f), [x])
            case(f, getattr(jnp, f), [x, 0])
            case(f, getattr(jnp, f), [x], dict(axis=-1, keepdims=True))
    for f in ("nansum", "nanprod", "nanmean", "nanmax", "nanmin"):
        case(f, getattr(jnp, f), [np.full((2, 3), nan, np.float32), 1])
        case(f, getattr(jnp, f), [ints8, 1])
        case(f, getattr(jnp, f), [counts(2, 3).astype(dt("bfloat16")), 1])
    case("average", jnp.average, [counts(3, 4)])
    case("average", jnp.average, [counts(3, 4)], dict(axis=1))
    case("average", jnp.average, [counts(3, 4)], dict(axis=1, weights=np.abs(counts(4)) + 1, keepdims=True))
    case("average", jnp.average, [counts(3, 4)], dict(weights=np.abs(counts(3, 4)) + 1))
    case("average", jnp.average, [ints32], dict(axis=0, weights=np.array([1, 2, 3], np.int32)))
    case("diff", jnp.diff, [X], dict(n=2, axis=1))
    case("diff", jnp.diff, [X], dict(axis=0, prepend=1.5))
    case("diff", jnp.diff, [V], dict(prepend=V[:2], append=np.float32(3)))
    case("diff", jnp.diff, [V], dict(n=7))
    a, b = pairs("float32")
    for f in ("logaddexp", "hypot", "copysign"):
        case(f, getattr(jnp, f), [a, b])
        case(f, getattr(jnp, f), [floats("float32", (3, 1)), floats("float32", (40,))])
        case(f, getattr(jnp, f), [ints32, 2])
    for f in ("degrees", "radians"):
        case(f, getattr(jnp, f), [floats()])
        case(f, getattr(jnp, f), [ints8])
        case(f, getattr(jnp, f), [floats("float16")])
    case("select", jnp.select, [[X > 1, X > 0], [X, X * 2]])
    case("select", jnp.select, [[ints("bool", (3, 1)), ints("bool", (4,))], [ints8, ints32], 2.5])
    for s in ((), (3,), (2, 3), (2, 3, 4)):
        x = floats("float32", s)
        for f in ("atleast_1d", "atleast_2d", "atleast_3d"):
            case(camel(f), getattr(jnp, f), [x])
        for f in ("dstack", "column_stack"):
            case(camel(f), getattr(jnp, f), [[x, x]])
        case("append", jnp.append, [x, X])
    case("columnStack", jnp.column_stack, [[V, np.stack([V, V], 1)]])
    case("append", jnp.append, [X, X, 1])
    case("hsplit", jnp.hsplit, [X, 3])
    case("hsplit", jnp.hsplit, [V, (1, 3)])
    case("vsplit", jnp.vsplit, [X, 2])
    case("dsplit", jnp.dsplit, [X, 2])
    case("fliplr", jnp.fliplr, [X])
    case("flipud", jnp.flipud, [X])
    for k in range(-1, 5):
        case("rot90", jnp.rot90, [X, k])
        case("rot90", jnp.rot90, [X, k, (2, 1)])
    case("matrixTranspose", jnp.matrix_transpose, [X])
    case("broadcastArrays", jnp.broadcast_arrays, [X, X[:1, :, :1], np.float32(2)])
    case("broadcastShapes", lambda *s: list(jnp.broadcast_shapes(*map(tuple, s))), [[2, 1], [3], [], [5, 1, 1]])
    case("vecdot", jnp.vecdot, [counts(2, 3, 4), counts(3, 4)])
    case("vecdot", lambda a, b, axis: jnp.vecdot(a, b, axis=axis), [counts(2, 3, 4), counts(2, 3, 4), 1])
    case("matvec", jnp.matvec, [counts(2, 3, 4), counts(4)])
    case("matvec", jnp.matvec, [counts(3, 4), counts(2, 4)])
    case("vecmat", jnp.vecmat, [counts(3), counts(2, 3, 4)])
    case("vecmat", jnp.vecmat, [counts(5, 3), counts(3, 4)])
    case("kron", jnp.kron, [counts(2, 3), counts(2, 1, 2)])
    for d in FLOATS:
        info = jnp.finfo(d)
        case(
            "finfo",
            lambda d: dict(
                dtype=d,
                bits=info.bits,
                eps=float(info.eps),
                max=float(info.max),
                min=float(info.min),
                tiny=float(info.tiny),
            ),
            [d],
        )
    for d in DTYPES[3:9]:
        info = jnp.iinfo(d)
        case("iinfo", lambda d: dict(dtype=d, bits=info.bits, max=int(info.max), min=int(info.min)), [d])
    for args in (["int8", "uint8"], ["bool", 2.5], ["bfloat16", ints32, 3], [ints8, 1.5], ["float16", "bfloat16"]):
        case("resultType", lambda *a: str(jnp.result_type(*a)), args)
    for f in ("shape", "ndim", "size"):
        case(f, lambda x: (lambda r: list(r) if f == "shape" else r)(getattr(jnp, f)(x)), [X])
    case("size", jnp.size, [X, 1])
    for f in ("pi", "e", "euler_gamma"):
        case("constant", lambda n: getattr(jnp, {"eulerGamma": "euler_gamma"}.get(n, n)), [camel(f)])
    write("numpy_more")


if sys.argv[2:] == ["numpy_more"]:
    more()
    sys.exit()

# --- dtypes
case("promoteTable", lambda: [[str((jnp.zeros(1, a) + jnp.zeros(1, b)).dtype) for b in DTYPES] for a in DTYPES], [])
for a in DTYPES:
    x = floats(a) if a in FLOATS else ints(a)
    for b in DTYPES:
        case("astype", lambda x, d: x.astype(d), [x, b])
case(
    "astype",
    lambda x, d: x.astype(d),
    [
        np.array([2**24 + 1, 0x01010001, 0x01018001, 0x00FFFFFF, 2049, 2051, 65519, 65520, 257, 259], np.int32),
        "bfloat16",
    ],
)
case(
    "astype", lambda x, d: x.astype(d), [np.array([2**24 + 1, 2049, 2051, 65519, 65520, 257, 259], np.int32), "float16"]
)
edges = (np.arange(0, 2**16, 7, dtype=np.uint32) << 16 | 0x8000).view(np.float32)[:2000]
case("astype", lambda x, d: x.astype(d), [edges, "bfloat16"])
half = np.arange(0, 0x7C00, 13, dtype=np.uint16).view(np.float16).astype(np.float32)
case("astype", lambda x, d: x.astype(d), [(half[:-1] + half[1:]) / 2, "float16"])

# --- elementwise
BINARY = [
    "add",
    "subtract",
    "multiply",
    "divide",
    "maximum",
    "minimum",
    "floor_divide",
    "remainder",
    "equal",
    "not_equal",
    "less",
    "less_equal",
    "greater",
    "greater_equal",
]
for name in BINARY:
    f = getattr(jnp, name)
    for d in FLOATS:
        a, b = pairs(d)
        if name not in BINARY[:4]:
            a, b = floats(d)[:, None], floats(d)
        case(camel(name), f, [a, b])
        case(camel(name), f, [some(d, (3, 4)), some(d, (4,))])
        case(camel(name), f, [some(d, (3, 4)), some(d, (3, 1))])
    for d in DTYPES[3:]:
        if d == "bool" and name == "subtract":
            continue
        v = ints(d)
        a, b = np.repeat(v, len(v)), np.tile(v, len(v))
        case(camel(name), f, [a, b])
    for x, y in [
        ((2, 1, 3), (4, 1)),
        ((5,), ()),
        ((), (5,)),
        ((0, 3), (3,)),
        ((2, 3, 4), (2, 1, 4)),
        ((1, 1), (1,)),
        ((3, 1), (1, 0)),
    ]:
        case(camel(name), f, [floats("float32", x), floats("float32", y)])
    case(camel(name), f, [floats("float32", (7,)), 3])
    case(camel(name), f, [ints("int32", (7,)), 2.5])
    case(camel(name), f, [floats("bfloat16", (7,)), 2.5])
    case(camel(name), f, [floats("float16", (7,)), -3])
    case(camel(name), f, [ints("uint8", (7,)), 3])
    case(camel(name), f, [3, ints("int8", (7,))])
    case(camel(name), f, [ints("bool", (7,)), 3])
    case(camel(name), f, [ints("uint8", (7,)), ints("int8", (7,))])
    case(camel(name), f, [ints("int16", (7,)), floats("bfloat16", (7,))])
for name in ["bitwise_and", "bitwise_or", "bitwise_xor"]:
    for d in DTYPES[3:]:
        v = ints(d)
        case(camel(name), getattr(jnp, name), [np.repeat(v, len(v)), np.tile(v, len(v))])
for name in ["logical_and", "logical_or", "logical_xor"]:
    case(camel(name), getattr(jnp, name), [floats()[:, None], floats()])
    case(camel(name), getattr(jnp, name), [ints("int8", (3, 4)), ints("bool", (4,))])
for d in DTYPES:
    x = floats(d) if d in FLOATS else ints(d)
    case("logicalNot", jnp.logical_not, [x])
    for name in [
        "isnan",
        "isinf",
        "isfinite",
        "nan_to_num",
        "abs",
        "square",
        "floor",
        "ceil",
        "trunc",
        "round",
        "reciprocal",
        "negative",
        "sign",
    ]:
        if d == "bool" and name in ("negative", "sign", "floor", "ceil", "trunc", "round", "square", "nan_to_num"):
            continue
        case(camel(name), getattr(jnp, name), [x])
case("nanToNum", jnp.nan_to_num, [floats()], dict(nan=1.5, posinf=9.0, neginf=-9.0))
for d in ("float32", "float16"):
    for decimals in (1, 2, -1, 3):
        case("round", jnp.round, [floats(d, (40,)), decimals])
for d in DTYPES[3:9]:
    v = ints(d)
    case("power", jnp.power, [np.repeat(v, len(v)), np.tile(v, len(v))])
    case("power", jnp.power, [v, 3])
for e in (0, 1, 2, 3, 5, -1, -2, -3, 10):
    for d in FLOATS:
        case("power", jnp.power, [floats(d), e])
case("power", jnp.power, [ints("bool"), ints("bool")])
case("power", jnp.power, [ints("bool"), 2])
case("power", jnp.power, [np.abs(floats("float32", (50,))), floats("float32", (50,))], ulp=1)
case("power", jnp.power, [floats("float32", (20,)), ints("int32", (20,))], ulp=1)
for d in ("float32", "bfloat16", "float16", "int32"):
    x = np.abs(some(d, (60,)))
    for name in ["exp2", "log2", "log10", "exp", "log", "sqrt", "tanh"]:
        case(name, getattr(jnp, name), [x])
for name in ["exp2", "log2", "log10"]:
    case(name, getattr(jnp, name), [floats()])
    case(name, getattr(jnp, name), [(rng.standard_normal(500) * 20).astype(np.float32)])
for d in FLOATS:
    case("where", jnp.where, [ints("bool", (3, 1)), some(d, (4,)), 2])
    case("clip", jnp.clip, [floats(d), -1, 2])
    case("clip", jnp.clip, [floats(d), None, 0.5])
    a, b = pairs(d)
    case("isclose", jnp.isclose, [a, b])
    case("isclose", jnp.isclose, [some(d, (50,)), some(d, (50,))], dict(rtol=0.1, atol=1.0))
case("where", jnp.where, [ints("bool", (5,)), ints("int32", (5,)), 2.5])
case("where", jnp.where, [ints("bool", (5,)), ints("uint8", (5,)), ints("int8", (5,))])
case("where", jnp.where, [floats(), 1.0, floats()])
case("clip", jnp.clip, [ints("int8", (9,)), 0, 20])
case("clip", jnp.clip, [ints("int32", (9,)), 0.5, None])
case("clip", jnp.clip, [floats("float32", (3, 4)), floats("float32", (4,)), floats("float32", (3, 1))])
x = floats("float32", (50,))
case("isclose", jnp.isclose, [x, (x * (1 + rng.standard_normal(50) * 1e-5)).astype(np.float32)])
case("isclose", jnp.isclose, [floats(), floats()], dict(equal_nan=True))
case("allclose", lambda a, b: bool(jnp.allclose(a, b)), [x, x])
case("allclose", lambda a, b: bool(jnp.allclose(a, b)), [x, x + np.float32(0.1)])
case("arrayEqual", lambda a, b: bool(jnp.array_equal(a, b)), [floats(), floats()])
case("arrayEqual", lambda a, b: bool(jnp.array_equal(a, b)), [x, x])
write("numpy")

# --- making
for a in [
    (5,),
    (0,),
    (2, 9),
    (2, 9, 3),
    (9, 2, -2),
    (3, 3),
    (0, 1, 0.1),
    (1, 2, 0.3),
    (5.5,),
    (-1.0, 1.0, 0.25),
    (10, 0, -0.7),
    (0.1, 5, 0.1),
]:
    case("arange", jnp.arange, list(a))
for a in [(0, 1, 5), (0, 1, 1), (0, 1, 0), (0, 1, 50), (-3, 7, 13), (0.1, 0.7, 101), (1, 1e10, 7), (5, -5, 10)]:
    case("linspace", jnp.linspace, list(a), ulp=1)
    case("linspace", jnp.linspace, list(a), dict(endpoint=False), ulp=1)
case("linspace", jnp.linspace, [0, 10, 7], dict(dtype="int32"))
case("linspace", jnp.linspace, [0, 1, 7], dict(dtype="bfloat16"))
for d in DTYPES:
    case("full", jnp.full, [[2, 3], 3, d])
    case("fullLike", jnp.full_like, [some(d, (2, 2)), 2])
    case("zerosLike", jnp.zeros_like, [some(d, (2, 2))])
    case("onesLike", jnp.ones_like, [some(d, (2, 2))])
    case("ones", jnp.ones, [[3], d])
    case("zeros", jnp.zeros, [[0, 2], d])
    case("identity", jnp.identity, [3, d])
    case("tril", jnp.tril, [some(d, (3, 4))])
    case(
        "oneHot",
        lambda x, n, d: jax.nn.one_hot(x, n, dtype=d),
        [np.array([0, 2, 5, -1], np.int32), 4, d],
        called=[np.array([0, 2, 5, -1], np.int32), 4, dict(dtype=d)],
    )
case("full", jnp.full, [[2, 2], floats("float32", (2,))])
for k in (-2, -1, 0, 1, 3):
    case("eye", lambda n, o: jnp.eye(n, o["m"], k=o["k"]), [3, dict(m=4, k=k)])
    case("tri", lambda n, o: jnp.tri(n, o["m"], k=o["k"]), [3, dict(m=4, k=k)])
    for s in [(3, 3), (2, 3, 4), (0, 2)]:
        case("tril", jnp.tril, [floats("float32", s), k])
        case("triu", jnp.triu, [floats("float32", s), k])
    case("diag", jnp.diag, [floats("float32", (3,)), k])
    case("diag", jnp.diag, [ints("int8", (3, 4)), k])
for o in ("xy", "ij"):
    case(
        "meshgrid",
        lambda xs, q: jnp.meshgrid(*xs, indexing=q["indexing"]),
        [[floats("float32", (2,)), ints("int32", (3,)), floats("float32", (4,))], dict(indexing=o)],
    )
    case(
        "meshgrid",
        lambda xs, q: jnp.meshgrid(*xs, indexing=q["indexing"]),
        [[floats("float32", (2,))], dict(indexing=o)],
    )
case("oneHot", jax.nn.one_hot, [np.array([[0, 2], [1, 3]], np.int32), 3], dict(axis=0))
case("oneHot", jax.nn.one_hot, [np.array([[0, 2], [1, 3]], np.int32), 3], dict(axis=1))

# --- shapes
X = floats("float32", (2, 3, 4))
case("reshape", jnp.reshape, [X, [4, -1]])
case("ravel", jnp.ravel, [X])
for axes in ([0, 1, 2], [2, 1, 0], [1, 2, 0], [0, 2, 1], [-1, 0, 1]):
    case("transpose", jnp.transpose, [X, axes])
case("transpose", jnp.transpose, [X])
for d in DTYPES:
    case("transpose", jnp.transpose, [some(d, (3, 5))])
    case("flip", jnp.flip, [some(d, (3, 2))])
    case("concatenate", lambda p: jnp.concatenate(p), [[some(d, (2, 2)), some("uint8", (1, 2)), some(d, (0, 2))]])
    case("sort", jnp.sort, [floats(d) if d in FLOATS else ints(d)])
    case("argsort", jnp.argsort, [floats(d) if d in FLOATS else ints(d)])
    case("take", jnp.take, [some(d, (4, 2)), np.array([0, -1, 3, 4, -5], np.int32)], dict(axis=0))
    case("slice", lambda x, *i: x[::-1, 1], [some(d, (4, 2)), "::-1", 1])
case("swapaxes", jnp.swapaxes, [X, 0, -1])
case("moveaxis", jnp.moveaxis, [X, 0, -1])
case("moveaxis", jnp.moveaxis, [X, [0, 1], [-1, 0]])
case("squeeze", jnp.squeeze, [floats("float32", (1, 3, 1))])
case("squeeze", jnp.squeeze, [floats("float32", (1, 3, 1)), -1])
case("expandDims", jnp.expand_dims, [X, 1])
case("expandDims", jnp.expand_dims, [X, (0, -1)])
case("broadcastTo", jnp.broadcast_to, [floats("float32", (3, 1)), [2, 3, 2]])
case("concatenate", lambda p, a: jnp.concatenate(p, a), [[X, X[:, :1]], 1])
case("concatenate", lambda p, a: jnp.concatenate(p, a), [[X, X[:, :1]], None])
case("stack", lambda p, a: jnp.stack(p, a), [[X, X], -1])
case("hstack", lambda p: jnp.hstack(p), [[X, X]])
case("hstack", lambda p: jnp.hstack(p), [[X[0, 0], X[1, 0]]])
case("vstack", lambda p: jnp.vstack(p), [[X[0, 0], X[1]]])
case("split", jnp.split, [X, 2, 2])
case("split", jnp.split, [X, (1, 2), 1])
case("arraySplit", jnp.array_split, [X, 3, 2])
case("unstack", jnp.unstack, [X])
case("unstack", lambda x, a: jnp.unstack(x, axis=a), [X, 1])
case("tile", jnp.tile, [X, (2, 1, 3)])
case("tile", jnp.tile, [X[0, 0], (2, 2)])
case("tile", jnp.tile, [X, 2])
case("repeat", jnp.repeat, [X, 2])
case("repeat", jnp.repeat, [X, 2, 1])
case("repeat", lambda x, r, a: jnp.repeat(x, np.array(r), a), [X, [1, 0, 2], 1])
for mode in ("constant", "edge", "reflect", "symmetric", "wrap"):
    for width in (1, [2, 3], [[1, 0], [0, 2], [3, 1]], 9):
        case("pad", lambda x, w, o: jnp.pad(x, w, mode=o["mode"]), [X, width, dict(mode=mode)])
    case("pad", lambda x, w, o: jnp.pad(x, w, mode=o["mode"]), [X[:1, 0], 2, dict(mode=mode)])
case(
    "pad",
    lambda x, w, o: jnp.pad(x, w, constant_values=o["constantValues"]),
    [floats("bfloat16", (3,)), 2, dict(constantValues=1.5)],
)
case(
    "pad",
    lambda x, w, o: jnp.pad(x, w, constant_values=o["constantValues"]),
    [ints("int8", (3,)), [0, 2], dict(constantValues=7)],
)
case("roll", jnp.roll, [X, 5])
case("roll", jnp.roll, [X, -1, 1])
case("roll", jnp.roll, [X, (1, 2), (0, 2)])
case("roll", jnp.roll, [X[:0], 1, 0])
case("flip", jnp.flip, [X, 1])
case("flip", jnp.flip, [X, (0, 2)])

# --- choosing
S = floats()
for axis in (0, 1, -1, None):
    for descending in (False, True):
        o = dict(axis=axis, descending=descending)
        case(
            "sort",
            jnp.sort,
            [
                np.round(X),
            ],
            o,
        )
        case("argsort", jnp.argsort, [np.round(X)], o)
for x in (S, floats("float16"), ints("int8"), ints("uint32")):
    case("sort", jnp.sort, [x], dict(descending=True))
    case("argsort", jnp.argsort, [x], dict(descending=True))
    case("topK", jax.lax.top_k, [x, 4])
z = np.array([0.0, -0.0, 0.0, -0.0, nan, -nan], np.float32)
for f, n in ((jnp.sort, "sort"), (jnp.argsort, "argsort")):
    case(n, f, [z])
case("topK", jax.lax.top_k, [np.round(X), 2])
case("topK", jax.lax.top_k, [z[:5], 5])  # flaxen has every NaN the greatest
I = np.array([[0, -1], [5, -9]], np.int32)
for mode in ("fill", "clip", "wrap"):
    case("take", jnp.take, [X, I], dict(axis=1, mode=mode))
    case("take", jnp.take, [X, I], dict(mode=mode))
    case("take", jnp.take, [X, np.int32(-1)], dict(axis=0, mode=mode))
for index, axis in (
    (np.array([[[0]], [[2]]], np.int32), 1),
    (np.array([[[3, -1, 7]]], np.int32), 2),
    (np.array([[[1, 0, 1, -2]]], np.int32), 0),
):
    case("takeAlongAxis", jnp.take_along_axis, [X, index, axis])

# --- indexing
M = X[0] > 0


def read(x, *index):
    return x[
        tuple(
            {"...": Ellipsis}.get(i, i)
            if isinstance(i, str) and i == "..."
            else slice(*[int(p) if p else None for p in i.split(":")])
            if isinstance(i, str)
            else i
            for i in index
        )
    ]


ax = lambda *v: np.array(v, np.int32)
INDICES = [
    (0,),
    (-1, 1),
    (1, 2, 3),
    ("1:",),
    ("::-1", "...", "::2"),
    ("...", 0),
    (None, "...", None),
    (":", None, 1),
    ("5:",),
    ("-2:", ":-1"),
    ("2:0:-1", "2::-2"),
    (ax(1, 0, 1),),
    (":", ax(0, 2)),
    (ax(1, 0), ":", ax(3, 1)),
    (ax(0, 1)[:, None], ax(2, 0, 1)),
    (0, ":", ax(3, 1)),
    (":", 1, ax(3, 1)),
    (ax(0, 1), None, ax(1, 2)),
    (":", ":", ax()),
    (ax(0, 9, -7),),
    (7,),
    (-7, "1:"),
    ("...", ax([0, 1], [2, 3])),
    (X[:, :, 0] > 0,),
    (X > 0,),
    (0, M),
    ("...", M[0]),
    (":", X[0, :, 0] > 0, ax(2)),
    (),
]
for index in INDICES:
    case("slice", read, [X, *index])


def places(index):
    return tuple(
        Ellipsis
        if isinstance(i, str) and i == "..."
        else slice(*[int(p) if p else None for p in i.split(":")])
        if isinstance(i, str)
        else i
        for i in index
    )


for op in ("set", "add", "multiply", "min", "max"):
    for index in INDICES if op in ("set", "add") else INDICES[::5]:
        for d in ("float32",) if op != "add" else ("int8",):
            x = X if d == "float32" else ints("int8", (2, 3, 4))
            case("at", lambda x, ix, op, v: getattr(x.at[places(ix)], op)(v), [x, list(index), op, 2])
    v = floats("float32", (4,))
    case(
        "at",
        lambda x, ix, op, v: getattr(x.at[places(ix)], op)(v),
        [X, [ax(0, 0, 1), ax(1, 1, 2)], op, floats("float32", (3, 4))],
    )
    case("at", lambda x, ix, op, v: getattr(x.at[places(ix)], op)(v), [X, ["1:"], op, v])
    case("at", lambda x, ix, op, v: getattr(x.at[places(ix)], op)(v), [floats("bfloat16", (5,)), ["1:4"], op, 0.3])
    case("at", lambda x, ix, op, v: getattr(x.at[places(ix)], op)(v), [floats("float16", (5,)), [1], op, 0.3])
write("numpy_shapes")

# --- random.uniform of the 16-bit floats: [seed, shape, options]
from jax import random

for seed in (0, 42):
    for d in ("bfloat16", "float16"):
        for shape, lo, hi in (([300], 0, 1), ([3, 50], -1, 1), ([64], 0.1, 7.3), ([5], 1, 1), ([7], -300.0, 1e-3)):
            for original in (False, True):
                with jax.threefry_partitionable(not original):
                    out = random.uniform(random.key(seed), shape, d, lo, hi)
                CASES.append(
                    dict(seed=seed, shape=shape, minval=lo, maxval=hi, dtype=d, original=original, result=enc(out))
                )
write("uniform_half")

# --- printing: [array, str, repr]
P = []
for a in [floats(d) for d in FLOATS] + [
    floats(d, s)
    for d in FLOATS
    for s in [(3,), (2, 3), (2, 2, 2), (30,), (4, 12), (1200,), (3, 400), (40, 40), (0, 3), (0,), (1, 1)]
]:
    P.append(a)
for d in DTYPES[3:]:
    P += [ints(d), ints(d, (3, 4)), ints(d, (60,)), ints(d, (1100,)), ints(d, ())]
for v in [
    1,
    0.1,
    1e10,
    -1e10,
    1e-5,
    999999,
    1e6,
    123456.789,
    1e-4,
    0,
    -0.0,
    nan,
    inf,
    -inf,
    16777216,
    3.4e38,
    1e-45,
    2.5,
    1 / 3,
    0.001,
]:
    for d in FLOATS:
        P.append(np.array(v, np.float32).astype(dt(d)))
for v in [
    [1, 2, 3],
    [0.1, 0.25],
    [1e-5, 1],
    [1000, 1],
    [1001, 1],
    [1e6],
    [999999, 0.5],
    [nan, 1],
    [nan, nan],
    [inf, 1],
    [-inf, 1],
    [-inf, nan, 100.25],
    [1e10, nan],
    [1e10, -inf],
    [0, 0],
    [-0.0, 1],
    [1.5, -2.25],
    [0.00012345678],
    [1e-4],
    [9.9999e-5],
    [0.001953125, 1],
    [0.005859375, 0.5],
    [0.1234567891],
    [123.45678, 0.01],
    [1e38, 1],
    [1e-40, 1e-38],
    [16777216],
    [0.33333334, 2 / 3],
    [2.015625],
    [1.0078125, 100.5],
    [1e5, 99.99],
]:
    for d in FLOATS:
        P.append(np.array(v, np.float32).astype(dt(d)))
P += [
    rng.standard_normal((2, 3, 4, 5)).astype(np.float32),
    (rng.standard_normal((6, 200, 3)) * 1e5).astype(np.float32),
    rng.standard_normal((1, 20)).astype(np.float32),
    (10.0 ** rng.integers(-20, 20, 20)).astype(np.float32),
]
for a in P:
    x = jnp.asarray(a)
    CASES.append(dict(x=enc(a), str=str(x), repr=repr(x)))
write("numpy_print")
more()
