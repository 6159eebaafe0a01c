"""What the programs of golden calls share: `case` records a call of JAX, `write` the file of all that were recorded."""

import base64, json, os, re, sys

os.environ["JAX_PLATFORMS"] = "cpu"
import ml_dtypes
import numpy as np
import jax, jaxlib
import jax.numpy as jnp

META = dict(jax=jax.__version__, jaxlib=jaxlib.__version__, numpy=np.__version__)
CASES = []


def enc(a):
    a = np.asarray(a)
    return dict(
        dtype=str(a.dtype), shape=list(a.shape), b64=base64.b64encode(np.ascontiguousarray(a).tobytes()).decode()
    )


def plain(x):
    if isinstance(x, (np.ndarray, np.generic, jax.Array)):
        return enc(x)
    if isinstance(x, (list, tuple)):
        return [plain(v) for v in x]
    if isinstance(x, float) and not np.isfinite(x):
        return dict(number="NaN" if np.isnan(x) else "Infinity" if x > 0 else "-Infinity")
    return x


def device(x):
    if isinstance(x, (list, tuple)):
        return type(x)(device(v) for v in x)
    return jnp.asarray(x) if isinstance(x, (np.ndarray, np.generic)) else x


def camel(name):
    return re.sub(r"_(\w)", lambda m: m[1].upper(), name)


def case(name, function, args, options=None, called=None, ulp=None, tol=None):
    """`called` is what flaxen's function gets where that is not `args`.

    `ulp` and `tol` are how far a float may be off.
    """
    result = function(*[device(a) for a in args], **{k: device(v) for k, v in (options or {}).items()})
    entry = dict(fn=name, args=plain(called if called is not None else list(args)))
    if options and called is None:
        entry["kwargs"] = {camel(k): plain(v) for k, v in options.items()}
    entry["result"] = plain(result)
    if ulp:
        entry["ulp"] = ulp
    if tol:
        entry["tol"] = tol
    CASES.append(entry)


def write(name):
    path = os.path.join(sys.argv[1], name + ".json")
    with open(path, "w") as f:
        json.dump(dict(meta=META, cases=CASES), f, separators=(",", ":"))
    print(path, len(CASES), os.path.getsize(path))
    CASES.clear()


inf, nan = float("inf"), float("nan")
rng = np.random.default_rng(7)
DTYPES = ["float32", "bfloat16", "float16", "int32", "int16", "int8", "uint32", "uint16", "uint8", "bool"]
FLOATS = ["float32", "bfloat16", "float16"]
dt = lambda name: np.dtype(getattr(ml_dtypes, name, name)) if name == "bfloat16" else np.dtype(name)
SPECIAL = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    -0.5,
    1.5,
    2.5,
    -2.5,
    3.7,
    -3.7,
    inf,
    -inf,
    nan,
    1e-40,
    -1e-40,
    6e-8,
    1e-6,
    1.1754944e-38,
    3e38,
    -3e38,
    65504.0,
    8388609.0,
    0.1,
    7.0,
    1e10,
]


def floats(dtype="float32", shape=None):
    x = np.array(SPECIAL, np.float32) if shape is None else (rng.standard_normal(shape) * 4).astype(np.float32)
    return x.astype(dt(dtype))


def pairs(dtype):
    x = np.array(SPECIAL, np.float32)
    a, b = np.repeat(x, len(x)), np.tile(x, len(x))
    return a.astype(dt(dtype)), b.astype(dt(dtype))


def ints(dtype, shape=None):
    if dtype == "bool":
        return np.array([False, True, True, False]) if shape is None else rng.integers(0, 2, shape).astype(bool)
    info = np.iinfo(dtype)
    if shape is None:
        return np.array([0, 1, 2, 3, 7, info.min, info.max, info.max - 1, info.min + 1, 63, 64, 100], dtype)
    return rng.integers(max(info.min, -50), min(info.max, 50), shape).astype(dtype)


def some(dtype, shape):
    return floats(dtype, shape) if dtype in FLOATS else ints(dtype, shape)
