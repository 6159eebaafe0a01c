"""Random calls of jax.numpy and what real JAX gives: functions, dtypes, axes, sizes of 0 and ranks of 0 by chance.

    VENV/bin/python test/golden/oracle_fuzz.py OUT [--seed N] [--count M] [--names]

writes OUT/fuzz.json, and OUT/fuzz_names.json of further functions of numpy and those of jax.lax, jax.nn and linalg, by
their whole names; with --names that file alone. A case is [function, arguments, options, result]. An array is
{"a": [dtype, shape, elements]}, the elements row-major; null stands for an error of JAX, which flaxen may or
may not have. The test that reads it is test/array/fuzz.test.ts, which lists what differs on purpose.
"""

import json, os, random, sys, warnings

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from cases import META, camel
import numpy as np
import jax, ml_dtypes
import jax.numpy as jnp

warnings.simplefilter("ignore")
R = random.Random(0)

FLOATS = ["float32", "bfloat16", "float16"]
SIGNED = ["int32", "int16", "int8"]
UNSIGNED = ["uint32", "uint16", "uint8"]
INTEGERS = SIGNED + UNSIGNED
NUMBERS = ["float32"] * 4 + ["bfloat16", "float16"] * 2 + ["int32"] * 2 + INTEGERS
ALL = NUMBERS + ["bool"] * 2
VALUES = [
    -100,
    -3,
    -2,
    -1.5,
    -1,
    -0.7,
    -0.5,
    -0.25,
    -0.0,
    0,
    0.1,
    0.25,
    0.3,
    0.5,
    0.75,
    1,
    1.25,
    1.5,
    2,
    2.5,
    3,
    5,
    7,
    100,
]
SPECIAL = [np.nan, np.inf, -np.inf, 1e30, 1e-30]


def numpy_dtype(name):
    return np.dtype(ml_dtypes.bfloat16) if name == "bfloat16" else np.dtype(name)


def shape(low=0, high=3, size=None):
    sizes = [0, 1, 1, 2, 2, 3, 3, 4]
    return tuple(size if size is not None else R.choice(sizes) for _ in range(R.choice(range(low, high + 1))))


def array(dtypes=ALL, dims=None, low=0, high=3, special=0.04, values=None):
    dtype = R.choice(dtypes) if isinstance(dtypes, list) else dtypes
    dims = shape(low, high) if dims is None else tuple(dims)
    n = int(np.prod(dims))
    if dtype == "bool":
        flat = [R.random() < 0.5 for _ in range(n)]
    elif values is not None:
        flat = [R.choice(values) for _ in range(n)]
    elif dtype in FLOATS:
        flat = [R.choice(SPECIAL) if R.random() < special else R.choice(VALUES) for _ in range(n)]
    else:
        info = np.iinfo(dtype)
        least = 0 if dtype in UNSIGNED else -9
        flat = [R.choice([info.min, info.max]) if R.random() < special else R.randint(least, 9) for _ in range(n)]
    return np.array(flat, dtype=np.float64 if dtype in FLOATS else None).astype(numpy_dtype(dtype)).reshape(dims)


def axis_of(x, none=0.25):
    return None if x.ndim == 0 or R.random() < none else R.randrange(-x.ndim, x.ndim)


def axes_of(x):
    if x.ndim < 2 or R.random() < 0.6:
        return axis_of(x)
    return tuple(R.sample(range(x.ndim), R.randint(0 if R.random() < 0.1 else 1, x.ndim)))


def partner(dims):
    """A shape that broadcasts with `dims`."""
    cut = R.randint(0, len(dims)) if R.random() < 0.3 else 0
    return tuple(1 if R.random() < 0.25 else d for d in dims[cut:])


def scalar(dtype):
    """A Python number: weak in JAX, and read alike by JavaScript."""
    if R.random() < 0.6 or dtype == "bool":
        return R.choice([0, 1, 2, 3, 5]) if dtype in UNSIGNED else R.choice([-2, -1, 0, 1, 2, 3])
    return R.choice([-1.5, 0.5, 0.3, 2.5])


def chance(options, p=0.5):
    return {key: value for key, value in options.items() if R.random() < p}


def unary(dtypes=ALL):
    return lambda: ([array(dtypes)], {})


def binary(dtypes=ALL, second=None, numbers=True, values=None):
    def draw():
        x = array(dtypes)
        if numbers and R.random() < 0.25:
            return [x, scalar(str(x.dtype))] if R.random() < 0.7 else [scalar(str(x.dtype)), x], {}
        pair = dtypes if second is None else second
        dtype = str(x.dtype) if R.random() < 0.6 and second is None else pair
        return [x, array(dtype, partner(x.shape), values=values)], {}

    return draw


def reduction(dtypes=ALL, one=False, more=lambda x: {}):
    def draw():
        x = array(dtypes)
        options = chance({"axis": axis_of(x) if one else axes_of(x)}, 0.8) | chance({"keepdims": R.random() < 0.5})
        return [x], options | more(x)

    return draw


def along(dtypes=ALL, low=1, p=0.8, more=lambda x: {}):
    def draw():
        x = array(dtypes, low=low)
        return [x], chance({"axis": axis_of(x, 0)} if x.ndim else {}, p) | more(x)

    return draw


