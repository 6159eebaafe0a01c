"""Golden draws where samplers by rejection take their rare branches: branches.json, cases as in random_more.json.

A thousand draws of small counts, where a wrong tail of the bound rejects one proposal in ten.
    VENV/bin/python oracle_branches.py OUT_DIR [--nofma]
"""

import argparse, base64, json, os

ap = argparse.ArgumentParser()
ap.add_argument("out")
ap.add_argument("--nofma", action="store_true")
args = ap.parse_args()
if args.nofma:
    os.environ["XLA_FLAGS"] = "--xla_cpu_max_isa=SSE4_2"
os.environ["JAX_PLATFORMS"] = "cpu"

import numpy as np
import jax, jaxlib
from jax import random

META = dict(
    jax=jax.__version__, jaxlib=jaxlib.__version__, numpy=np.__version__, profile="nofma" if args.nofma else "fma"
)


def enc(a):
    a = np.asarray(a)
    return dict(
        dtype=str(a.dtype), shape=list(a.shape), b64=base64.b64encode(np.ascontiguousarray(a).tobytes()).decode()
    )


CASES = []


def add(name, f, seed, *a):
    CASES.append(
        dict(
            fn=name,
            seed=str(seed),
            args=[list(x) if isinstance(x, tuple) else x for x in a],
            out=enc(f(random.key(seed), *a)),
        )
    )


for n, p in ((20.0, 0.5), (24.0, 0.45), (25.0, 0.5), (30.0, 0.4), (40.0, 0.45), (1000.0, 0.5)):
    add("binomial", random.binomial, 0, n, p, (1000,))
for lam in (10.0, 12.5):
    add("poisson", random.poisson, 0, lam, (1000,))

folder = os.path.join(args.out, "nofma") if args.nofma else args.out
os.makedirs(folder, exist_ok=True)
with open(os.path.join(folder, "branches.json"), "w") as f:
    json.dump(dict(meta=META, cases=CASES), f, separators=(",", ":"))
print(len(CASES), "cases")
