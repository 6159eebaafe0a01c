"""The dtypes that functions of two arrays give, for all pairs of dtypes and of Python's numbers, by real JAX.

    VENV/bin/python test/golden/oracle_promotion.py OUT

writes OUT/promotion.json: by function a row for each kind of the first operand, in it a letter for each kind of the
second. LETTERS says what they stand for; "-" is an error of JAX, which flaxen may or may not have, or is not asked:
a number stands only where there is no axis. Nothing is computed, which takes half a minute. The test that reads it is
test/array/promotion.test.ts.
"""

import json, os, sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from cases import META
import jax
import jax.numpy as jnp

LETTERS = {
    "float32": "f",
    "bfloat16": "b",
    "float16": "h",
    "int32": "i",
    "int16": "s",
    "int8": "c",
    "uint32": "I",
    "uint16": "S",
    "uint8": "C",
    "bool": "t",
}
NUMBERS = {"int": 2, "float": 0.5}
KINDS = [*LETTERS, *NUMBERS]
# What is called, and the shapes of the two.
CALLS = {
    "interp": (lambda a, b: jnp.interp(a, b, jnp.ones(3)), [], [3]),
    "interpBoth": (lambda a, b: jnp.interp(a, b, b), [], [3]),
    "trapezoid": (jnp.trapezoid, [3], [3]),
    "trapezoidDx": (lambda a, b: jnp.trapezoid(a, dx=b), [3], []),
    "gradient": (jnp.gradient, [3], []),
    "gradientAt": (jnp.gradient, [3], [3]),
    "cov": (jnp.cov, [3], [3]),
    "corrcoef": (jnp.corrcoef, [3], [3]),
    "quantile": (jnp.quantile, [3], []),
    "percentile": (jnp.percentile, [3], []),
    "average": (lambda a, b: jnp.average(a, weights=b), [3], [3]),
    "histogram": (lambda a, b: jnp.histogram(a, 3, (0, 2), weights=b), [3], [3]),
    "polyadd": (jnp.polyadd, [3], [2]),
    "polysub": (jnp.polysub, [3], [2]),
    "polymul": (jnp.polymul, [3], [2]),
    "polydiv": (jnp.polydiv, [3], [2]),
    "polyval": (jnp.polyval, [3], []),
    "polyfit": (lambda a, b: jnp.polyfit(a, b, 1), [3], [3]),
    "polyint": (lambda a, b: jnp.polyint(a, 1, b), [3], []),
    "cross": (jnp.cross, [3], [3]),
    "outer": (jnp.outer, [], [2]),
    "outerLast": (jnp.outer, [2], []),
    "kron": (jnp.kron, [], [2]),
    "dot": (jnp.dot, [3], []),
    "inner": (jnp.inner, [3], [3]),
    "vdot": (jnp.vdot, [3], [3]),
    "matmul": (jnp.matmul, [2, 3], [3]),
    "tensordot": (lambda a, b: jnp.tensordot(a, b, 0), [2], []),
    "einsum": (lambda a, b: jnp.einsum("i,->i", a, b), [2], []),
    "convolve": (jnp.convolve, [3], [2]),
    "correlate": (jnp.correlate, [3], [2]),
    "intersect1d": (lambda a, b: jnp.intersect1d(a, b, size=1), [3], []),
    "setxor1d": (lambda a, b: jnp.setxor1d(a, b, size=4), [3], []),
    "linspace": (lambda a, b: jnp.linspace(a, b, 3), [], []),
    "logspace": (lambda a, b: jnp.logspace(a, b, 3), [], []),
    "where": (lambda a, b: jnp.where(True, a, b), [], [2]),
    "clip": (jnp.clip, [3], []),
    "select": (lambda a, b: jnp.select([jnp.ones(3, bool)] * 2, [a, a], b), [3], []),
    "select3": (lambda a, b: jnp.select([jnp.ones(3, bool)] * 2, [a, b], 0), [3], [3]),
    "concatenate": (lambda a, b: jnp.concatenate([a, b]), [3], [2]),
    "stack": (lambda a, b: jnp.stack([a, b]), [], []),
    "append": (jnp.append, [3], []),
    "insert": (lambda a, b: jnp.insert(a, 1, b), [3], []),
    "diff": (lambda a, b: jnp.diff(a, append=b), [3], []),
    "linalg.solve": (jnp.linalg.solve, [2, 2], [2]),
    "linalg.multiDot": (lambda a, b: jnp.linalg.multi_dot([a, b]), [2, 3], [3]),
    "linalg.matrixPower": (lambda a, b: jnp.linalg.matrix_power(a, 2), [2, 2], []),
    "nn.logmeanexp": (lambda a, b: jax.nn.logmeanexp(a), [3], []),
}


def letter(call, first, second):
    if any(kind in NUMBERS and shape for kind, shape in (first, second)):
        return "-"
    operands = [
        NUMBERS[kind] if kind in NUMBERS else jax.ShapeDtypeStruct(tuple(shape), kind)
        for kind, shape in (first, second)
    ]
    arrays = [x for x in operands if isinstance(x, jax.ShapeDtypeStruct)]
    if not arrays:
        return "-"

    def run(*given):
        left = list(given)
        return call(*[left.pop(0) if isinstance(x, jax.ShapeDtypeStruct) else x for x in operands])

    try:
        result = jax.eval_shape(run, *arrays)
    except (TypeError, ValueError, NotImplementedError):
        return "-"
    return LETTERS[str(jax.tree.leaves(result)[0].dtype)]


def main():
    path = os.path.join(sys.argv[1], "promotion.json")
    lines = []
    for name, (call, a, b) in CALLS.items():
        rows = ["".join(letter(call, (first, a), (second, b)) for second in KINDS) for first in KINDS]
        lines.append(f"{json.dumps(name)}:{json.dumps(rows, separators=(',', ':'))}")
    head = json.dumps({"meta": META, "kinds": KINDS, "letters": LETTERS, "numbers": NUMBERS})[:-1]
    with open(path, "w") as f:
        f.write(head + ',"calls":{\n' + ",\n".join(lines) + "\n}}\n")
    print(path, len(lines), "bytes:", os.path.getsize(path))


main()