def same_rank(count, vary):
    """Arrays that differ along one axis only, if at all."""
    dims = list(shape(1, 3))
    axis = R.randrange(len(dims))
    dtypes = ALL if R.random() < 0.4 else [R.choice(ALL)]
    parts = [
        array(dtypes, dims[:axis] + [R.choice([0, 1, 2, 3])] + dims[axis + 1 :] if vary else dims) for _ in range(count)
    ]
    return parts, axis


def join(vary, axis=True):
    def draw():
        parts, at = same_rank(R.randint(1, 3), vary)
        return [parts], chance({"axis": at}, 1 if vary else 0.6) if axis else {}

    return draw


def product(make):
    def draw():
        a, b = make()
        dtypes = R.choice([["float32"], ["bfloat16"], ["float16"], ["int32"], ["int8"], ["bool"], NUMBERS])
        return [array(dtypes, a, special=0), array(dtypes, b, special=0)], {}

    return draw


def size():
    return R.choice([0, 1, 2, 3, 5])


def matrices():
    batch, n = shape(0, 1), size()
    a = R.choice([(n,), (size(), n), batch + (size(), n)])
    b = R.choice([(n,), (n, size()), batch + (n, size())])
    return a, b


def reshape():
    x = array()
    n, dims = x.size, []
    while n > 1 and R.random() < 0.7:
        d = R.choice([d for d in range(1, n + 1) if n % d == 0])
        dims.append(d)
        n //= d
    if n != 1:
        dims.append(n)
    if x.size and dims and R.random() < 0.4:
        dims[R.randrange(len(dims))] = -1
    return [x, dims], {}


def permutation():
    x = array()
    axes = list(range(x.ndim))
    R.shuffle(axes)
    return [x], chance({"axes": axes}, 0.7)


def moveaxis():
    x = array(low=1)
    if R.random() < 0.5:
        return [x, axis_of(x, 0), axis_of(x, 0)], {}
    k = R.randint(1, x.ndim)
    return [x, R.sample(range(x.ndim), k), R.sample(range(x.ndim), k)], {}


def pad():
    x = array(low=1)
    mode = R.choice(["constant", "edge", "wrap", "reflect", "symmetric"])
    width = R.choice([R.randint(0, 2), [[R.randint(0, 2), R.randint(0, 2)] for _ in x.shape]])
    options = {"mode": mode} if mode != "constant" or R.random() < 0.5 else {}
    if mode == "constant":
        options |= chance({"constant_values": R.choice([0, 1, 3])})
    return [x, width], options


def take():
    x = array()
    options = chance({"axis": axis_of(x, 0.2)}, 0.8) | chance({"mode": R.choice(["fill", "clip", "wrap"])})
    return [x, array(["int32", "int8", "uint8"], special=0)], options


def take_along_axis():
    x = array(low=1)
    axis = axis_of(x, 0)
    dims = list(x.shape)
    dims[axis] = R.choice([0, 1, 2, 4])
    return [x, array(["int32", "int8"], dims, special=0), axis], chance({"mode": R.choice(["fill", "clip"])})


def clip():
    x = array()
    bounds = [
        None
        if R.random() < 0.2
        else scalar(str(x.dtype))
        if R.random() < 0.6
        else array([str(x.dtype)], partner(x.shape))
        for _ in "ab"
    ]
    return [x, *bounds], {}


def where():
    dims = shape()
    x = array(ALL, partner(dims))
    y = scalar(str(x.dtype)) if R.random() < 0.3 else array(ALL, partner(dims))
    return [array(["bool", "int32", "float32"], partner(dims)), x, y], {}


def repeat():
    x = array()
    axis = axis_of(x, 0.3)
    n = x.size if axis is None else x.shape[axis]
    count = R.randint(0, 3) if R.random() < 0.6 else [R.randint(0, 2) for _ in range(n)]
    return [x, count], {} if axis is None else {"axis": axis}


def split(fn):
    def draw():
        x = array(low=1)
        axis = R.randrange(x.ndim)
        n = x.shape[axis]
        by = R.choice([d for d in (1, 2, 3, 4) if fn != "split" or n % d == 0])
        return [x, sorted(R.sample(range(0, n + 2), R.randint(1, 2))) if R.random() < 0.4 else by], {"axis": axis}

    return draw


def diff():
    x = array(low=1)
    axis = axis_of(x, 0)
    end = list(x.shape)
    end[axis] = 1
    ends = lambda: scalar(str(x.dtype)) if R.random() < 0.5 else array([str(x.dtype), "float32"], end)
    return [x], chance({"n": R.randint(0, 2)}) | {"axis": axis} | chance({"prepend": ends()}, 0.3) | chance(
        {"append": ends()}, 0.3
    )


def at():
    x = array(ALL, low=1, special=0)
    n = x.shape[0]
    if n and R.random() < 0.4:
        index, rest = R.randrange(-n, n), x.shape[1:]
    else:
        index = array(["int32"], [R.randint(0, 3)], special=0)
        rest = index.shape + x.shape[1:]
    return [x, index, scalar(str(x.dtype)) if R.random() < 0.4 else array(ALL, partner(rest), special=0)], {}


def einsum():
    i, j, k, b = (size() for _ in "ijkb")
    dims = {"i": i, "j": j, "k": k, "b": b}
    spec = R.choice(
        [
            "ij,jk->ik",
            "bij,bjk->bik",
            "ij->ji",
            "ij->",
            "ii",
            "i,j->ij",
            "ij,ij->",
            "bij,jk->bk",
            "ij,i->j",
            "bi,bj->bij",
            "i,i",
        ]
    )
    dtypes = R.choice([["float32"], ["bfloat16"], ["int32"], ["float16"]])
    return [spec, *[array(dtypes, [dims[c] for c in part], special=0) for part in spec.split("->")[0].split(",")]], {}


