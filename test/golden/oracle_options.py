"""Golden values of layers whose options are not the defaults: options.json, cases as in layers.json.

Every case is produced by calling real Flax in float32, and again with the same weights in float64. Functions among the
options are given by name, initializers with their arguments.
    VENV/bin/python oracle_options.py OUT_DIR
"""

import base64, json, os, sys, warnings

os.environ["JAX_PLATFORMS"] = "cpu"
warnings.simplefilter("ignore")

import numpy as np
import jax, jaxlib, flax
import jax.numpy as jnp
from flax import nnx

OUT = sys.argv[1]
META = dict(
    jax=jax.__version__,
    jaxlib=jaxlib.__version__,
    flax=flax.__version__,
    numpy=np.__version__,
    profile="fma",
    seed_base=0,
)
CASES = []
RS = np.random.RandomState(23)
NORMAL = dict(initializer="normal", arguments=[1.0])
ONES = dict(initializer="ones", arguments=[])


def r(*shape):
    return np.asarray(RS.randn(*shape), np.float32)


def enc(a):
    """One array as {dtype, shape, b64}: little-endian, row-major."""
    a = np.asarray(a)
    return dict(
        dtype=str(a.dtype),
        shape=list(a.shape),
        b64=base64.b64encode(np.ascontiguousarray(a).astype(a.dtype.newbyteorder("<")).tobytes()).decode(),
    )


def real(x):
    """What an option in the file stands for."""
    if isinstance(x, dict) and "initializer" in x:
        made = getattr(nnx.initializers, x["initializer"])
        return made(*x["arguments"]) if x["arguments"] else made
    if isinstance(x, dict) and "function" in x:
        return getattr(nnx, x["function"])
    if isinstance(x, dict) and "b64" in x:
        return jnp.asarray(np.frombuffer(base64.b64decode(x["b64"]), x["dtype"]).reshape(x["shape"]))
    if isinstance(x, dict):
        return {int(k): v for k, v in x.items()}
    return tuple(real(v) for v in x) if isinstance(x, list) else x


def layer(name, positional, options, *xs, call=None):
    call = call or (lambda m, *a: m(*a))
    seed = 5
    m = getattr(nnx, name)(
        *[real(x) for x in positional.values()], **{k: real(v) for k, v in options.items()}, rngs=nnx.Rngs(seed)
    )
    flat = lambda: {
        "/".join(map(str, p)): v.get_value() if hasattr(v, "get_value") else v
        for p, v in nnx.to_flat_state(nnx.state(m))
    }
    state = {
        path: enc(jax.random.key_data(v) if jnp.issubdtype(v.dtype, jax.dtypes.prng_key) else v)
        for path, v in flat().items()
    }
    with jax.enable_x64(True):
        graphdef, weights = nnx.split(m)
        m64 = nnx.merge(
            graphdef, jax.tree.map(lambda v: jnp.asarray(v, jnp.float64) if v.dtype == jnp.float32 else v, weights)
        )
        out64 = call(m64, *[jnp.asarray(x, jnp.float64) for x in xs])
    out = call(m, *[jnp.asarray(x) for x in xs])
    leaves = lambda tree: [np.asarray(x) for x in jax.tree.leaves(tree)]
    CASES.append(
        dict(
            layer=name,
            ctor={**positional, **options},
            seed=seed,
            state=state,
            inputs=[enc(x) for x in xs],
            outputs=[enc(x) for x in leaves(out)],
            outputs_float64=[enc(x) for x in leaves(out64)],
        )
    )


