"""Golden values of calls with arguments that few programs give: names_calls.json, in the form of oracle_numpy.py.

.venv/bin/python oracle_calls.py OUT_DIR
"""

import jax
import jax.numpy as jnp
import numpy as np
from cases import CASES, FLOATS, camel, case, dt, inf, nan, plain, rng, some, write


def normal(shape):
    return rng.standard_normal(shape).astype(np.float32)


def gradients(name, function, args, options=None, tol=1e-6):
    """The gradients of the sum of a call's float results, weighted so that no two elements weigh the same."""

    def weighted(*given):
        out = function(*given, **(options or {}))
        return sum(
            jnp.sum(o * (1 + jnp.arange(o.size).reshape(o.shape))) for o in (out if isinstance(out, tuple) else (out,))
        )

    def pull(*given):
        return list(jax.grad(weighted, tuple(range(len(args))))(*given))

    case(name, pull, args, tol=tol)
    if options:
        CASES[-1]["kwargs"] = {camel(k): plain(v) for k, v in options.items()}


# --- logsumexp: weights, masks and signs. XLA sums in another order
logsumexp = jax.nn.logsumexp
A, B = normal((3, 4)) * 3, normal((3, 4))
MASK = rng.random((3, 4)) < 0.6
MASK[1] = False
for options in (
    dict(b=np.abs(B)),
    dict(b=B),
    dict(b=B, return_sign=True),
    dict(b=B, axis=0, return_sign=True, keepdims=True),
    dict(b=B[:1], axis=1),
    dict(b=np.float32(2), axis=(0, 1)),
    dict(b=np.array([1, 0, 2, 0], np.float32), axis=1, keepdims=True),
    dict(where=MASK),
    dict(where=MASK, axis=1),
    dict(where=MASK, axis=0, keepdims=True),
    dict(where=MASK, b=np.abs(B), axis=1),
    dict(where=MASK[:1], b=B, axis=1, return_sign=True),
    dict(axis=1, return_sign=True),
    dict(where=MASK[0], axis=1, return_sign=True),
    dict(b=np.zeros((3, 4), np.float32), axis=1, return_sign=True),
):
    case("logsumexp", logsumexp, [A], options, tol=1e-6)
for d in ("bfloat16", "float16", "int32", "bool"):
    case("logsumexp", logsumexp, [some(d, (3, 4))], dict(b=np.abs(B).astype(np.float16), axis=1), tol=1e-2)
    case("logsumexp", logsumexp, [some(d, (3, 4))], dict(where=MASK, axis=0, return_sign=True), tol=1e-2)
case("logsumexp", logsumexp, [A], dict(b=np.array([[1, 2, 0, 3]], np.int32), axis=1), tol=1e-6)
S = np.array([[inf, 1, 2], [-inf, -inf, -inf], [nan, 1, 1], [-inf, 0, 88]], np.float32)
for options in (
    dict(where=S < 50),
    dict(where=S < 50, axis=1),
    dict(axis=1, return_sign=True),
    dict(b=np.array([0, 1, -2], np.float32), axis=1, return_sign=True),
    dict(b=np.array([0, 1, -2], np.float32), axis=1),
    dict(b=np.array([inf, nan, 1], np.float32), where=np.array([False, False, True]), axis=1),
):
    case("logsumexp", logsumexp, [S], options, tol=1e-6)
for shape, axis in (((0,), None), ((0, 3), 0), ((0, 3), 1), ((2, 0), 1), ((), None)):
    x = np.full(shape, 2, np.float32)
    case("logsumexp", logsumexp, [x], dict(axis=axis, b=x, return_sign=True), tol=1e-6)
    case("logsumexp", logsumexp, [x], dict(axis=axis, where=np.ones(shape, bool)), tol=1e-6)
for options in (dict(), dict(axis=1), dict(axis=0, keepdims=True)):
    gradients("grad.logsumexp", lambda a, b, **o: logsumexp(a, b=b, **o), [A, np.abs(B)], options)
    gradients("grad.logsumexp", lambda a, b, **o: logsumexp(a, b=b, **o), [A, np.abs(B) * (B > 0)], options)
    gradients("grad.logsumexp", lambda a, b, **o: logsumexp(a, b=b, **o), [A, B], options | dict(return_sign=True))
    gradients(
        "grad.logsumexp", lambda a, b, **o: logsumexp(a, b=b, **o), [A, np.abs(B)], options | dict(where=MASK[:1])
    )