def tensordot():
    k, dims = R.randint(0, 2), shape(0, 2)
    shared = shape(k, k)
    return tuple(dims) + shared, shared + shape(0, 1), k


def tensordot_case():
    a, b, k = tensordot()
    dtypes = R.choice([["float32"], ["bfloat16"], ["int32"]])
    return [array(dtypes, a, special=0), array(dtypes, b, special=0)], {"axes": k}


def average():
    x = array(low=1)
    axis = axis_of(x, 0.3)
    options = {} if axis is None else {"axis": axis}
    if R.random() < 0.7:
        whole = axis is None or R.random() < 0.3
        dims = x.shape if whole else (x.shape[axis],)
        options["weights"] = array(["float32", "int32", "int8", "bfloat16"], dims, values=[1, 2, 3])
    return [x], options | chance({"keepdims": R.random() < 0.5}, 0.3)


def norm():
    x = array(low=1, special=0)
    axis = axis_of(x, 0.4)
    options = {} if axis is None else {"axis": axis}
    if axis is not None:
        options |= chance({"ord": R.choice([0, 1, 2, np.inf, -np.inf])})
    return [x], options | chance({"keepdims": R.random() < 0.5})


FUNCTIONS = {}


def add(names, draw):
    for name in names.split():
        FUNCTIONS[name] = (getattr(jnp, name), split(name) if draw is split else draw)


