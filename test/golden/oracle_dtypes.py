"""Golden values of layers that compute in 16-bit floats: dtypes.json. The layers are those of
test/nnx/nn/everylayer.ts, by name.

usage: python oracle_dtypes.py OUT
"""

import base64
import json
import os
import sys

os.environ["JAX_PLATFORMS"] = "cpu"

import flax  # noqa: E402
import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
import numpy as np  # noqa: E402
from flax import nnx  # noqa: E402

rs = np.random.RandomState(5)
init = nnx.initializers.normal(1.0)
drawn = dict(scale_init=init, bias_init=init)


def cell(make):
    def run(layer, x):
        carry = layer.initialize_carry(x.shape, nnx.Rngs(0), nnx.initializers.ones)
        return layer(carry, x)

    return make, run


def of(make):
    return make, lambda layer, x: layer(x)


LAYERS = {
    "Linear": ([37], of(lambda g, d: nnx.Linear(37, 19, bias_init=init, dtype=d, rngs=g))),
    "LinearGeneral": ([5, 4], of(lambda g, d: nnx.LinearGeneral((5, 4), (3, 7), axis=(-2, -1), dtype=d, rngs=g))),
    "Einsum": ([6, 2], of(lambda g, d: nnx.Einsum("nta,hab->nthb", (8, 2, 4), (8, 4), dtype=d, rngs=g))),
    "Conv of 1 axis": (
        [9, 4],
        of(lambda g, d: nnx.Conv(4, 6, 3, strides=2, feature_group_count=2, padding="CIRCULAR", dtype=d, rngs=g)),
    ),
    "Conv of 2 axes": ([7, 8, 3], of(lambda g, d: nnx.Conv(3, 9, (3, 3), dtype=d, rngs=g))),
    "ConvTranspose": ([4, 5, 3], of(lambda g, d: nnx.ConvTranspose(3, 4, (3, 2), strides=2, dtype=d, rngs=g))),
    "ConvTranspose, circular": (
        [6, 3],
        of(
            lambda g, d: nnx.ConvTranspose(
                3, 4, 5, strides=2, padding="CIRCULAR", transpose_kernel=True, dtype=d, rngs=g
            )
        ),
    ),
    "Embed": ([3], of(lambda g, d: nnx.Embed(31, 12, dtype=d, rngs=g))),
    "Embed.attend": ([12], (lambda g, d: nnx.Embed(31, 12, dtype=d, rngs=g), lambda layer, x: layer.attend(x))),
    "LayerNorm": ([24], of(lambda g, d: nnx.LayerNorm(24, dtype=d, rngs=g, **drawn))),
    "RMSNorm": ([24], of(lambda g, d: nnx.RMSNorm(24, scale_init=init, dtype=d, rngs=g))),
    "GroupNorm": ([5, 24], of(lambda g, d: nnx.GroupNorm(24, num_groups=4, dtype=d, rngs=g, **drawn))),
    "InstanceNorm": ([5, 7], of(lambda g, d: nnx.InstanceNorm(7, dtype=d, rngs=g, **drawn))),
    "MultiHeadAttention": ([5, 8], of(lambda g, d: nnx.MultiHeadAttention(4, 8, decode=False, dtype=d, rngs=g))),
    "LSTMCell": ([5], cell(lambda g, d: nnx.LSTMCell(5, 4, dtype=d, rngs=g))),
    "OptimizedLSTMCell": ([5], cell(lambda g, d: nnx.OptimizedLSTMCell(5, 4, dtype=d, rngs=g))),
    "GRUCell": ([5], cell(lambda g, d: nnx.GRUCell(5, 4, dtype=d, rngs=g))),
    "SimpleCell": ([5], cell(lambda g, d: nnx.SimpleCell(5, 4, residual=True, dtype=d or jnp.float64, rngs=g))),
    "LoRA": ([12], of(lambda g, d: nnx.LoRA(12, 3, 7, b_initializer=init, dtype=d, rngs=g))),
    "LoRALinear": ([12], of(lambda g, d: nnx.LoRALinear(12, 7, lora_rank=3, b_initializer=init, dtype=d, rngs=g))),
    "PReLU": ([9], of(lambda g, d: nnx.PReLU(0.2, dtype=d))),
}


def enc(x):
    a = np.ascontiguousarray(x)
    return dict(dtype=str(a.dtype), shape=list(a.shape), b64=base64.b64encode(a.tobytes()).decode())


def case(name, dtype):
    shape, (make, run) = LAYERS[name]
    x = rs.randint(0, 31, (2, *shape)).astype(np.int32) if name == "Embed" else rs.randn(2, *shape).astype(np.float32)
    out = jax.tree.leaves(run(make(nnx.Rngs(3), dtype), jnp.asarray(x)))
    with jax.enable_x64(True):
        graphdef, state = nnx.split(make(nnx.Rngs(3), None))
        state = jax.tree.map(lambda v: v.astype(jnp.float64) if getattr(v, "dtype", None) == jnp.float32 else v, state)
        out64 = jax.tree.leaves(
            run(nnx.merge(graphdef, state), jnp.asarray(x, jnp.float64 if x.dtype == np.float32 else None))
        )
    return dict(
        layer=name,
        dtype=dtype,
        input=enc(x),
        dtypes=[str(y.dtype) for y in out],
        outputs=[enc(y.astype(jnp.float32)) for y in out],
        float64=[enc(y) for y in out64],
    )


cases = [case(name, dtype) for dtype in ("bfloat16", "float16") for name in LAYERS]
with open(f"{sys.argv[1]}/dtypes.json", "w") as f:
    json.dump(dict(meta=dict(jax=jax.__version__, flax=flax.__version__), cases=cases), f)
    f.write("\n")