for options in (
    dict(),
    dict(axis=1),
    dict(where=MASK),
    dict(where=MASK, axis=1),
    dict(where=MASK[:1], axis=0, keepdims=True),
):
    case("nn.logmeanexp", jax.nn.logmeanexp, [A], options, tol=1e-6)
case("nn.logmeanexp", jax.nn.logmeanexp, [np.ones((0, 2), np.float32)], dict(axis=0))

# --- evenly spaced numbers between arrays, by linspace, logspace and geomspace
LOW, HIGH = normal((2, 1)), normal(3) + 4
for args, options in (
    ([LOW, HIGH, 5], dict()),
    ([LOW, HIGH, 5], dict(axis=-1)),
    ([LOW, HIGH, 4], dict(axis=1, endpoint=False)),
    ([np.float32(0), HIGH, 6], dict(axis=1)),
    ([LOW, 2, 3], dict(retstep=True)),
    ([0, 1, 5], dict(retstep=True)),
    ([0, 3, 1], dict(retstep=True)),
    ([0, 3, 1], dict(retstep=True, endpoint=False)),
    ([LOW, HIGH, 1], dict(retstep=True, endpoint=False)),
    ([0, 3, 0], dict(retstep=True)),
    ([LOW, HIGH, 0], dict(axis=1)),
    ([LOW, HIGH, 1], dict()),
    ([np.array([0, 10], np.int32), np.array([7, 3], np.int32), 5], dict()),
    ([np.array([0, 10], np.int32), 20, 6], dict(dtype="int32", axis=1)),
    ([np.array([-5, 10], np.int32), np.array([[5], [20]], np.int32), 4], dict(dtype="int8")),
    ([np.zeros((0, 2), np.float32), 1, 3], dict()),
    ([-2.5, 3, 7], dict(dtype="int32")),
    ([3, 3, 4], dict()),
    ([0, np.float32(inf), 3], dict()),
    ([LOW, HIGH], dict()),
):
    case("linspace", jnp.linspace, args, options, ulp=2)
for d in FLOATS[1:]:
    case("linspace", jnp.linspace, [LOW.astype(dt(d)), HIGH.astype(dt(d)), 7], dict(axis=1), tol=1e-2)
    case("linspace", jnp.linspace, [LOW.astype(dt(d)), 3, 4], tol=1e-2)
    case("linspace", jnp.linspace, [LOW.astype(dt(d)), HIGH, 4], ulp=2)
    for options in (dict(), dict(axis=-1, endpoint=False)):
        case(
            "linspace",
            jnp.linspace,
            [normal((3, 1)).astype(dt(d)), normal(5).astype(dt(d)), 9],
            options,
            tol=None if d == "bfloat16" else 1e-3,
        )
    case("linspace", jnp.linspace, [0, 5, 4], dict(dtype=d))
    case("logspace", jnp.logspace, [0, 2, 4], dict(dtype=d), tol=1e-2)
    case("logspace", jnp.logspace, [LOW.astype(dt(d)), HIGH.astype(dt(d)), 4], tol=2e-2)
    case("geomspace", jnp.geomspace, [1, 64, 4], dict(dtype=d), tol=1e-2)
for args, options in (
    ([LOW, HIGH, 5], dict()),
    ([LOW, HIGH, 5], dict(axis=-1, base=2.0)),
    ([np.array([0, 5], np.int32), np.array([5, 0], np.int32), 5], dict(base=np.array([2, 3], np.int32))),
    ([0, 2, 5], dict(dtype="int32")),
    ([LOW, HIGH, 4], dict(axis=1, endpoint=False)),
    ([0, 2, 0], dict()),
    ([0, 2, 1], dict()),
):
    case("logspace", jnp.logspace, args, options, tol=1e-6)
for args, options in (
    ([np.array([1, 1000], np.int32), np.array([27, 1], np.int32), 4], dict()),
    ([np.abs(LOW), HIGH, 5], dict(axis=-1)),
    ([np.abs(LOW), HIGH, 4], dict(axis=1, endpoint=False)),
    ([-np.abs(LOW), -HIGH, 3], dict()),
    ([np.array([1, -1, 0], np.float32), np.array([-1, -8, 1], np.float32), 3], dict()),
    ([1, 256, 9], dict(dtype="int32")),
    ([1, 2, 0], dict()),
    ([5, 2, 1], dict()),
):
    case("geomspace", jnp.geomspace, args, options, tol=1e-6)
