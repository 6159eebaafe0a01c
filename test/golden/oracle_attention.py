"""attention.json: what real Flax answers for attention, its masks and its cache.

    python test/golden/oracle_attention.py OUT_DIR

Every case is produced by calling the real libraries. `float64` is the same computation on the same weights and inputs
in double precision, with dropout's mask taken from the float32 run.
"""

import base64, json, os, sys, warnings

os.environ["JAX_PLATFORMS"] = "cpu"
warnings.simplefilter("ignore")

import numpy as np
import jax, jaxlib, flax
import jax.numpy as jnp
from flax import nnx
from flax.nnx.nn import attention as module

out_dir = sys.argv[1]
META = dict(
    jax=jax.__version__,
    jaxlib=jaxlib.__version__,
    flax=flax.__version__,
    numpy=np.__version__,
    profile="fma",
    seed_base=0,
)
rs = np.random.RandomState(11)
cases = []


def enc(a):
    if isinstance(a, jax.Array) and jnp.issubdtype(a.dtype, jax.dtypes.prng_key):
        a = jax.random.key_data(a)
    a = np.asarray(a)
    if a.dtype == np.float64 and a.size == 0:
        a = a.astype(np.float32)
    return dict(
        dtype=str(a.dtype),
        shape=list(a.shape),
        b64=base64.b64encode(np.ascontiguousarray(a).astype(a.dtype.newbyteorder("<")).tobytes()).decode(),
    )


def r(*shape):
    return rs.randn(*shape).astype(np.float32)


class Masks:
    """Stands in for jax.random in Flax's attention: keeps the dropout masks of one run, or plays them back."""

    def __init__(self):
        self.kept = []
        self.playing = False

    def bernoulli(self, key, p, shape):
        if self.playing:
            return self.kept.pop(0)
        keep = jax.random.bernoulli(key, p, shape)
        self.kept.append(keep)
        return keep


class Sower:
    def sow(self, kind, name, value):
        self.weights = value


def to64(x):
    return jnp.asarray(x, jnp.float64) if x is not None and np.asarray(x).dtype == np.float32 else x


def camel(name):
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)


def options(given):
    return {
        camel(name): enc(value) if isinstance(value, (np.ndarray, jax.Array)) else value
        for name, value in given.items()
    }


def twice(run):
    """The float32 answer of `run`, then the float64 one, with the same dropout."""
    masks = Masks()
    module.random = masks
    try:
        narrow = run(lambda x: x if x is None else jnp.asarray(x))
        kept = [np.asarray(keep) for keep in masks.kept]
        masks.playing = True
        with jax.enable_x64(True):
            wide = run(to64)
    finally:
        module.random = jax.random
    return narrow, wide, kept


def function(name, q, k, v, sow=False, **given):
    def run(cast):
        sower = Sower() if sow else None
        more = {n: cast(x) if isinstance(x, np.ndarray) else x for n, x in given.items()}
        if "dropout_rng" in more:
            more["dropout_rng"] = jax.random.key(more["dropout_rng"])
        out = nnx.dot_product_attention(cast(q), cast(k), cast(v), module=sower, **more)
        return out, (sower.weights if sow else None)

    (out, weights), (out64, weights64), kept = twice(run)
    cases.append(
        dict(
            fn="dotProductAttention",
            name=name,
            query=enc(q),
            key=enc(k),
            value=enc(v),
            options=options(given),
            out=enc(out),
            float64=enc(out64),
            kept=[enc(keep) for keep in kept],
            weights=enc(weights) if sow else None,
            weights64=enc(weights64) if sow else None,
        )
    )