add("abs absolute sign positive square isfinite isinf isnan logical_not nan_to_num copy", unary())
add("negative ceil floor trunc rint reciprocal fabs", unary(NUMBERS))
add("signbit", unary(FLOATS + SIGNED))
add("isneginf isposinf", unary(FLOATS))
add(
    (
        "exp exp2 expm1 log log10 log1p log2 sqrt cbrt sin cos tan sinh cosh tanh arcsin arccos arctan "
        "arcsinh arccosh arctanh"
    ),
    unary(),
)
add("acos acosh asin asinh atan atanh deg2rad degrees rad2deg radians sinc", unary())
FUNCTIONS |= {name: (getattr(jax.lax, name), unary(FLOATS)) for name in ["erf", "erf_inv", "logistic"]}
add("invert bitwise_not bitwise_invert", unary(INTEGERS + ["bool"]))
add("modf", unary(FLOATS))
add("round around", lambda: ([array(NUMBERS)], chance({"decimals": R.choice([0, 1, 2, -1])})))
add("add multiply maximum minimum divide true_divide equal not_equal less less_equal greater greater_equal", binary())
add("logical_and logical_or logical_xor", binary())
add("subtract floor_divide remainder mod fmod divmod", binary(NUMBERS))
add(
    "power pow",
    lambda: (
        binary(FLOATS) if R.random() < 0.7 else binary(["int32", "uint8", "int8"], values=[0, 1, 2, 3], numbers=False)
    )(),
)
add("fmax fmin float_power arctan2 atan2 copysign hypot logaddexp logaddexp2 heaviside", binary(NUMBERS))
add("bitwise_and bitwise_or bitwise_xor", binary(INTEGERS + ["bool"]))
add("gcd lcm", binary(INTEGERS, numbers=False, values=[0, 1, 2, 4, 6, 9, 12]))
add(
    "left_shift right_shift bitwise_left_shift bitwise_right_shift",
    binary(INTEGERS, numbers=False, values=[0, 1, 2, 3, 5]),
)
add("isclose allclose", lambda: (binary(FLOATS)()[0], chance({"equal_nan": True}) | chance({"rtol": 0.5})))
add("array_equal", lambda: ([array(NUMBERS, d := shape()), array(NUMBERS, d)], {}))
add("sum prod mean any all count_nonzero nansum nanmean", reduction())
add("nanprod", reduction(NUMBERS))
add("var std", reduction(more=lambda x: chance({"ddof": R.choice([0, 1])})))
add("max min amax amin ptp nanmax nanmin", reduction(NUMBERS))
add("argmax argmin", reduction(NUMBERS, one=True))
FUNCTIONS["logsumexp"] = (jax.nn.logsumexp, reduction(NUMBERS))
add("average", average)
FUNCTIONS["linalg.norm"] = (jnp.linalg.norm, norm)
add("cumsum cumprod", along(low=0))
add("sort argsort", along(more=lambda x: chance({"descending": R.random() < 0.5}, 0.4)))
add("flip", lambda: ([x := array()], chance({"axis": axes_of(x)}, 0.8)))
add("fliplr", lambda: ([array(low=2)], {}))
add("flipud", lambda: ([array(low=1)], {}))
add("reshape", reshape)
add("ravel shape size ndim", unary())
FUNCTIONS["ndim"] = (jnp.ndim, unary())
add("transpose", permutation)
add("permute_dims", lambda: (lambda c: ([c[0][0], c[1].get("axes", list(range(c[0][0].ndim)))], {}))(permutation()))
add("matrix_transpose", lambda: ([array(low=2)], {}))
add("moveaxis", moveaxis)
add("swapaxes", lambda: ([x := array(low=1), axis_of(x, 0), axis_of(x, 0)], {}))
add("expand_dims", lambda: ([x := array(), R.randrange(-x.ndim - 1, x.ndim + 1)], {}))
add(
    "squeeze",
    lambda: (
        [x := array()],
        chance({"axis": R.choice([i for i, d in enumerate(x.shape) if d == 1])}, 0.6) if 1 in x.shape else {},
    ),
)
add("roll", lambda: ([x := array(), R.randint(-4, 4)], chance({"axis": axis_of(x, 0)}, 0.7) if x.ndim else {}))
add("rot90", lambda: ([array(low=2)], chance({"k": R.randint(-3, 3)})))
add("tile", lambda: ([array(), R.choice([R.randint(0, 3), [R.randint(0, 2) for _ in range(R.randint(1, 3))]])], {}))
add("repeat", repeat)
add("concatenate concat", join(True))
add("stack", join(False))
add("hstack vstack dstack column_stack", join(False, axis=False))
add("append", lambda: ([*same_rank(2, False)[0]], chance({"axis": 0})))
add("split array_split", split)
add("hsplit vsplit dsplit", lambda: ([array(low=3, dims=shape(3, 3, 2)), R.choice([1, 2])], {}))
add("unstack", along())
add("broadcast_to", lambda: ([array(dims=partner(d := shape())), list(d)], {}))
add("broadcast_arrays", lambda: ([array(dims=partner(d := shape())), array(dims=partner(d))], {}))
add("pad", pad)
add("tril triu", lambda: ([array(low=2)], chance({"k": R.randint(-2, 2)})))
add("diag", lambda: ([array(low=1, high=2)], chance({"k": R.randint(-2, 2)})))
add("diagonal trace", lambda: ([array(low=2)], chance({"offset": R.randint(-2, 2)})))
add("atleast_1d atleast_2d atleast_3d zeros_like ones_like", unary())
add("full_like", lambda: ([array(), R.choice([1, 3, 0.5])], chance({"dtype": R.choice(ALL)})))
add("take", take)
add("take_along_axis", take_along_axis)
add("clip", clip)
add("where", where)
add("nonzero", lambda: ([array(low=1)], {}))
add("argwhere flatnonzero", unary())
add(
    "searchsorted",
    lambda: (
        [np.sort(array(["float32", "int32"], [R.randint(0, 5)], special=0)), array(["float32", "int32"], special=0)],
        chance({"side": R.choice(["left", "right"])}),
    ),
)
add("isin", lambda: ([array(d := [R.choice(NUMBERS)]), array(d)], chance({"invert": True}, 0.3)))
add("unique", lambda: ([array(NUMBERS, special=0)], {}))
add("diff", diff)
add(
    "meshgrid",
    lambda: ([array(NUMBERS, [size()]) for _ in range(R.randint(1, 3))], chance({"indexing": R.choice(["xy", "ij"])})),
)
add(
    "select",
    lambda: (
        [
            [array(["bool"], d := shape()), array(["bool"], d)],
            [array(t := [R.choice(NUMBERS)], d), array(t, d)],
            array(t, d),
        ],
        {},
    ),
)
add("matmul", product(matrices))
add(
    "dot",
    product(
        lambda: R.choice(
            [
                ((n := size(),), (n,)),
                ((size(), n := size()), (n, size())),
                ((2, size(), n := size()), (n,)),
                ((), shape()),
            ]
        )
    ),
)
add("inner", product(lambda: (shape(0, 1) + (n := size(),), shape(0, 1) + (n,))))
add("vdot", product(lambda: (d := shape(), d)))
add("vecdot", product(lambda: (d := shape(1, 2), d)))
add("matvec", product(lambda: (shape(0, 1) + (size(), n := size()), (n,))))
add("vecmat", product(lambda: ((n := size(),), shape(0, 1) + (n, size()))))
add("outer kron", product(lambda: (shape(1, 2), shape(1, 2))))
add("tensordot", tensordot_case)
add("einsum", einsum)
add(
    "arange",
    lambda: (
        [R.randint(-3, 3), R.randint(-2, 6)] + ([R.choice([1, 2, -1])] if R.random() < 0.4 else []),
        {"dtype": R.choice(NUMBERS)},
    ),
)
add(
    "linspace",
    lambda: (
        [R.choice([-1, 0, 0.5]), R.choice([1, 2, -3]), R.randint(0, 6)],
        chance({"endpoint": False}) | chance({"dtype": "float32"}),
    ),
)
add("eye", lambda: ([R.randint(0, 3)], chance({"k": R.randint(-2, 2)}) | {"dtype": R.choice(ALL)}))
add("identity", lambda: ([R.randint(0, 3)], {"dtype": R.choice(ALL)}))
add("tri", lambda: ([R.randint(0, 3)], chance({"k": R.randint(-2, 2)}) | {"dtype": R.choice(ALL)}))
add("zeros ones", lambda: ([list(shape())], {"dtype": R.choice(ALL)}))
add("full", lambda: ([list(shape()), R.choice([1, 3, 0.5])], {"dtype": R.choice(ALL)}))
add("tril_indices triu_indices", lambda: ([R.randint(0, 4)], chance({"k": R.randint(-2, 2)})))
add("astype", lambda: ([array(), R.choice(ALL)], {}))
FUNCTIONS["one_hot"] = (
    jax.nn.one_hot,
    lambda: ([array(["int32", "int8", "uint8"], special=0), R.randint(0, 4)], chance({"dtype": R.choice(ALL)})),
)
FUNCTIONS["top_k"] = (jax.lax.top_k, lambda: ([x := array(NUMBERS, low=1), R.randint(0, x.shape[-1])], {}))
for name in "set add multiply min max".split():
    FUNCTIONS["at." + name] = ((lambda name: lambda x, index, value: getattr(x.at[index], name)(value))(name), at)