for options in (dict(), dict(axis=1), dict(axis=-1, endpoint=False)):
    gradients("grad.linspace", lambda a, b, **o: jnp.linspace(a, b, 4, **o), [LOW, HIGH], options)
    gradients("grad.logspace", lambda a, b, **o: jnp.logspace(a, b, 4, **o), [LOW, HIGH], options)
    gradients("grad.geomspace", lambda a, b, **o: jnp.geomspace(a, b, 4, **o), [np.abs(LOW), HIGH], options)

# --- pad: every mode, every way to write values of two ends
P1, P2, P3 = normal(4), normal((3, 2)), normal((2, 3, 2))
I2 = np.array([[3, 8, -4], [7, 6, 5]], np.int32)
WIDTHS = (2, [1], [3, 0], [[2, 1]], [[1, 4], [0, 3]], np.array([[0, 2], [5, 1]], np.int32))
for width in WIDTHS:
    for x in (P2, I2):
        for options in (
            dict(constant_values=np.array(7, np.int32)),
            dict(constant_values=[8, 9]),
            dict(constant_values=[[1, 2], [3, 4]]),
            dict(constant_values=[[5], [6]]),
            dict(mode="empty"),
            dict(mode="linear_ramp"),
            dict(mode="linear_ramp", end_values=(10, -3)),
            dict(mode="linear_ramp", end_values=((1, 2), (3, 4))),
            dict(mode="maximum"),
            dict(mode="minimum", stat_length=1),
            dict(mode="mean", stat_length=(2, 1)),
            dict(mode="mean"),
            dict(mode="median", stat_length=((2, 9), (1, 2))),
            dict(mode="median"),
            dict(mode="reflect", reflect_type="odd"),
            dict(mode="symmetric", reflect_type="odd"),
            dict(mode="reflect", reflect_type="even"),
            dict(mode="symmetric"),
            dict(mode="wrap"),
            dict(mode="edge"),
        ):
            mode = options.get("mode")
            inexact = mode in ("linear_ramp", "mean", "median", "reflect", "symmetric")
            tol = 1e-6 if inexact and x is P2 else None
            # XLA fuses the ramps' sums: a whole number may come out just below, and is cut off.
            case("pad", jnp.pad, [x, width], options, tol=0.15 if mode == "linear_ramp" and x is I2 else tol)
for mode in ("reflect", "symmetric"):
    for shape in ((1,), (2,), (3,)):
        case("pad", jnp.pad, [normal(shape), [7, 6]], dict(mode=mode, reflect_type="odd"), tol=1e-6)
        case("pad", jnp.pad, [normal(shape), [7, 6]], dict(mode=mode))
for d in ("bfloat16", "float16", "int8", "uint8"):
    for options in (
        dict(constant_values=[1.7, 2.5]),
        dict(mode="maximum"),
        dict(mode="mean"),
        dict(mode="median"),
        dict(mode="reflect", reflect_type="odd"),
    ):
        case("pad", jnp.pad, [some(d, (2, 3)), 2], options, tol=1e-2 if d.endswith("float16") else None)
case("pad", jnp.pad, [np.float32(3), 1], dict(mode="mean"))
case("pad", jnp.pad, [np.zeros((0, 2), np.float32), 1], dict(constant_values=[1, 2]))
case("pad", jnp.pad, [np.zeros((0, 2), np.float32), [[0, 0], [1, 2]]], dict(mode="edge"))
for options in (
    dict(mode="linear_ramp", end_values=2.5),
    dict(mode="maximum"),
    dict(mode="mean", stat_length=2),
    dict(mode="median"),
    dict(mode="reflect", reflect_type="odd"),
    dict(mode="symmetric", reflect_type="odd"),
    dict(mode="symmetric"),
    dict(mode="edge"),
    dict(mode="empty"),
):
    gradients("grad.pad", lambda x, **o: jnp.pad(x, ((1, 2), (4, 3)), **o), [P2], options)
for v in (np.float32(2), normal(2), normal((2, 2))):
    gradients("grad.pad constant", lambda x, v: jnp.pad(x, 2, constant_values=v), [P2, v])

# --- nan_to_num: arrays in place of numbers
N = np.array([nan, 1, inf, -inf, -2], np.float32)
R = [normal(5), normal(1), np.float32(4)]
for options in (
    dict(nan=R[0]),
    dict(nan=R[2], posinf=R[0]),
    dict(posinf=R[1], neginf=R[0]),
    dict(nan=np.array([[1], [2]], np.int32), neginf=9),
):
    case("nanToNum", jnp.nan_to_num, [N], options)
gradients("grad.nanToNum", lambda x, a, b: jnp.nan_to_num(x, nan=a, posinf=b), [N, R[0], R[2]])

write("names_calls")
