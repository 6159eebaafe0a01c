"""Golden values of `config.products = "fused"`: products of one row, and layers of them, by JAX and Flax on a CPU.

Inputs are drawn by jax.random.normal, so that they are not stored: x of case i from key(3 i), W from key(3 i + 1), a
bias from key(3 i + 2). A case that must agree to the bit stores a digest, one of an excepted width its results.
    VENV/bin/python oracle_fusedproducts.py OUT_DIR
"""

import hashlib, sys

from cases import CASES, enc, write
import jax
import jax.numpy as jnp
import numpy as np
from flax import nnx

DEPTHS = [1, 2, 3, 5, 8, 16, 31, 64, 100, 128, 255, 300, 512, 784, 1000, 1024]
WIDTHS = [3, 4, 5, 6, 7, 8, 10, 12, 15, 16, 20, 24, 31, 32, 40, 63, 64, 100, 127, 128, 256, 300, 512, 1000]
EXCEPTED = [1, 2, 9, 17, 33, 65, 129]
INPUTS = 3
drawn = 0


def normal(*shape):
    global drawn
    drawn += 1
    return jax.random.normal(jax.random.key(drawn - 1), shape)


def digest(arrays):
    return hashlib.sha256(b"".join(np.asarray(a).astype("<f4").tobytes() for a in arrays)).hexdigest()


def record(fn, shape, outs, exact=True):
    entry = dict(fn=fn, shape=list(shape), first=drawn - 3 * INPUTS)
    if exact:
        entry["sha256"] = digest(outs)
    else:
        entry["outputs"] = [enc(np.asarray(o)) for o in outs]
    CASES.append(entry)


def each(fn, shape, f, exact=True):
    n, m = shape
    record(fn, shape, [f(normal(n), normal(n, m), normal(m)) for _ in range(INPUTS)], exact)


def linear(x, w, b):
    layer = nnx.Linear(*w.shape, rngs=nnx.Rngs(0))
    layer.kernel.set_value(w)
    layer.bias.set_value(b)
    return layer


jitted = nnx.jit(lambda layer, x: layer(x))
FORMS = dict(
    vector=lambda x, w, b: x @ w,
    row=lambda x, w, b: x[None] @ w,
    vecmat=lambda x, w, b: jnp.vecmat(x, w),
    einsum=lambda x, w, b: jnp.einsum("k,km->m", x, w),
    linear=lambda x, w, b: linear(x, w, b)(x[None]),
    linearJit=lambda x, w, b: jitted(linear(x, w, b), x[None]),
    relu=lambda x, w, b: nnx.relu(linear(x, w, b)(x)),
)
shapes = [(n, WIDTHS[(5 * i + 7 * j) % len(WIDTHS)]) for i, n in enumerate(DEPTHS) for j in range(5)]
for shape in shapes:
    each("vector", shape, FORMS["vector"])
for name in list(FORMS)[1:]:
    for shape in [(3, 4), (16, 32), (64, 100), (300, 24), (784, 128), (1024, 256)]:
        each(name, shape, FORMS[name])
for width in EXCEPTED:
    for depth in [3, 16, 100, 1024]:
        each("vector", (depth, width), FORMS["vector"], exact=False)

# An MLP: 784 to 128 to 64 to 10, relu between, of one row.
outs = []
for _ in range(INPUTS):
    x = normal(784)
    for n, m in [(784, 128), (128, 64), (64, 10)]:
        x = linear(x, normal(n, m) * 0.1, normal(m))(x)
        if m != 10:
            x = nnx.relu(x)
    outs.append(x)
CASES.append(dict(fn="mlp", shape=[784, 10], first=drawn - 7 * INPUTS, sha256=digest(outs)))
write("fused_products")