def functions():
    q, k, v = r(2, 5, 4, 6), r(2, 9, 4, 6), r(2, 9, 4, 6)
    mask = rs.rand(2, 4, 5, 9) < 0.7
    mask[0, 1, 2] = False
    function("plain", q, k, v)
    function("no batch axis", q[0], k[0], v[0])
    function("two batch axes", r(2, 3, 4, 2, 5), r(2, 3, 4, 2, 5), r(2, 3, 4, 2, 5))
    function("bias", q, k, v, bias=r(2, 4, 5, 9))
    function("bias for all heads", q, k, v, bias=r(1, 1, 5, 9))
    function("mask, one row all hidden", q, k, v, mask=mask)
    function("mask for all heads", q, k, v, mask=mask[:, :1])
    function("mask of keys alone", q, k, v, mask=mask[:, :1, :1])
    function("bias and mask", q, k, v, bias=r(2, 4, 5, 9), mask=mask)
    function("causal", q, k, v, is_causal=True)
    function("causal and mask", q, k, v, is_causal=True, mask=mask)
    function("grouped heads", q, k[:, :, :2], v[:, :, :2])
    function("one key head, masked", q, k[:, :, :1], v[:, :, :1], mask=mask)
    function("long", r(1, 33, 2, 16), r(1, 70, 2, 16), r(1, 70, 2, 16))
    function("large scores", q * 30, k * 30, v)
    function("dropout", q, k, v, dropout_rate=0.4, dropout_rng=7)
    function("dropout for each head", q, k, v, dropout_rate=0.4, dropout_rng=7, broadcast_dropout=False)
    function("dropout, deterministic", q, k, v, dropout_rate=0.4, deterministic=True)
    function(
        "dropout, masked, grouped",
        q,
        k[:, :, :2],
        v[:, :, :2],
        dropout_rate=0.25,
        dropout_rng=3,
        mask=mask,
        bias=r(2, 4, 5, 9),
    )
    function("dropout, values of another width", q, k, r(2, 9, 4, 3), dropout_rate=0.25, dropout_rng=3)
    function("weights", q, k, v, sow=True, mask=mask)
    function("weights, causal, grouped", q, k[:, :, :2], v[:, :, :2], sow=True, is_causal=True)
    function("weights, dropout", q, k, v, sow=True, dropout_rate=0.5, dropout_rng=1)


def masks():
    def mask(fn, args, given, out):
        cases.append(dict(fn=fn, args=[enc(a) for a in args], options=options(given), out=enc(out)))

    a, b = (rs.rand(2, 3) < 0.6).astype(np.float32), (rs.rand(2, 5) < 0.6).astype(np.float32)
    mask("makeAttentionMask", [a, b], {}, nnx.make_attention_mask(a, b))
    mask(
        "makeAttentionMask",
        [a, b],
        dict(extra_batch_dims=2, dtype="bool"),
        nnx.make_attention_mask(a, b, extra_batch_dims=2, dtype=bool),
    )
    mask("makeAttentionMask", [a[0], b[0]], dict(dtype="int32"), nnx.make_attention_mask(a[0], b[0], dtype=jnp.int32))
    mask("makeCausalMask", [a], {}, nnx.make_causal_mask(a))
    mask(
        "makeCausalMask",
        [b[0]],
        dict(extra_batch_dims=1, dtype="bool"),
        nnx.make_causal_mask(b[0], extra_batch_dims=1, dtype=bool),
    )
    c, d = nnx.make_causal_mask(b), nnx.make_attention_mask(b, b)
    mask("combineMasks", [c, d], {}, nnx.combine_masks(c, d))
    mask(
        "combineMasks",
        [c, d, np.ones((2, 1, 1, 5), np.float32)],
        dict(dtype="bool"),
        nnx.combine_masks(c, d, np.ones((2, 1, 1, 5), np.float32), dtype=bool),
    )
    mask("combineMasks", [a * 0.5], {}, nnx.combine_masks(a * 0.5))


def state_of(m):
    return {
        "/".join(map(str, path)): enc(leaf.get_value() if hasattr(leaf, "get_value") else leaf)
        for path, leaf in nnx.to_flat_state(nnx.state(m))
    }


def widened(m):
    """The same module with every float32 array in double precision."""
    graph, state = nnx.split(m)
    return nnx.merge(
        graph,
        jax.tree.map(lambda x: x.astype(jnp.float64) if hasattr(x, "dtype") and x.dtype == jnp.float32 else x, state),
    )


def layer(name, heads, features, inputs, calls=1, **given):
    """Calls of one layer with the same inputs: `given` holds `call` for the call and the constructor's options."""
    call = given.pop("call", {})
    seeds = given.pop("seeds", dict(params=3, dropout=4))
    make = lambda: nnx.MultiHeadAttention(heads, features, **given, rngs=nnx.Rngs(**seeds))
    state = state_of(make())

    def run(cast):
        m = make() if cast is not to64 else widened(make())
        more = {n: cast(x) if isinstance(x, np.ndarray) else x for n, x in call.items()}
        return [m(*[cast(x) for x in inputs], **more) for _ in range(calls)]

    out, out64, kept = twice(run)
    cases.append(
        dict(
            fn="MultiHeadAttention",
            name=name,
            heads=heads,
            features=features,
            options=options(given),
            seeds=seeds,
            call=options(call),
            state=state,
            inputs=[enc(x) if x is not None else None for x in inputs],
            out=[enc(x) for x in out],
            float64=[enc(x) for x in out64],
            kept=[enc(keep) for keep in kept],
        )
    )