# --- fuzz_names.json: what came to numpy later, and the other namespaces
NAMES = {}


def more(space, names, draw, prefix=""):
    for name in names.split():
        NAMES[prefix + name] = (getattr(space, name), draw)


def vector(dtypes=NUMBERS, n=None, **options):
    return array(dtypes, [size() if n is None else n], **options)


def matrix(dtypes=NUMBERS, **options):
    return array(dtypes, [R.randint(1, 4), R.randint(1, 4)], **options)


def regular(n, batch=()):
    """Square matrices far from singular."""
    return (
        np.array([R.uniform(-1, 1) for _ in range(int(np.prod(batch, dtype=int)) * n * n)]).reshape(*batch, n, n)
        + 3 * np.eye(n)
    ).astype(np.float32)


def sets():
    return [vector(d := [R.choice(NUMBERS)], special=0), vector(d, special=0)], {}


def quantiles(q):
    def draw():
        x = array(["float32"] * 3 + ["int32", "bfloat16", "float16"], low=1, special=0)
        axis = axis_of(x, 0.3)
        options = ({} if axis is None else {"axis": axis}) | chance(
            {"method": R.choice(["linear", "lower", "higher", "midpoint", "nearest"])}
        )
        return [x, q()], options | chance({"keepdims": R.random() < 0.5}, 0.3)

    return draw


def insertion():
    x = array(low=1)
    axis = R.randrange(x.ndim)
    at = (
        R.randint(0, x.shape[axis])
        if R.random() < 0.5
        else [R.randint(0, x.shape[axis]) for _ in range(R.randint(1, 2))]
    )
    return [x, at, scalar(str(x.dtype))], {"axis": axis}


def deletion():
    x = array(dims=shape(1, 3, 3))
    axis = R.randrange(x.ndim)
    return [x, R.randint(-3, 2) if R.random() < 0.5 else sorted(R.sample(range(3), 2))], {"axis": axis}


def interp():
    xp = np.cumsum(array(["float32"], [R.randint(1, 5)], special=0, values=[0.5, 1, 2])).astype(np.float32)
    return [array(["float32", "int32"], special=0), xp, array(["float32"], xp.shape, special=0)], chance(
        {"left": -9.0}
    ) | chance({"right": R.choice([9.0, 0.5])})


def put_along_axis():
    x = array(low=1, special=0)
    axis = axis_of(x, 0)
    dims = list(x.shape)
    dims[axis] = min(dims[axis], 1)
    index = array(["int32"], dims, values=[0])
    return [x, index, scalar(str(x.dtype)), axis], {"inplace": False}


def ravel_multi():
    dims = [R.randint(1, 4) for _ in range(R.randint(1, 3))]
    places = shape(0, 2)
    return [
        [np.array([R.randint(-1, d) for _ in range(int(np.prod(places)))], np.int32).reshape(places) for d in dims],
        dims,
    ], {"mode": R.choice(["clip", "wrap"])}


def convolution():
    return [
        vector(d := [R.choice(["float32", "int32", "float32"])], R.randint(1, 5), special=0),
        vector(d, R.randint(1, 4), special=0),
    ], chance({"mode": R.choice(["full", "same", "valid"])})


def gradient():
    x = array(["float32", "int32", "bfloat16"], dims=shape(1, 2, R.randint(2, 4)), special=0)
    return [x] + ([R.choice([0.5, 2.0])] if R.random() < 0.4 else []), {"axis": axis_of(x, 0)}


def histogram():
    return [array(["float32", "int32"], special=0), R.randint(1, 5)], {"range": R.choice([[-3, 3], [0, 1.5]])} | chance(
        {"density": True}, 0.3
    )


def with_weights(draw, options):
    def made():
        args, given = draw()
        return args, given | options()

    return made


def unique_more():
    return [array([R.choice(NUMBERS)], special=0)], {}