def products():
    sizes = dict(in_features=3, out_features=4)
    for options in [dict(bias_init=NORMAL), dict(kernel_init=ONES)]:
        layer("Linear", sizes, options, r(2, 3))
        layer("LinearGeneral", dict(in_features=3, out_features=[4, 2]), options, r(2, 3))
        layer("Einsum", dict(einsum_str="ab,bc->ac", kernel_shape=[3, 4], bias_shape=[4]), options, r(2, 3))
    layer("LinearGeneral", dict(in_features=3, out_features=[4, 2]), dict(axis=1, bias_init=NORMAL), r(2, 3, 5))
    layer(
        "LinearGeneral",
        dict(in_features=3, out_features=[4, 2]),
        dict(batch_axis={"0": 2}, bias_init=NORMAL),
        r(2, 5, 3),
    )
    mask = enc((RS.rand(3, 2, 4) > 0.5).astype(np.float32))
    sizes = dict(in_features=2, out_features=4, kernel_size=[3])
    for options in [
        dict(mask=mask),
        dict(strides=2),
        dict(padding="VALID"),
        dict(kernel_dilation=2),
        dict(use_bias=False),
    ]:
        layer("Conv", sizes, dict(bias_init=NORMAL, **options), r(2, 7, 2))
        layer("ConvTranspose", sizes, dict(bias_init=NORMAL, **options), r(2, 7, 2))
    layer("Conv", sizes, dict(input_dilation=2, padding=[[1, 2]]), r(2, 7, 2))
    layer("Conv", sizes, dict(feature_group_count=2), r(2, 7, 2))
    layer("ConvTranspose", sizes, dict(transpose_kernel=True), r(2, 7, 2))
    lora = dict(in_features=3, lora_rank=2, out_features=4)
    for options in [dict(b_initializer=NORMAL), dict(a_initializer=ONES, b_initializer=NORMAL)]:
        layer("LoRA", lora, options, r(2, 3))
        layer("LoRALinear", dict(in_features=3, out_features=4), dict(lora_rank=2, **options), r(2, 3))


def norms():
    drawn = dict(scale_init=NORMAL, bias_init=NORMAL)
    for options in [dict(epsilon=0.5), dict(use_bias=False), dict(use_scale=False), dict(use_fast_variance=False)]:
        inits = {k: v for k, v in drawn.items() if options.get("use_" + k[:-5]) is not False}
        layer("LayerNorm", dict(num_features=6), {**inits, **options}, r(3, 4, 6))
        layer("GroupNorm", dict(num_features=6), {**inits, **options, "num_groups": 2}, r(3, 4, 6))
        layer("InstanceNorm", dict(num_features=6), {**inits, **options}, r(3, 4, 6))
        layer("BatchNorm", dict(num_features=6), {**inits, **options}, r(3, 4, 6))
    for axes in [[2], [1, 2], [1, 2, 3]]:
        layer("GroupNorm", dict(num_features=6), dict(num_groups=2, reduction_axes=axes, **drawn), r(3, 4, 5, 6))
    layer("GroupNorm", dict(num_features=6), dict(num_groups=None, group_size=3, **drawn), r(3, 4, 6))
    layer("InstanceNorm", dict(num_features=4), dict(feature_axes=1, **drawn), r(3, 4, 6))
    layer("LayerNorm", dict(num_features=3), dict(feature_axes=0, **drawn), r(3, 4, 6))
    layer("RMSNorm", dict(num_features=3), dict(feature_axes=0, scale_init=NORMAL), r(3, 4, 6))
    layer("RMSNorm", dict(num_features=6), dict(epsilon=0.5, scale_init=NORMAL), r(3, 4, 6))
    layer("BatchNorm", dict(num_features=4), dict(axis=1, **drawn), r(3, 4, 6))


def cells():
    sizes = dict(in_features=3, hidden_features=3)
    h = r(2, 3)
    for options in [
        dict(activation_fn=dict(function="relu")),
        dict(gate_fn=dict(function="silu")),
        dict(bias_init=NORMAL),
        dict(kernel_init=ONES),
    ]:
        for name in ["GRUCell", "SimpleCell"]:
            if name == "GRUCell" or "gate_fn" not in options:
                layer(name, sizes, options, r(2, 3), h)
        layer("OptimizedLSTMCell", sizes, options, r(2, 3), h, r(2, 3), call=lambda m, x, *carry: m(carry, x))
    layer("SimpleCell", sizes, dict(residual=True), r(2, 3), h)


# The cells take the carry first.
CALLS = dict(GRUCell=lambda m, x, h: m(h, x), SimpleCell=lambda m, x, h: m(h, x))
plain = layer


def layer(name, positional, options, *xs, call=None):
    plain(name, positional, options, *xs, call=call or CALLS.get(name))


products()
norms()
cells()
with open(os.path.join(OUT, "options.json"), "w") as f:
    json.dump(dict(meta=META, cases=CASES), f, separators=(",", ":"))
print(len(CASES), "cases")
