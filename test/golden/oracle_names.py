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
WIDE = np.concatenate([np.linspace(-20, 20, 201), [1e-3, -1e-5, 1e-20, 88.5, -88.5, 1e3, 1e10, 3e38, -3e38, -0.0, inf, -inf, nan]]).astype(np.float32)
for f, x, ulp in (
    ("arcsin", ONE, 4), ("arccos", ONE, 4), ("arctanh", ONE, 4), ("arctan", WIDE, 3), ("sinh", WIDE, 32), ("cosh", WIDE, 32),
    ("arcsinh", WIDE, 4), ("arccosh", np.abs(WIDE) + np.float32(0.9), 4), ("cbrt", WIDE, 3),
):
    case(f, getattr(jnp, f), [x], ulp=ulp)
    case(f, getattr(jnp, f), [x.astype(dt("bfloat16"))], tol=1e-2)
    case(f, getattr(jnp, f), [np.array([0, 1], np.int32)], ulp=ulp)


def normal_pairs(d):
    """Subnormals count as zeros here; the host's C library keeps them."""
    a, b = pairs(d)
    keep = [i for i, (x, y) in enumerate(zip(a.astype(np.float32), b.astype(np.float32))) if not any(0 < abs(v) < 1.1754944e-38 for v in (x, y))]
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