WHOLE = ["int32", "int8", "uint8", "int16"]
NEAR = [-3, -2, -1.5, -1, -0.5, 0, 0.25, 0.5, 1, 1.5, 2, 3]
more(jnp, "conj conjugate real imag iscomplex isreal asarray array empty_like diagflat", unary())
more(jnp, "angle", unary(FLOATS))
more(jnp, "iscomplexobj isrealobj isscalar", unary())
more(jnp, "bitwise_count", unary(INTEGERS))
more(jnp, "frexp", unary(["float32"]))
more(jnp, "i0", lambda: ([array(["float32"], special=0, values=NEAR)], {}))
more(jnp, "ldexp", lambda: ([array(["float32"], d := shape(), special=0), array(["int32"], partner(d), special=0)], {}))
more(jnp, "nextafter", binary(["float32"], numbers=False))
more(jnp, "array_equiv", binary(NUMBERS, numbers=False))
more(jnp, "bartlett blackman hamming hanning", lambda: ([R.randint(1, 9)], {}))
more(jnp, "kaiser", lambda: ([R.randint(2, 9), R.choice([0.5, 3.0, 8.6])], {}))
more(jnp, "nancumsum nancumprod", along(low=0))
more(
    jnp, "cumulative_sum cumulative_prod", along(NUMBERS, low=1, p=1, more=lambda x: chance({"include_initial": True}))
)
more(jnp, "nanargmax nanargmin", reduction(FLOATS, one=True))
more(jnp, "nanvar nanstd", reduction(FLOATS, more=lambda x: chance({"ddof": R.choice([0, 1])})))
more(
    jnp,
    "median nanmedian",
    lambda: (
        [x := array(["float32"] * 2 + ["int32", "bfloat16", "float16"], low=1)],
        chance({"axis": axis_of(x, 0)}) | chance({"keepdims": True}, 0.3),
    ),
)
more(jnp, "quantile nanquantile", quantiles(lambda: R.choice([0.0, 0.25, 0.5, 0.9, 1.0])))
more(jnp, "percentile nanpercentile", quantiles(lambda: R.choice([0, 25, 50, 90, 100])))
more(
    jnp, "bincount", lambda: ([vector(["int32", "uint8"], values=[0, 1, 2, 4])], chance({"minlength": R.randint(0, 7)}))
)
more(jnp, "cov corrcoef", lambda: ([array(["float32"], [R.randint(1, 3), R.randint(2, 5)], special=0)], {}))
more(
    jnp,
    "histogram histogram_bin_edges",
    lambda: (lambda c: ([c[0][0], c[0][1]], {"range": c[1]["range"]}))(histogram()),
)
more(
    jnp,
    "digitize",
    lambda: (
        [array(["float32", "int32"], special=0), np.array(R.choice([[-1, 0, 1], [2, 0.5, -3], [0]]), np.float32)],
        chance({"right": True}),
    ),
)
more(jnp, "convolve correlate", convolution)
more(
    jnp,
    "cross",
    lambda: (
        [
            array(["float32", "int32"], (d := shape(0, 2)) + (3,), special=0),
            array(["float32", "int32"], d + (3,), special=0),
        ],
        {},
    ),
)
more(jnp, "gradient", gradient)
more(jnp, "interp", interp)
more(
    jnp,
    "trapezoid",
    lambda: ([x := array(["float32", "int32"], low=1, special=0)], {"axis": axis_of(x, 0)} | chance({"dx": 0.5})),
)
more(
    jnp,
    "unwrap",
    lambda: (
        [x := array(["float32"], low=1, special=0, values=NEAR)],
        {"axis": axis_of(x, 0)} | chance({"period": 2.0}, 0.3),
    ),
)
more(
    jnp,
    "vander",
    lambda: ([vector(["float32", "int32"], special=0, values=[-2, -1, 0, 1, 2, 3])], chance({"increasing": True})),
)
more(
    jnp,
    "polyadd polysub polymul",
    lambda: (
        [
            vector(d := [R.choice(["float32", "int32"])], R.randint(1, 4), special=0),
            vector(d, R.randint(1, 4), special=0),
        ],
        {},
    ),
)
more(
    jnp, "polyder polyint", lambda: ([vector(["float32"], R.randint(1, 4), special=0)], chance({"m": R.randint(1, 2)}))
)
more(
    jnp,
    "polyval",
    lambda: (
        [
            vector(d := [R.choice(["float32", "int32"])], R.randint(1, 4), special=0),
            array(d, special=0, values=[-2, -1, 0, 1, 2]),
        ],
        {},
    ),
)
more(jnp, "poly", lambda: ([vector(["float32"], R.randint(1, 4), special=0, values=[-2, -1, 0, 1, 2])], {}))
more(
    jnp,
    "logspace geomspace",
    lambda: ([R.choice([1, 0.5, 2]), R.choice([3, 2.5, 1]), R.randint(1, 6)], chance({"endpoint": False})),
)
more(jnp, "partition argpartition", lambda: ([x := array(["float32", "int32"], [R.randint(1, 5)], special=0), 0], {}))
more(jnp, "compress extract", lambda: ([array(["bool"], d := [R.randint(0, 4)]), array(ALL, d)], {}))
more(
    jnp,
    "choose",
    lambda: (
        [
            array(["int32"], d := shape(), special=0, values=[0, 1, 2]),
            [array([t := R.choice(NUMBERS)], partner(d)), array([t], partner(d)), array([t], d)],
        ],
        {"mode": R.choice(["clip", "wrap"])},
    ),
)
more(jnp, "insert", insertion)
more(jnp, "delete", deletion)
more(jnp, "put_along_axis", put_along_axis)
more(
    jnp,
    "put",
    lambda: (
        [
            x := array(low=1, special=0),
            array(["int32"], [R.randint(1, 3)], special=0, values=[0, 1, 2, -1]),
            scalar(str(x.dtype)),
        ],
        {"inplace": False} | {"mode": R.choice(["clip", "wrap"])},
    ),
)
more(
    jnp,
    "place",
    lambda: (
        [x := array(low=1, special=0), array(["bool"], x.shape), array([str(x.dtype)], [2], special=0)],
        {"inplace": False},
    ),
)
more(
    jnp,
    "fill_diagonal",
    lambda: ([x := array(dims=[R.randint(1, 3), R.randint(1, 4)]), scalar(str(x.dtype))], {"inplace": False}),
)
more(jnp, "ediff1d", lambda: ([array(NUMBERS, special=0)], {}))
more(jnp, "intersect1d setdiff1d setxor1d union1d", sets)
more(jnp, "unique_values unique_counts unique_all unique_inverse", unique_more)
more(
    jnp,
    "trim_zeros",
    lambda: (
        [vector(["float32", "int32"], special=0, values=[0, 0, 1, 2])],
        chance({"trim": R.choice(["f", "b", "fb"])}),
    ),
)
more(
    jnp,
    "lexsort",
    lambda: ([[array(["int32", "float32"], d := [R.randint(0, 5)], special=0), array(["int32"], d, special=0)]], {}),
)
more(jnp, "indices", lambda: ([[R.randint(0, 3) for _ in range(R.randint(1, 3))]], chance({"sparse": True}, 0.4)))
more(jnp, "diag_indices", lambda: ([R.randint(0, 4), R.randint(1, 3)], {}))
more(
    jnp, "diag_indices_from tril_indices_from triu_indices_from", lambda: ([array(dims=[n := R.randint(1, 3), n])], {})
)
more(jnp, "ix_", lambda: ([vector(["int32"], special=0), vector(["int32", "bool"], special=0)], {}))
more(jnp, "ravel_multi_index", ravel_multi)
more(
    jnp, "unravel_index", lambda: ([array(["int32"], special=0), [R.randint(1, 4) for _ in range(R.randint(1, 3))]], {})
)
more(
    jnp,
    "packbits",
    lambda: (
        [x := array(["uint8", "bool", "uint8"], low=1, values=[0, 1, 2])],
        {"axis": axis_of(x, 0)} | chance({"bitorder": "little"}),
    ),
)
more(
    jnp,
    "unpackbits",
    lambda: ([x := array(["uint8"], low=1)], {"axis": axis_of(x, 0)} | chance({"bitorder": "little"})),
)
more(jnp, "resize", lambda: ([array(), [R.randint(0, 4) for _ in range(R.randint(1, 2))]], {}))
more(jnp, "rollaxis", lambda: ([x := array(low=1), axis_of(x, 0)], chance({"start": R.randint(0, x.ndim)})))
more(jnp, "block", lambda: ([[array([d := R.choice(NUMBERS)], s := [2, R.randint(1, 2)]), array([d], s)]], {}))
more(jnp, "broadcast_shapes", lambda: ([list(d := shape()), list(partner(d))], {}))

