"""gpt.json: the GPT of examples/gpt in real Flax: weights, logits of whole sequences and of one token a call, and what
it samples.

    python test/golden/oracle_gpt.py OUT_DIR

Nothing is computed here. `float64` is the same model with the same weights in double precision.
"""

import base64, hashlib, json, os, sys, warnings

os.environ["JAX_PLATFORMS"] = "cpu"
warnings.simplefilter("ignore")

import numpy as np
import jax, jaxlib, flax
import jax.numpy as jnp
from flax import nnx

META = dict(
    jax=jax.__version__,
    jaxlib=jaxlib.__version__,
    flax=flax.__version__,
    numpy=np.__version__,
    profile="fma",
    seed_base=0,
)
CONFIG = dict(vocabulary=65, length=16, width=32, heads=4, layers=2)
SEED = 17


class Block(nnx.Module):
    def __init__(self, width, heads, rngs):
        self.norm1 = nnx.LayerNorm(width, rngs=rngs)
        self.attention = nnx.MultiHeadAttention(heads, width, rngs=rngs)
        self.norm2 = nnx.LayerNorm(width, rngs=rngs)
        self.up = nnx.Linear(width, 4 * width, rngs=rngs)
        self.down = nnx.Linear(4 * width, width, rngs=rngs)

    def __call__(self, x, decode):
        x = x + self.attention(self.norm1(x), decode=decode, is_causal=not decode)
        return x + self.down(nnx.gelu(self.up(self.norm2(x))))


class Gpt(nnx.Module):
    def __init__(self, vocabulary, length, width, heads, layers, rngs):
        self.tokens = nnx.Embed(vocabulary, width, rngs=rngs)
        self.positions = nnx.Embed(length, width, rngs=rngs)
        self.blocks = nnx.List([Block(width, heads, rngs) for _ in range(layers)])
        self.norm = nnx.LayerNorm(width, rngs=rngs)
        self.head = nnx.Linear(width, vocabulary, use_bias=False, rngs=rngs)

    def __call__(self, tokens, decode=False, start=0):
        x = self.tokens(tokens) + self.positions(start + jnp.arange(tokens.shape[1]))
        for block in self.blocks:
            x = block(x, decode)
        return self.head(self.norm(x))

    def init_cache(self, batch, dtype=jnp.float32):
        for block in self.blocks:
            block.attention.init_cache((batch, CONFIG["length"], CONFIG["width"]), dtype)


def enc(a):
    a = np.asarray(a)
    return dict(
        dtype=str(a.dtype), shape=list(a.shape), b64=base64.b64encode(np.ascontiguousarray(a).tobytes()).decode()
    )


def digest(a):
    a = np.ascontiguousarray(np.asarray(a))
    return dict(dtype=str(a.dtype), shape=list(a.shape), sha256=hashlib.sha256(a.tobytes()).hexdigest())


def make():
    return Gpt(**CONFIG, rngs=nnx.Rngs(SEED))


def widened(model):
    """The same model in double precision; an Embed computes in the dtype it was made with unless told."""
    graph, state = nnx.split(model)
    wide = nnx.merge(graph, jax.tree.map(lambda x: x.astype(jnp.float64) if x.dtype == jnp.float32 else x, state))
    wide.tokens.dtype = wide.positions.dtype = jnp.float64
    return wide


def decoded(model, tokens, dtype):
    model.init_cache(tokens.shape[0], dtype)
    return np.concatenate(
        [np.asarray(model(tokens[:, t : t + 1], decode=True, start=t)) for t in range(tokens.shape[1])], axis=1
    )


def sampled(model, prompt, count, temperature, top_k, seed):
    rngs = nnx.Rngs(sample=seed)
    model.init_cache(1)
    tokens = list(prompt)
    for start in range(len(prompt) + count - 1):
        logits = model(jnp.array([[tokens[start]]]), decode=True, start=start).reshape(-1)
        if start + 1 < len(prompt):
            continue
        least = jax.lax.top_k(logits, top_k)[0][-1]
        tokens.append(
            int(jax.random.categorical(rngs.sample(), jnp.where(logits < least, -jnp.inf, logits) / temperature))
        )
    return tokens[len(prompt) :]


model = make()
tokens = np.random.RandomState(2).randint(0, CONFIG["vocabulary"], (2, 12)).astype(np.int32)
weights = {
    "/".join(map(str, path)): digest(leaf.get_value()) for path, leaf in nnx.to_flat_state(nnx.state(model, nnx.Param))
}
with jax.enable_x64(True):
    wide = widened(make())
    float64 = np.asarray(wide(jnp.asarray(tokens)))
    decoded64 = decoded(wide, jnp.asarray(tokens), jnp.float64)
assert float64.dtype == decoded64.dtype == np.float64 and np.abs(float64 - decoded64).max() < 1e-12
case = dict(
    config=CONFIG,
    seed=SEED,
    weights=weights,
    tokens=enc(tokens),
    logits=enc(model(jnp.asarray(tokens))),
    decoded=enc(decoded(model, jnp.asarray(tokens), jnp.float32)),
    float64=enc(float64),
    samples=[
        dict(
            prompt=prompt,
            count=count,
            temperature=temperature,
            topK=top_k,
            seed=seed,
            tokens=sampled(model, prompt, count, temperature, top_k, seed),
        )
        for prompt, count, temperature, top_k, seed in [
            ([1, 2, 3], 10, 0.8, 10, 7),
            ([64], 15, 1.3, 65, 8),
            ([5, 5], 8, 0.5, 1, 9),
        ]
    ],
)
path = os.path.join(sys.argv[1], "gpt.json")
with open(path, "w") as f:
    json.dump(dict(meta=META, cases=[case]), f, separators=(",", ":"))
print(path, os.path.getsize(path), "bytes")
