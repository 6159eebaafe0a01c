"""Random calls of differentiable functions and their derivatives as real JAX gives them.

    VENV/bin/python test/golden/oracle_fuzz_gradients.py OUT [--seed N] [--count M]

writes OUT/fuzz_gradients.json: calls of oracle_fuzz.py that have floats, and of draws of its own. Of each call the
gradients of `ct`, the derivative along `tangents` (`tangentOut`) and, of each other call, the gradients of the
gradients' product with `w` (`second`); with `64` behind their names the same in float64, where JAX has it. Arrays are
{"a": [dtype, shape, elements]}, lists of float64 their elements alone. Only calls that flaxen takes and that JAX
differentiates are drawn. The test that reads it is test/autodiff/fuzz.test.ts.
"""

import json, os, sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from cases import META, camel
import numpy as np
import jax
import jax.numpy as jnp
from oracle_fuzz import FLOATS, FUNCTIONS, J, L, N, NAMES, R, array, average, axes_of, axis_of, binary, chance, device
from oracle_fuzz import element, interp, matrices, partner, plain, reduction, regular, shape, take, tensordot_case

FLOAT = ["float32"]
F = ["float32", "float32", "bfloat16", "float16"]
CALLS = [(name, *call) for name, call in ({**FUNCTIONS, **NAMES}).items()]


def also(space, names, draw, prefix=""):
    CALLS.extend((prefix + name, getattr(space, name), draw) for name in names.split())


def hashable(x):
    if isinstance(x, dict):
        return {key: hashable(value) for key, value in x.items()}
    return tuple(hashable(v) for v in x) if isinstance(x, (list, tuple)) else x


def masked(initial=False):
    def draw():
        x = array(F, low=1)
        o = chance({"axis": axes_of(x)}, 0.8) | chance({"keepdims": R.random() < 0.5})
        if R.random() < 0.7 or not initial:
            o["where"] = array(["bool"], partner(x.shape))
        if initial and (R.random() < 0.6 or "where" in o):
            o["initial"] = R.choice([-1.0, 0.5, 2.0])
        return [x], o

    return draw


also(jnp, "sum prod max min amax amin nansum nanprod nanmax nanmin", masked(True))
also(jnp, "mean var std nanmean nanvar nanstd", masked())
also(jnp, "ptp", reduction(F))
also(
    jnp,
    (
        "logaddexp logaddexp2 hypot arctan2 float_power fmod remainder mod fmax fmin maximum minimum power divide "
        "multiply subtract heaviside copysign"
    ),
    binary(F, numbers=True, values=[-2, -1, -0.5, 0.0, -0.0, 0.5, 1, 2, 3, np.inf, np.nan]),
)


def log_sum():
    x = array(FLOAT, low=1)
    o = chance({"axis": axes_of(x)}, 0.8) | chance({"keepdims": True}, 0.3)
    if R.random() < 0.5:
        o["b"] = array(FLOAT, partner(x.shape), special=0, values=[0.5, 1, 2, 3])
    if R.random() < 0.4:
        o["where"] = array(["bool"], partner(x.shape))
    return [x], o


CALLS.append(("logsumexp", N.logsumexp, log_sum))


def softmax():
    x = array(F, low=1, special=0.01)
    a = R.randrange(x.ndim)
    return [x], {"axis": a} | ({"where": array(["bool"], x.shape)} if R.random() < 0.5 else {})


also(N, "softmax log_softmax", softmax, "nn.")
also(
    N,
    "standardize",
    lambda: (
        [x := array(FLOAT, low=1, special=0)],
        {"axis": R.randrange(x.ndim)} | chance({"epsilon": 0.1}) | chance({"where": array(["bool"], x.shape)}, 0.4),
    ),
    "nn.",
)
also(N, "logmeanexp", masked(), "nn.")
also(N, "celu elu", lambda: ([array(F), R.choice([0.5, 1.0, 2.0])], {}), "nn.")
also(N, "leaky_relu", lambda: ([array(F), R.choice([0.5, 0.01])], {}), "nn.")
also(N, "squareplus", lambda: ([array(F), R.choice([0.5, 4.0])], {}), "nn.")
also(N, "squareplus", lambda: ([array(FLOAT, d := shape()), array(FLOAT, partner(d), values=[0.5, 1, 2])], {}), "nn.")