L = jax.lax
more(L, "eq ne lt le gt ge", lambda: ([array([t := R.choice(NUMBERS)], d := shape()), array([t], d)], {}), "lax.")
more(L, "mul sub", lambda: ([array([t := R.choice(NUMBERS)], d := shape()), array([t], d)], {}), "lax.")
more(
    L,
    "rem div",
    lambda: (
        [array([t := R.choice(FLOATS + SIGNED)], d := shape(), special=0), array([t], d, values=[1, 2, 3, -2])],
        {},
    ),
    "lax.",
)
more(L, "rsqrt is_finite", unary(FLOATS), "lax.")
more(L, "integer_pow", lambda: ([array(FLOATS, special=0), R.randint(-2, 4)], {}), "lax.")
more(
    L,
    "cummax cummin cumlogsumexp",
    lambda: ([x := array(["float32", "float32", "bfloat16"], low=1), R.randrange(x.ndim)], chance({"reverse": True})),
    "lax.",
)
more(L, "rev", lambda: ([x := array(low=1), [R.randrange(x.ndim)]], {}), "lax.")
more(L, "broadcast", lambda: ([array(), list(shape(0, 2))], {}), "lax.")
more(L, "broadcasted_iota", lambda: ([R.choice(NUMBERS), list(d := shape(1, 3)), R.randrange(len(d))], {}), "lax.")
more(L, "iota", lambda: ([R.choice(NUMBERS), R.randint(0, 6)], {}), "lax.")
more(
    L,
    "clamp",
    lambda: ([array([t := R.choice(NUMBERS)], d := shape(), special=0), array([t], d), array([t], d, special=0)], {}),
    "lax.",
)
more(L, "collapse", lambda: ([x := array(low=2), a := R.randrange(x.ndim), R.randint(a + 1, x.ndim)], {}), "lax.")
more(L, "convert_element_type", lambda: ([array(special=0), R.choice(ALL)], {}), "lax.")
more(L, "reduce_precision", lambda: ([array(["float32"]), *R.choice([(8, 7), (5, 10), (8, 23)])], {}), "lax.")
more(
    L,
    "dynamic_slice",
    lambda: (
        [
            x := array(low=1, dims=shape(1, 3, 3)),
            [R.randint(-4, 4) for _ in x.shape],
            [R.randint(0, 3) for _ in x.shape],
        ],
        {},
    ),
    "lax.",
)
more(
    L,
    "dynamic_slice_in_dim",
    lambda: ([x := array(dims=shape(1, 3, 3)), R.randint(-4, 4), R.randint(0, 3), R.randrange(x.ndim)], {}),
    "lax.",
)
more(
    L,
    "dynamic_index_in_dim",
    lambda: ([x := array(dims=shape(1, 3, 3)), R.randint(-4, 4), R.randrange(x.ndim)], chance({"keepdims": False})),
    "lax.",
)
more(
    L,
    "dynamic_update_slice",
    lambda: (
        [
            x := array(dims=shape(1, 2, 3)),
            array([str(x.dtype)], [R.randint(0, 3) for _ in x.shape]),
            [R.randint(-4, 4) for _ in x.shape],
        ],
        {},
    ),
    "lax.",
)
more(
    L,
    "slice_in_dim",
    lambda: (
        [
            x := array(dims=shape(1, 3, 4)),
            R.choice([None, 0, 1, -2]),
            R.choice([None, 3, -1, 4]),
            R.randint(1, 2),
            R.randrange(x.ndim),
        ],
        {},
    ),
    "lax.",
)
more(
    L,
    "index_in_dim",
    lambda: ([x := array(dims=shape(1, 3, 3)), R.randint(-3, 2), R.randrange(x.ndim)], chance({"keepdims": False})),
    "lax.",
)
more(
    L,
    "reduce_max reduce_min reduce_sum reduce_prod",
    lambda: (
        [
            x := array(["float32", "int32"], low=1, special=0, values=[-2, -1, 0, 0.5, 1, 2]),
            sorted(R.sample(range(x.ndim), R.randint(1, x.ndim))),
        ],
        {},
    ),
    "lax.",
)

