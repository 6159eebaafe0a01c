"""Digests of JAX's elementary functions over ten million float32 inputs, spread evenly over all bit patterns.

    VENV/bin/python test/golden/oracle_spread.py test/golden
    VENV/bin/python test/golden/oracle_spread.py test/golden/nofma --nofma

Input i is the float32 whose word is STRIDE * i. Every NaN of the result counts as 7FC00000.
"""

import hashlib, json, os, sys

out = sys.argv[1]
nofma = "--nofma" in sys.argv
if nofma:
    os.environ["XLA_FLAGS"] = "--xla_cpu_max_isa=SSE4_2"
os.environ["JAX_PLATFORMS"] = "cpu"

import jax, jaxlib
import jax.numpy as jnp
import numpy as np

STRIDE = 429
words = np.arange(0, 2**32, STRIDE, dtype=np.uint64).astype(np.uint32)
x = jnp.asarray(words.view(np.float32))
functions = dict(
    exp=jnp.exp,
    log=jnp.log,
    log1p=jnp.log1p,
    expm1=jnp.expm1,
    tanh=jnp.tanh,
    sqrt=jnp.sqrt,
    erf=jax.lax.erf,
    logistic=jax.lax.logistic,
    erfInv=jax.lax.erf_inv,
)
cases = []
for name, f in functions.items():
    y = np.array(f(x))
    bits = y.view(np.uint32).copy()
    bits[np.isnan(y)] = 0x7FC00000
    cases.append(dict(fn=name, sha256=hashlib.sha256(bits.tobytes()).hexdigest()))
meta = dict(
    jax=jax.__version__,
    jaxlib=jaxlib.__version__,
    numpy=np.__version__,
    profile="nofma" if nofma else "fma",
    stride=STRIDE,
    inputs=len(words),
)
with open(os.path.join(out, "spread.json"), "w") as file:
    json.dump(dict(meta=meta, cases=cases), file, indent=1)
    file.write("\n")