def attention():
    b, t, s, n, h = R.randint(1, 2), R.randint(1, 3), R.randint(1, 4), R.choice([1, 2, 4]), R.randint(1, 3)
    k = R.choice([d for d in (1, 2, 4) if n % d == 0])
    q = array(FLOAT, [b, t, n, h], special=0, values=[-1.5, -0.5, 0.3, 0.7, 1.2])
    kk = array(FLOAT, [b, s, k, h], special=0, values=[-1.5, -0.5, 0.3, 0.7, 1.2])
    v = array(FLOAT, [b, s, k, h], special=0)
    o = {}
    if R.random() < 0.5:
        o["bias"] = array(FLOAT, [R.choice([1, b]), R.choice([1, n]), t, s], special=0, values=[-1, 0, 0.5])
    if R.random() < 0.4:
        o["mask"] = array(["bool"], [R.choice([1, b]), R.choice([1, n]), t, s])
    if R.random() < 0.3:
        o["is_causal"] = True
    if R.random() < 0.4:
        o["scale"] = 0.7
    return [q, kk, v], o


also(N, "dot_product_attention", attention, "nn.")
also(
    L,
    "pow",
    lambda: (
        [
            array(FLOAT, d := shape(), values=[0, 0.5, 1, 2, -1, -2, 3]),
            array(FLOAT, d, special=0, values=[-2, -1, 0, 0.5, 1, 2, 3]),
        ],
        {},
    ),
    "lax.",
)
also(
    L,
    "max min rem atan2 div mul sub add",
    lambda: ([array([t := R.choice(F)], d := shape()), array([t], d)], {}),
    "lax.",
)
also(
    L,
    "cumsum cumprod cummax cummin cumlogsumexp",
    lambda: ([x := array(F, low=1), R.randrange(x.ndim)], {"reverse": R.random() < 0.6}),
    "lax.",
)
also(L, "select", lambda: ([array(["bool"], d := shape()), array([t := R.choice(F)], d), array([t], d)], {}), "lax.")
also(
    L,
    "pad",
    lambda: (
        [
            x := array(F),
            np.array(R.choice([0.0, 2.0]), x.dtype),
            [[R.randint(-1, 2), R.randint(-1, 2), R.randint(0, 2)] for _ in x.shape],
        ],
        {},
    ),
    "lax.",
)


def slices():
    x = array(F, low=1)
    st = [R.randint(0, d) for d in x.shape]
    en = [R.randint(a, d) for a, d in zip(st, x.shape)]
    return [x, st, en], chance({"strides": [R.randint(1, 2) for _ in x.shape]})


also(L, "slice", slices, "lax.")
also(L, "transpose", lambda: ([x := array(F), R.sample(range(x.ndim), x.ndim)], {}), "lax.")
also(
    L,
    "broadcast_in_dim",
    lambda: ([x := array(F, dims=shape(1, 2, 2)), [3] + list(x.shape), list(range(1, x.ndim + 1))], {}),
    "lax.",
)
also(
    L,
    "dynamic_update_slice_in_dim",
    lambda: (
        [
            x := array(F, dims=shape(1, 2, 3)),
            array([str(x.dtype)], [R.randint(0, 3)] + list(x.shape[1:])),
            R.randint(-3, 3),
            0,
        ],
        {},
    ),
    "lax.",
)
also(
    L,
    "dynamic_update_index_in_dim",
    lambda: ([x := array(F, dims=shape(1, 2, 3)), array([str(x.dtype)], list(x.shape[1:])), R.randint(-3, 3), 0], {}),
    "lax.",
)
also(
    L,
    "dot",
    lambda: (lambda p: ([array(FLOAT, p[0], special=0), array(FLOAT, p[1], special=0)], {}))(
        R.choice([((2, 3), (3, 4)), ((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 2))])
    ),
    "lax.",
)


