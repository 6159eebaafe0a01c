"""Python scalars beside arrays of ten dtypes, and what real JAX gives: scalars that fit, that do not, and fractions.

    VENV/bin/python test/golden/oracle_scalars.py OUT [--seed N]

writes OUT/scalars.json: by function and dtype, a result for each scalar. A result is [dtype, elements]; null stands
for an error of JAX, which flaxen may or may not have. Seed 0 has the scalars below, others draw such. The test that
reads it is test/array/scalars.test.ts. It takes ten minutes.
"""

import json, os, random, sys, warnings

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from cases import META, camel
import numpy as np
import jax
import jax.numpy as jnp

warnings.simplefilter("ignore")
SEED = int(sys.argv[sys.argv.index("--seed") + 1]) if "--seed" in sys.argv else 0
R = random.Random(SEED)
DTYPES = ["int8", "uint8", "int16", "uint16", "int32", "uint32", "bool", "float16", "bfloat16", "float32"]
SCALARS = [3, 300, -3, 2.7, -2.7, True]
VALUES = [0, 1, 2, 100]
if SEED:
    SCALARS = [R.randint(0, 9), R.randint(128, 70000), R.randint(-200, -1)]
    SCALARS += [R.randint(0, 9) + 0.3, -0.6 - R.randint(0, 9), R.random() < 0.5]
    VALUES = [R.randint(0, 9) for _ in range(3)] + [R.randint(10, 127)]
WHERE = jnp.array([True, False, True, False])
AT = jnp.array([0, 9])

CALLS = {
    "whereA": lambda x, s: jnp.where(WHERE, s, x),
    "whereB": lambda x, s: jnp.where(WHERE, x, s),
    "select": lambda x, s: jnp.select([WHERE], [x], s),
    "selectChoice": lambda x, s: jnp.select([WHERE], [s], x),
    "clipMin": lambda x, s: jnp.clip(x, min=s),
    "clipMax": lambda x, s: jnp.clip(x, max=s),
    "clipBoth": lambda x, s: jnp.clip(x, s, 50),
    "at.getFill": lambda x, s: x.at[AT].get(mode="fill", fill_value=s),
    "fullLike": lambda x, s: jnp.full_like(x, s),
    "full": lambda x, s: jnp.full((2,), s, dtype=x.dtype),
    "nanToNum": lambda x, s: jnp.nan_to_num(x, nan=s, posinf=s, neginf=s),
    "padConstant": lambda x, s: jnp.pad(x, 1, constant_values=s),
    "takeFill": lambda x, s: jnp.take(x, AT, mode="fill", fill_value=s),
    "takeAlongAxisFill": lambda x, s: jnp.take_along_axis(x, AT, 0, mode="fill", fill_value=s),
    "piecewise": lambda x, s: jnp.piecewise(x, [WHERE], [s, 1]),
    "fillDiagonal": lambda x, s: jnp.fill_diagonal(x.reshape(2, 2), s, inplace=False),
    "put": lambda x, s: jnp.put(x, AT, s, inplace=False),
    "putAlongAxis": lambda x, s: jnp.put_along_axis(x, AT[:1], s, 0, inplace=False),
    "place": lambda x, s: jnp.place(x, WHERE, s, inplace=False),
    "append": lambda x, s: jnp.append(x, s),
    "insert": lambda x, s: jnp.insert(x, 1, s),
    "hstack": lambda x, s: jnp.hstack([x, s]),
    "stack": lambda x, s: jnp.stack([s, x[1]]),
    "vstack": lambda x, s: jnp.vstack([x[:1], s]),
    "columnStack": lambda x, s: jnp.column_stack([s, x[:1]]),
    "dstack": lambda x, s: jnp.dstack([x[0], s]),
    "block": lambda x, s: jnp.block([s, x]),
    "ediff1dToEnd": lambda x, s: jnp.ediff1d(x, to_end=s),
    "diffAppend": lambda x, s: jnp.diff(x, append=s),
    "diffPrepend": lambda x, s: jnp.diff(x, prepend=s),
    "searchsorted": lambda x, s: jnp.searchsorted(x, s),
    "isin": lambda x, s: jnp.isin(x, jnp.asarray(s)),
    "polyval": lambda x, s: jnp.polyval(x[:2], s),
    "lax.pad": lambda x, s: jax.lax.pad(x, jnp.asarray(s).astype(x.dtype), [(1, 0, 0)]),
    "lax.fullLike": lambda x, s: jax.lax.full_like(x, s),
    "lax.full": lambda x, s: jax.lax.full([2], s, x.dtype),
    "nn.leakyRelu": lambda x, s: jax.nn.leaky_relu(x, s),
    "nn.elu": lambda x, s: jax.nn.elu(x, s),
    "nn.celu": lambda x, s: jax.nn.celu(x, s),
}
for name in "set add subtract multiply divide power min max".split():
    CALLS["at." + name] = lambda x, s, name=name: getattr(x.at[1], name)(s)
for name in "sum prod max min nansum nanprod nanmax nanmin".split():
    CALLS[name + ".initial"] = lambda x, s, name=name: getattr(jnp, name)(x, initial=s)
    CALLS[name + ".whereInitial"] = lambda x, s, name=name: getattr(jnp, name)(x, initial=s, where=WHERE)
BINARY = (
    "add subtract multiply divide floor_divide remainder fmod maximum minimum fmax fmin power float_power arctan2 "
    "hypot logaddexp logaddexp2 copysign heaviside equal not_equal less less_equal greater greater_equal logical_and "
    "logical_or logical_xor bitwise_and bitwise_or bitwise_xor left_shift right_shift gcd lcm isclose"
)
for name in BINARY.split():
    CALLS[camel(name)] = lambda x, s, name=name: getattr(jnp, name)(x, s)
    CALLS[camel(name) + ".first"] = lambda x, s, name=name: getattr(jnp, name)(s, x)


def element(x):
    if isinstance(x, (bool, int)):
        return int(x)
    if not np.isfinite(x):
        return "NaN" if np.isnan(x) else "Infinity" if x > 0 else "-Infinity"
    return int(x) if x == int(x) and abs(x) < 1e6 else float(str(np.float32(x)))


def ask(function, dtype, scalar):
    try:
        y = function(jnp.array(VALUES, dtype=dtype), scalar)
    except (TypeError, ValueError, OverflowError, NotImplementedError):
        return None
    wide = y.astype("float32") if y.dtype == jnp.bfloat16 else y
    return [str(y.dtype), [element(v) for v in np.asarray(wide).flatten().tolist()]]


def main():
    path = os.path.join(sys.argv[1], "scalars.json")
    lines = []
    for name in sorted(CALLS):
        for dtype in DTYPES:
            results = [ask(CALLS[name], dtype, scalar) for scalar in SCALARS]
            lines.append(json.dumps([name, dtype, results], separators=(",", ":")))
        jax.clear_caches()  # else compiled programs fill the memory
    head = json.dumps({"meta": META | {"seed": SEED}, "values": VALUES, "scalars": SCALARS})[:-1]
    with open(path, "w") as f:
        f.write(head + ',"cases":[\n' + ",\n".join(lines) + "\n]}\n")
    print(path, len(lines) * len(SCALARS), "bytes:", os.path.getsize(path))


main()