def layers():
    x, y, z = r(2, 5, 12), r(2, 9, 12), r(2, 9, 12)
    layer("self", 3, 12, [x], decode=False)
    layer("cross", 3, 12, [x, y], decode=False)
    layer("query, key, value", 3, 12, [x, y, z], decode=False)
    layer("no batch", 3, 12, [x[0]], decode=False)
    layer("causal", 3, 12, [x], decode=False, call=dict(is_causal=True))
    layer("mask", 3, 12, [x], decode=False, call=dict(mask=np.asarray(nnx.make_causal_mask(x[..., 0]))))
    layer(
        "other widths, no bias",
        2,
        12,
        [x, r(2, 9, 7)],
        qkv_features=8,
        out_features=6,
        in_kv_features=7,
        use_bias=False,
        decode=False,
    )
    layer("grouped heads", 4, 12, [x], qkv_features=16, num_kv_heads=2, decode=False)
    layer("grouped heads, normalised", 4, 12, [x], qkv_features=16, num_kv_heads=1, normalize_qk=True, decode=False)
    layer("dropout", 3, 12, [x], calls=2, dropout_rate=0.3, deterministic=False, decode=False)
    layer(
        "dropout, of a default stream",
        3,
        12,
        [x],
        calls=2,
        dropout_rate=0.3,
        deterministic=False,
        decode=False,
        seeds=dict(default=5),
    )
    layer(
        "dropout for each head",
        3,
        12,
        [x],
        dropout_rate=0.3,
        broadcast_dropout=False,
        decode=False,
        call=dict(deterministic=False),
    )
    layer(
        "dropout, deterministic",
        3,
        12,
        [x],
        dropout_rate=0.3,
        deterministic=False,
        decode=False,
        call=dict(deterministic=True),
    )


def decode(name, heads, features, tokens, capacity, **given):
    call = given.pop("call", {})
    make = lambda: nnx.MultiHeadAttention(heads, features, **given, decode=True, rngs=nnx.Rngs(params=3, dropout=4))

    def run(cast):
        m = make() if cast is not to64 else widened(make())
        m.init_cache((*tokens.shape[:-2], capacity, features), jnp.float32 if cast is not to64 else jnp.float64)
        outs = [
            m(
                cast(tokens[..., t : t + 1, :]),
                **{n: cast(x) if isinstance(x, np.ndarray) else x for n, x in call.items()},
            )
            for t in range(tokens.shape[-2])
        ]
        return outs, state_of(m)

    (out, state), (out64, state64), kept = twice(run)
    cases.append(
        dict(
            fn="decode",
            name=name,
            heads=heads,
            features=features,
            options=options(given),
            capacity=capacity,
            tokens=enc(tokens),
            call=options(call),
            out=[enc(x) for x in out],
            float64=[enc(x) for x in out64],
            state=state,
            state64={k: v for k, v in state64.items() if k.startswith("cache")},
            kept=[enc(keep) for keep in kept],
        )
    )


def decodes():
    decode("steps", 3, 12, r(2, 6, 12), 8)
    decode("grouped, normalised", 4, 12, r(1, 5, 12), 5, qkv_features=16, num_kv_heads=2, normalize_qk=True)
    decode("masked", 2, 8, r(2, 4, 8), 6, call=dict(mask=np.array([1, 0, 1, 1, 1, 1], np.float32).reshape(1, 1, 1, 6)))
    decode("dropout", 2, 8, r(2, 4, 8), 6, dropout_rate=0.3, deterministic=False)


for part in (masks, functions, layers, decodes):
    part()
path = os.path.join(out_dir, "attention.json")
with open(path, "w") as f:
    json.dump(dict(meta=META, cases=cases), f, separators=(",", ":"))
print(path, len(cases), "cases", os.path.getsize(path), "bytes")