N = jax.nn
more(N, "relu relu6", unary(NUMBERS), "nn.")
more(
    N,
    (
        "sigmoid silu swish softplus soft_sign log_sigmoid hard_sigmoid hard_silu hard_swish hard_tanh "
        "mish squareplus sparse_plus sparse_sigmoid selu elu celu leaky_relu"
    ),
    unary(FLOATS),
    "nn.",
)
more(N, "gelu", lambda: ([array(FLOATS)], chance({"approximate": False})), "nn.")
more(N, "glu", lambda: ([x := array(FLOATS, dims=shape(1, 3, 2))], {"axis": R.randrange(x.ndim)}), "nn.")
more(N, "softmax log_softmax", lambda: ([x := array(FLOATS, low=1, special=0)], {"axis": R.randrange(x.ndim)}), "nn.")
more(N, "logmeanexp", reduction(["float32"]), "nn.")
more(N, "standardize", lambda: ([x := array(["float32"], low=1, special=0)], {"axis": R.randrange(x.ndim)}), "nn.")
more(N, "log1mexp", lambda: ([array(["float32"], special=0, values=[0.1, 0.25, 0.5, 1, 2, 7])], {}), "nn.")

J = jnp.linalg
more(J, "det inv", lambda: ([regular(R.randint(1, 4), shape(0, 1))], {}), "linalg.")
more(
    J,
    "cholesky",
    lambda: ([(lambda a: (a @ np.swapaxes(a, -1, -2)).astype(np.float32))(regular(R.randint(1, 4), shape(0, 1)))], {}),
    "linalg.",
)
more(
    J,
    "solve",
    lambda: ([regular(n := R.randint(1, 4)), array(["float32"], R.choice([[n], [n, 2]]), special=0)], {}),
    "linalg.",
)
more(J, "matrix_power", lambda: ([regular(R.randint(1, 3)), R.randint(-2, 4)], {}), "linalg.")
more(
    J,
    "multi_dot",
    lambda: (
        [
            [
                array(["float32"], [a := R.randint(1, 3), b := R.randint(1, 3)], special=0),
                array(["float32"], [b, c := R.randint(1, 3)], special=0),
                array(["float32"], [c, 2], special=0),
            ]
        ],
        {},
    ),
    "linalg.",
)


def device(x):
    if isinstance(x, list) and any(isinstance(v, (np.ndarray, jax.Array, list)) for v in x):
        return [device(v) for v in x]
    return jnp.asarray(x) if isinstance(x, np.ndarray) else tuple(x) if isinstance(x, list) else x


def element(x):
    if isinstance(x, (bool, np.bool_)):
        return int(x)
    if isinstance(x, (int, np.integer)):
        return int(x)
    x = np.float32(x)
    if not np.isfinite(x):
        return "NaN" if np.isnan(x) else "Infinity" if x > 0 else "-Infinity"
    return int(x) if x == int(x) and abs(x) < 1e6 and not (x == 0 and np.signbit(x)) else float(str(x))


def plain(x):
    if isinstance(x, (np.ndarray, np.generic, jax.Array)):
        x = np.asarray(x)
        return {"a": [str(x.dtype), list(x.shape), [element(v) for v in x.flatten()]]}
    if isinstance(x, (list, tuple)):
        return [plain(v) for v in x]
    if isinstance(x, float) and not np.isfinite(x):
        return {"number": element(x)}
    return x


def ask(file, functions, seed, count):
    R.seed(seed)
    names = sorted(functions)
    cases = []
    for i in range(count):
        name = names[i % len(names)]
        function, draw = functions[name]
        args, options = draw()
        try:
            result = plain(function(*[device(a) for a in args], **{k: device(v) for k, v in options.items()}))
        except (TypeError, ValueError, NotImplementedError, IndexError, ZeroDivisionError):
            result = None
        if i % 250 == 249:
            jax.clear_caches()  # else compiled programs fill the memory
        cases.append([camel(name), plain(args), {camel(k): plain(v) for k, v in options.items()}, result])
    path = os.path.join(sys.argv[1], file)
    with open(path, "w") as f:
        lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
        f.write('{"meta":%s,"cases":[\n%s\n]}\n' % (json.dumps(META | {"seed": seed}), lines))
    errors = sum(case[3] is None for case in cases)
    print(path, len(cases), "of them errors of JAX:", errors, "bytes:", os.path.getsize(path))


def main():
    seed = int(sys.argv[sys.argv.index("--seed") + 1]) if "--seed" in sys.argv else 12
    count = int(sys.argv[sys.argv.index("--count") + 1]) if "--count" in sys.argv else 4000
    if "--names" not in sys.argv:
        ask("fuzz.json", FUNCTIONS, seed, count)
    ask("fuzz_names.json", NAMES, seed, count // 2)


if __name__ == "__main__":
    main()