def contraction():
    spec = R.choice(
        [
            (((1,), (0,)), ((), ())),
            (((2,), (1,)), ((0,), (0,))),
            (((0, 1), (1, 0)), ((), ())),
            (((1,), (2,)), ((0,), (1,))),
        ]
    )
    (lc, rc), (lb, rb) = spec
    nl = max([1, *lc, *lb]) + 1 + R.randint(0, 1)
    nr = max([1, *rc, *rb]) + 1
    ls = [R.randint(1, 3) for _ in range(nl)]
    rs = [R.randint(1, 3) for _ in range(nr)]
    for a, b in zip(lc + lb, rc + rb):
        rs[b] = ls[a]
    return [
        array([t := R.choice(F)], ls, special=0),
        array([t], rs, special=0),
        [[list(lc), list(rc)], [list(lb), list(rb)]],
    ], {}


CALLS.append(("lax.dot_general", lambda a, b, d: L.dot_general(a, b, hashable(d)), contraction))
WINDOWED = {"add": (L.add, 0.0), "max": (L.max, -np.inf), "min": (L.min, np.inf)}


def reduce_window(x, init, operation, sizes, strides, padding):
    return L.reduce_window(x, init, WINDOWED[operation][0], tuple(sizes), tuple(strides), padding)


def window():
    x = array(FLOAT, low=1, dims=shape(1, 3, R.randint(1, 4)), special=0)
    operation = R.choice(list(WINDOWED))
    sizes, strides = ([R.randint(1, 2) for _ in x.shape] for _ in "ab")
    return [x, WINDOWED[operation][1], operation, sizes, strides, R.choice(["VALID", "SAME"])], {}


CALLS.append(("lax.reduce_window", reduce_window, window))


