"""Golden values of normal draws and initializers in 16-bit floats: half.json.

usage: python oracle_half.py OUT [--seed N]
"""

import argparse
import json
import os
import sys

parser = argparse.ArgumentParser()
parser.add_argument("out")
parser.add_argument("--seed", type=int, default=0)
options = parser.parse_args()
sys.argv = sys.argv[:2]
# Processors with arithmetic in float16 (AVX512-FP16) fuse its products and sums; all others round every step.
os.environ["XLA_FLAGS"] = "--xla_cpu_max_isa=AVX2"

from cases import CASES, enc, jax, jnp, write  # noqa: E402
from flax import nnx  # noqa: E402
from jax import random  # noqa: E402

BOUNDS = [(-2, 2), (0, 2), (-1, 0), (-3.3, 0.7), (0.25, 0.5), (4, 6), (-0.001, 0.001), (2, -2)]
NAMED = ["lecun_normal", "lecun_uniform", "he_normal", "he_uniform", "glorot_normal", "glorot_uniform"]
LAYERS = {
    "Linear": lambda d, g: nnx.Linear(5, 7, param_dtype=d, rngs=g),
    "Conv": lambda d, g: nnx.Conv(3, 4, (3, 3), param_dtype=d, rngs=g),
    "Embed": lambda d, g: nnx.Embed(11, 6, param_dtype=d, rngs=g),
    "MultiHeadAttention": lambda d, g: nnx.MultiHeadAttention(2, 8, param_dtype=d, decode=False, rngs=g),
    "LoRA": lambda d, g: nnx.LoRA(6, 2, 5, param_dtype=d, rngs=g),
}


def record(fn, dtype, original, result, **more):
    CASES.append(dict(fn=fn, dtype=dtype, seed=seed, original=original, **more, result=result))


for seed in (options.seed, options.seed + 42):
    for dtype in ("bfloat16", "float16"):
        d = getattr(jnp, dtype)
        for original in (False, True):
            with jax.threefry_partitionable(not original):
                key = random.key(seed)
                for shape in ([], [3], [0, 2], [40, 60]):
                    record("normal", dtype, original, enc(random.normal(key, shape, d)), shape=shape)
                for low, high in BOUNDS:
                    drawn = random.truncated_normal(key, low, high, (300,), d)
                    record("truncatedNormal", dtype, original, enc(drawn), shape=[300], bounds=[low, high])
                low, high = jnp.array([[-1.0], [0.5]]), jnp.array([0.75, 1.0, 3.0])
                drawn = random.truncated_normal(key, low, high, (4, 2, 3), d)
                bounds = [low.tolist(), high.tolist()]
                record("truncatedNormal", dtype, original, enc(drawn), shape=[4, 2, 3], bounds=bounds)
                for name in NAMED:
                    drawn = getattr(nnx.initializers, name)()(key, (13, 17), d)
                    record(name, dtype, original, enc(drawn), shape=[13, 17])
                for name in ("normal", "uniform", "truncated_normal"):
                    drawn = getattr(nnx.initializers, name)(0.3)(key, (50,), d)
                    record(f"initializers.{name}", dtype, original, enc(drawn), shape=[50])
                for name, make in LAYERS.items():
                    state = nnx.to_flat_state(nnx.state(make(d, nnx.Rngs(seed)), nnx.Param))
                    weights = {"/".join(map(str, path)): enc(w[...]) for path, w in state}
                    record(f"nnx.{name}", dtype, original, weights)

write("half")
