"""Golden logits of examples/mlp.ts and examples/cnn.ts: the same models in real Flax, from the same seed.

usage: python oracle_examples.py OUT
"""

import base64
import hashlib
import json
import sys

import flax
import jax
import jax.numpy as jnp
import numpy as np
from flax import nnx


class MLP(nnx.Module):
    def __init__(self, din, dmid, dout, *, rngs):
        self.linear1 = nnx.Linear(din, dmid, rngs=rngs)
        self.dropout = nnx.Dropout(rate=0.1, rngs=rngs)
        self.norm = nnx.BatchNorm(dmid, rngs=rngs)
        self.linear2 = nnx.Linear(dmid, dout, rngs=rngs)

    def __call__(self, x):
        x = nnx.gelu(self.dropout(self.norm(self.linear1(x))))
        return self.linear2(x)


class CNN(nnx.Module):
    def __init__(self, *, rngs):
        self.conv1 = nnx.Conv(1, 32, kernel_size=(3, 3), rngs=rngs)
        self.norm1 = nnx.BatchNorm(32, rngs=rngs)
        self.conv2 = nnx.Conv(32, 64, kernel_size=(3, 3), rngs=rngs)
        self.norm2 = nnx.BatchNorm(64, rngs=rngs)
        self.linear1 = nnx.Linear(3136, 256, rngs=rngs)
        self.dropout = nnx.Dropout(rate=0.025, rngs=rngs)
        self.linear2 = nnx.Linear(256, 10, rngs=rngs)

    def __call__(self, x):
        x = nnx.avg_pool(nnx.relu(self.norm1(self.conv1(x))), window_shape=(2, 2), strides=(2, 2))
        x = nnx.avg_pool(nnx.relu(self.norm2(self.conv2(x))), window_shape=(2, 2), strides=(2, 2))
        x = x.reshape(x.shape[0], -1)
        x = nnx.relu(self.dropout(self.linear1(x)))
        return self.linear2(x)


def enc(x):
    x = np.asarray(x)
    return dict(
        dtype=str(x.dtype), shape=list(x.shape), b64=base64.b64encode(np.ascontiguousarray(x).tobytes()).decode()
    )


def digest(v):
    x = v.get_value() if hasattr(v, "get_value") else v
    x = np.asarray(jax.random.key_data(x) if jnp.issubdtype(x.dtype, jax.dtypes.prng_key) else x)
    return dict(
        dtype=str(x.dtype), shape=list(x.shape), sha256=hashlib.sha256(np.ascontiguousarray(x).tobytes()).hexdigest()
    )


def case(name, make, shape):
    model = make(nnx.Rngs(0))
    state = {"/".join(map(str, path)): digest(v) for path, v in nnx.to_flat_state(nnx.state(model))}
    x = jax.random.normal(jax.random.key(1), shape)
    model.eval()
    y = model(x)
    with jax.enable_x64(True):
        wide = make(nnx.Rngs(0))
        wide.eval()
        graphdef, st = nnx.split(wide)
        st = jax.tree.map(lambda v: v.astype(jnp.float64) if getattr(v, "dtype", None) == jnp.float32 else v, st)
        y64 = nnx.merge(graphdef, st)(jnp.asarray(np.asarray(x), jnp.float64))
    return dict(model=name, shape=list(shape), state=state, logits=enc(y), logits_float64=enc(y64))


cases = [
    case("mlp", lambda rngs: MLP(64, 128, 10, rngs=rngs), (3, 64)),
    case("cnn", lambda rngs: CNN(rngs=rngs), (2, 28, 28, 1)),
]
with open(f"{sys.argv[1]}/examples.json", "w") as f:
    json.dump(dict(meta=dict(jax=jax.__version__, flax=flax.__version__), cases=cases), f, indent=1)
    f.write("\n")