def convolution():
    n = R.randint(1, 2)
    fg = R.choice([1, 1, 2])
    ci, co = fg * R.randint(1, 2), fg * R.randint(1, 2)
    dims = [R.randint(3, 5) for _ in range(n)]
    k = [R.randint(1, 3) for _ in range(n)]
    v = [-1.5, -0.5, 0.25, 0.7, 1, 2]
    lhs = array(FLOAT, [R.randint(1, 2), ci] + dims, special=0, values=v)
    rhs = array(FLOAT, [co, ci // fg] + k, special=0, values=v)
    o = (
        {"feature_group_count": fg}
        | chance({"lhs_dilation": [R.randint(1, 2) for _ in dims]}, 0.4)
        | chance({"rhs_dilation": [R.randint(1, 2) for _ in dims]}, 0.4)
    )
    padding = R.choice(["SAME", "VALID", [[R.randint(-1, 2), R.randint(0, 2)] for _ in dims]])
    if "lhs_dilation" in o and isinstance(padding, str):
        padding = [[1, 1] for _ in dims]
    return [lhs, rhs, [R.randint(1, 2) for _ in dims], padding], o


def conv_general_dilated(lhs, rhs, strides, padding, **options):
    return L.conv_general_dilated(lhs, rhs, strides, hashable(padding), **hashable(options))


CALLS.append(("lax.conv_general_dilated", conv_general_dilated, convolution))
also(L, "integer_pow", lambda: ([array(F), R.randint(-3, 4)], {}), "lax.")
also(L, "top_k", lambda: ([x := array(F, low=1, special=0), R.randint(0, x.shape[-1])], {}), "lax.")
also(
    L,
    "clamp",
    lambda: (
        [
            array([t := R.choice(F)], d := R.choice([(), shape()]), values=[-1, 0, 0.5]),
            array([t], d),
            array([t], d, values=[0, 1, 2]),
        ],
        {},
    ),
    "lax.",
)
also(
    L,
    "concatenate",
    lambda: (lambda p: ([p[0], p[1]], {}))(((d := list(shape(1, 2, 2))), [[array(FLOAT, d), array(FLOAT, d)], 0])[1]),
    "lax.",
)
also(
    L,
    "reduce_max reduce_min reduce_sum reduce_prod",
    lambda: (
        [
            x := array(F, low=1, special=0.02, values=[-2, -1, 0, 0.5, 1, 2]),
            sorted(R.sample(range(x.ndim), R.randint(0, x.ndim))),
        ],
        {},
    ),
    "lax.",
)


def positive(n, batch=()):
    a = regular(n, batch)
    return (a @ np.swapaxes(a, -1, -2)).astype(np.float32)


also(J, "cholesky", lambda: ([positive(R.randint(1, 4), shape(0, 1, 2))], chance({"upper": True})), "linalg.")
also(J, "cholesky", lambda: ([regular(R.randint(1, 3))], {"symmetrize_input": R.random() < 0.5}), "linalg.")
also(
    J,
    "qr",
    lambda: ([regular(R.randint(1, 4), shape(0, 1, 2))], chance({"mode": R.choice(["reduced", "r", "complete"])})),
    "linalg.",
)
CALLS.append(("linalg.qr", jnp.linalg.qr, lambda: ([regular(4)[:, : R.randint(1, 3)].copy()], {})))
also(J, "slogdet", lambda: ([regular(R.randint(1, 4), shape(0, 1, 2))], {}), "linalg.")
also(J, "det", lambda: ([array(FLOAT, [n := R.randint(1, 3), n], special=0, values=[0, 1, 2, -1])], {}), "linalg.")
also(
    J,
    "solve",
    lambda: (
        [regular(n := R.randint(1, 4), b := shape(0, 1, 2)), array(FLOAT, list(b) + [n, R.randint(1, 2)], special=0)],
        {},
    ),
    "linalg.",
)


def matrix_norm():
    x = array(FLOAT, dims=[*shape(0, 1, 2), R.randint(1, 3), R.randint(1, 3)], special=0)
    o = R.choice([{}, {"ord": "fro"}])
    if o or x.ndim > 2:
        o = {"ord": "fro", "axis": [-2, -1]} | o
    return [x], o | chance({"keepdims": True})


CALLS.append(("linalg.norm", jnp.linalg.norm, matrix_norm))
also(
    J,
    "norm",
    lambda: (
        [x := array(FLOAT, low=1, special=0)],
        {"axis": axis_of(x, 0), "ord": R.choice([0, 1, 2, np.inf, -np.inf])},
    ),
    "linalg.",
)
also(
    J,
    "cross outer matmul vecdot",
    lambda: ([array(FLOAT, [3], special=0), array(FLOAT, [3], special=0)], {}),
    "linalg.",
)
also(J, "trace diagonal", lambda: ([array(FLOAT, low=2)], chance({"offset": R.randint(-2, 2)})), "linalg.")
also(J, "matrix_transpose", lambda: ([array(FLOAT, low=2)], {}), "linalg.")
also(J, "tensordot", tensordot_case, "linalg.")


def resize():
    x = array(FLOAT, [R.randint(1, 4) for _ in range(R.randint(1, 3))], special=0)
    return [
        x,
        [R.randint(1, 6) for _ in x.shape],
        R.choice(["nearest", "linear", "cubic", "lanczos3", "lanczos5"]),
    ], chance({"antialias": False})


also(jax.image, "resize", resize, "image.")


def scale_and_translate():
    x = array(FLOAT, [R.randint(2, 4), R.randint(2, 4)], special=0)
    return [
        x,
        [R.randint(2, 5), R.randint(2, 5)],
        [0, 1],
        np.array([R.choice([0.7, 1.5, 2]), R.choice([0.6, 1.3])], np.float32),
        np.array([R.choice([0.3, -0.4]), R.choice([0.2, 0.6])], np.float32),
        R.choice(["linear", "cubic", "lanczos3"]),
    ], chance({"antialias": False})


also(jax.image, "scale_and_translate", scale_and_translate, "image.")


def segments():
    n = R.randint(0, 5)
    return [
        array(F, [n] + list(shape(0, 1)), special=0.02),
        array(["int32"], [n], special=0, values=[0, 1, 2, 2, 3, -1]),
    ], chance({"num_segments": 4}, 1)


also(jax.ops, "segment_sum segment_max segment_min", segments, "ops.")
also(
    jnp,
    "linspace",
    lambda: (
        [array(FLOAT, d := shape(0, 2, 2), special=0), array(FLOAT, d, special=0), R.randint(0, 5)],
        chance({"endpoint": False}) | chance({"axis": -1}),
    ),
)
also(
    jnp,
    "logspace geomspace",
    lambda: (
        [
            array(FLOAT, d := shape(0, 1, 2), special=0, values=[0.5, 1, 2]),
            array(FLOAT, d, special=0, values=[1, 3, 2.5]),
            R.randint(1, 5),
        ],
        chance({"endpoint": False}),
    ),
)
also(
    jnp,
    "quantile nanquantile",
    lambda: (
        [
            x := array(FLOAT, low=1, special=0.02),
            array(FLOAT, R.choice([[], [2]]), special=0, values=[0, 0.25, 0.3, 0.5, 1]),
        ],
        {"axis": axis_of(x, 0.2)} | chance({"method": R.choice(["linear", "lower", "higher", "midpoint", "nearest"])}),
    ),
)
also(
    jnp,
    "percentile",
    lambda: (
        [x := array(FLOAT, low=1, special=0), array(FLOAT, [], special=0, values=[0, 25, 30, 50, 100])],
        {"axis": axis_of(x, 0.2)},
    ),
)
also(
    jnp,
    "insert",
    lambda: (
        [x := array(FLOAT, [R.randint(1, 4)]), R.choice([R.randint(0, x.size), [0, x.size]]), array(FLOAT, [])],
        {},
    ),
)
also(jnp, "append", lambda: ([array(FLOAT), array(FLOAT)], {}))
also(
    jnp,
    "fill_diagonal",
    lambda: ([array(FLOAT, [n := R.randint(1, 3), n]), array(FLOAT, R.choice([[], [n]]))], {"inplace": False}),
)
also(
    jnp,
    "put",
    lambda: (
        [
            array(FLOAT, [3, 2], special=0),
            array(["int32"], [2], special=0, values=[0, 1, 2, -1, 5]),
            array(FLOAT, [2], special=0),
        ],
        {"inplace": False} | {"mode": R.choice(["clip", "wrap"])},
    ),
)
also(
    jnp,
    "put_along_axis",
    lambda: (
        [
            array(FLOAT, [3, 2], special=0),
            array(["int32"], [1, 2], special=0, values=[0, 1, 2]),
            array(FLOAT, [1, 2], special=0),
            0,
        ],
        {"inplace": False},
    ),
)
also(jnp, "interp", lambda: (lambda a: (a[0], a[1] | chance({"period": 4.0}, 0.3)))(interp()))
also(
    jnp,
    "trapezoid",
    lambda: (
        [
            x := array(FLOAT, [R.randint(1, 3), R.randint(1, 4)], special=0),
            array(FLOAT, R.choice([[x.shape[-1]], list(x.shape)]), special=0),
        ],
        {},
    ),
)
also(
    jnp,
    "gradient",
    lambda: (
        [
            x := array(FLOAT, [R.randint(2, 4)], special=0),
            np.cumsum(array(FLOAT, x.shape, special=0, values=[0.5, 1, 2])).astype(np.float32),
        ],
        {},
    ),
)
also(jnp, "nan_to_num", lambda: ([array(F)], chance({"nan": 2.0}) | chance({"posinf": 3.0}) | chance({"neginf": -3.0})))
also(jnp, "average", average)
also(
    jnp,
    "cov",
    lambda: (
        [array(FLOAT, [R.randint(1, 3), n := R.randint(2, 4)], special=0)],
        chance({"ddof": 0})
        | chance({"bias": True})
        | chance({"aweights": array(FLOAT, [n], special=0, values=[1, 2, 0.5])}),
    ),
)
also(jnp, "cov corrcoef", lambda: ([array(FLOAT, [d := R.randint(2, 4)], special=0), array(FLOAT, [d], special=0)], {}))
also(
    jnp,
    "polyfit",
    lambda: ([np.arange(n := R.randint(3, 5), dtype=np.float32), array(FLOAT, [n], special=0), R.randint(0, 2)], {}),
)
also(
    jnp,
    "polydiv",
    lambda: (
        [
            array(FLOAT, [R.randint(2, 4)], special=0, values=[1, 2, -1]),
            array(FLOAT, [R.randint(1, 2)], special=0, values=[1, 2]),
        ],
        {},
    ),
)
also(jnp, "polyval", lambda: ([array(F, [R.randint(0, 4)], special=0), array(F, special=0)], {}))
also(jnp, "polyder polyint", lambda: ([array(FLOAT, [R.randint(1, 4)], special=0)], chance({"m": R.randint(1, 2)})))
also(jnp, "roll", lambda: ([array(F, low=2), [1, -1]], {"axis": [0, 1]}))
also(
    jnp,
    "cumsum cumprod nancumsum nancumprod",
    lambda: (
        [x := array(F, special=0.02, values=[0, 0, 1, 2, -0.5, 0.5, 3])],
        chance({"axis": axis_of(x, 0)} if x.ndim else {}) | chance({"dtype": R.choice(F)}, 0.3),
    ),
)
also(jnp, "sum prod mean", lambda: ([x := array(F)], chance({"axis": axes_of(x)}) | {"dtype": R.choice(F)}))
also(
    jnp,
    "sort median nanmedian",
    lambda: ([x := array(F, low=1, values=[0, 0.0, -0.0, 1, 2, 1, 3])], {"axis": axis_of(x, 0)}),
)
also(
    jnp,
    "max min",
    lambda: ([x := array(F, low=1, values=[0, 0.0, -0.0, 1, 1, 2])], {"axis": axes_of(x)} if x.size else {"axis": 0}),
)
also(
    jnp,
    "partition",
    lambda: ([x := array(F, [R.randint(1, 4), R.randint(1, 5)], special=0), 0], {"axis": axis_of(x, 0)}),
)
also(jnp, "where", lambda: ([array(["bool"], partner(d := shape())), array(F, partner(d)), array(F, partner(d))], {}))
also(
    jnp,
    "clip",
    lambda: (
        [
            x := array(F, values=[0, 1, 2, -1, 3]),
            array([str(x.dtype)], partner(x.shape), values=[0, 1, -1]),
            array([str(x.dtype)], partner(x.shape), values=[0, 1, 2]),
        ],
        {},
    ),
)
also(jnp, "round", lambda: ([array(F)], chance({"decimals": 1})))
also(jnp, "resize", lambda: ([array(FLOAT, low=1), [R.randint(0, 3), R.randint(0, 3)]], {}))
also(
    jnp,
    "convolve correlate",
    lambda: (
        [array([t := R.choice(F)], [R.randint(1, 5)], special=0), array([t], [R.randint(1, 4)], special=0)],
        chance({"mode": R.choice(["full", "same", "valid"])}),
    ),
)


def pad():
    x = array(F, low=1, special=0)
    modes = "constant edge wrap reflect symmetric linear_ramp maximum minimum mean median".split()
    options = {"mode": R.choice(modes)}
    if options["mode"] == "constant":
        options["constant_values"] = 2.0
    if options["mode"] == "linear_ramp":
        options["end_values"] = 1.5
    if options["mode"] in ["reflect", "symmetric"]:
        options |= chance({"reflect_type": "odd"})
    return [x, R.choice([R.randint(0, 2), [[R.randint(0, 2), R.randint(0, 2)] for _ in x.shape]])], options


also(jnp, "pad", pad)
also(jnp, "tile repeat", lambda: ([array(F), R.randint(0, 3)], {}))
also(jnp, "take", lambda: (lambda c: ([c[0][0], c[0][1]], c[1]))(take()))
also(
    jnp,
    "take",
    lambda: ([array(F, low=1), array(["int32"], special=0)], {"axis": 0, "mode": "fill", "fill_value": 2.5}),
)
also(
    jnp,
    "cross",
    lambda: (
        [array(FLOAT, [R.choice([2, 3]), 2], special=0), array(FLOAT, [R.choice([2, 3]), 2], special=0)],
        {"axis": 0},
    ),
)
also(
    jnp,
    "select",
    lambda: (
        [[array(["bool"], d := shape()), array(["bool"], d)], [array(t := [R.choice(F)], d), array(t, d)], array(t, d)],
        {},
    ),
)
also(jnp, "modf frexp", lambda: ([array(FLOAT, special=0.1)], {}))
also(jnp, "divmod", lambda: ([array(F, d := shape()), array(F, partner(d), values=[1, 2, -1.5, 0.5])], {}))
also(jnp, "sinc", lambda: ([array(F, values=[0, 0.0, -0.0, 0.5, 1, 1e-3, 2])], {}))
also(jnp, "i0", lambda: ([array(F)], {}))
SUBSCRIPTS = [
    "ii->i",
    "iij->j",
    "...ij,...jk->...ik",
    "ij,jk,kl->il",
    "ij,ij->ij",
    "i,ij,j->",
    "bhqd,bhkd->bhqk",
    "ij->j",
    "ijk->ki",
    "ii,i->",
    "i...,i...->...",
    "ij,kj",
    "abc,cd->abd",
    "ij,ji->",
    ",i->i",
]


def einsum():
    spec = R.choice(SUBSCRIPTS)
    dims = {c: R.randint(0 if R.random() < 0.1 else 1, 3) for c in "abcdhijklqk"}
    ell = shape(0, 1, 2)
    t = R.choice(F)
    ops = [
        array([t], sum([list(ell) if c == "." else [dims[c]] for c in part.replace("...", ".")], []), special=0)
        for part in spec.split("->")[0].split(",")
    ]
    return [spec, *ops], {}


also(jnp, "einsum", einsum)
also(
    jnp,
    "matmul dot inner",
    lambda: (lambda ab: ([array([t := R.choice(F)], ab[0], special=0.01), array([t], ab[1], special=0.01)], {}))(
        matrices()
    ),
)


def update():
    x = array(F, low=1, special=0, values=[0, 1, 2, -1, 1, 0.5])
    index = array(["int32"], [R.randint(0, 3)], special=0, values=[0, 1, -1, 2])
    return [x, index, array([str(x.dtype)], partner(index.shape + x.shape[1:]), special=0, values=[0, 1, 2, -1, 1])], {}


for name in ["set", "add", "min", "max"]:
    CALLS.append(("at." + name, lambda x, i, value, name=name: getattr(x.at[i], name)(value), update))


ERRORS = (TypeError, ValueError, NotImplementedError, IndexError, ZeroDivisionError, RuntimeError)


def is_float(x):
    return isinstance(x, np.ndarray) and str(x.dtype) in FLOATS


def leaves_of(tree):
    """The float arrays of arguments or options, in order."""
    if isinstance(tree, dict):
        return leaves_of(list(tree.values()))
    if isinstance(tree, (list, tuple)):
        return [leaf for part in tree for leaf in leaves_of(part)]
    return [tree] if is_float(tree) else []


def rebuild(tree, leaves):
    if isinstance(tree, dict):
        return {key: rebuild(value, leaves) for key, value in tree.items()}
    if isinstance(tree, (list, tuple)):
        return type(tree)(rebuild(part, leaves) for part in tree)
    return next(leaves) if is_float(tree) else tree


def directions(arrays):
    values = [-1.5, -1, -0.5, 0.25, 0.5, 0.75, 1, 2]
    drawn = [np.array([R.choice(values) for _ in range(x.size)], np.float64).reshape(x.shape) for x in arrays]
    return [np.asarray(v, x.dtype) for v, x in zip(drawn, arrays)]


def derivatives(function, args, options, leaves, ct, tangents, w):
    """The gradients, the derivative along `tangents` and the gradients of the gradients."""

    def run(*xs):
        given, named = rebuild([args, options], iter(xs))
        out = function(*[device(a) for a in given], **{key: device(value) for key, value in named.items()})
        return [o for o in jax.tree.leaves(out) if hasattr(o, "dtype") and jnp.issubdtype(o.dtype, jnp.floating)]

    def pullback(*xs):
        out, back = jax.vjp(run, *xs)
        return back([jnp.asarray(c, o.dtype) for c, o in zip(ct, out)])

    leaves, tangents = [jnp.asarray(x) for x in leaves], [jnp.asarray(x) for x in tangents]
    result = {"grads": pullback(*leaves), "tangentOut": jax.jvp(run, leaves, tangents)[1]}
    if w is not None:
        result["second"] = jax.vjp(pullback, *leaves)[1](tuple(jnp.asarray(x) for x in w))
    return {key: [np.asarray(x) for x in value] for key, value in result.items()}


def floats64(x):
    return [float(v) if np.isfinite(v) else element(v) for v in np.asarray(x, np.float64).flatten()]


def ask(name, function, draw):
    """A recorded call; None if JAX has no derivative of eight that were drawn."""
    for _ in range(8):
        args, options = draw()
        leaves = leaves_of([args, options])
        if not leaves or sum(x.size for x in leaves) > 200:
            continue
        try:
            out = function(*[device(a) for a in args], **{key: device(value) for key, value in options.items()})
            out = [np.asarray(o) for o in jax.tree.leaves(out)]
            ct = directions([o for o in out if str(o.dtype) in FLOATS])
            tangents, w = directions(leaves), directions(leaves) if R.random() < 0.5 else None
            if not ct:
                continue
            result = derivatives(function, args, options, leaves, ct, tangents, w)
        except ERRORS:
            continue
        case = {"fn": camel(name), "args": plain(args), "options": {camel(k): plain(v) for k, v in options.items()}}
        case |= {"ct": plain(ct), "tangents": plain(tangents)} | ({} if w is None else {"w": plain(w)})
        case |= {key: plain(value) for key, value in result.items()}
        try:
            with jax.enable_x64(True):
                wide = [[x.astype(np.float64) for x in xs or []] for xs in (leaves, ct, tangents, w)]
                exact = derivatives(function, args, options, *wide[:3], wide[3] if w else None)
            case |= {key + "64": [floats64(x) for x in value] for key, value in exact.items()}
        except ERRORS:
            pass
        return case
    return None


def main():
    seed = int(sys.argv[sys.argv.index("--seed") + 1]) if "--seed" in sys.argv else 14
    count = int(sys.argv[sys.argv.index("--count") + 1]) if "--count" in sys.argv else 1200
    R.seed(seed)
    cases, calls = [], R.sample(CALLS, len(CALLS))
    while len(cases) < count and calls:
        call = calls.pop(0)
        case = ask(*call)
        if case is None:
            continue
        calls.append(call)
        cases.append(json.dumps(case, separators=(",", ":")))
        if len(cases) % 100 == 0:
            jax.clear_caches()  # else compiled programs fill the memory
    path = os.path.join(sys.argv[1], "fuzz_gradients.json")
    with open(path, "w") as f:
        f.write('{"meta":%s,"cases":[\n%s\n]}\n' % (json.dumps(META | {"seed": seed}), ",\n".join(cases)))
    print(path, len(cases), "bytes:", os.path.getsize(path))


main()
