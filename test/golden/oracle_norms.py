"""Golden values for reductions, jax.nn functions, normalisation layers, Dropout and recurrent cells: norms.json.

A case has `fn` (a function or a layer), its arguments, the inputs, JAX's outputs, and the outputs of the same
computation in float64 (null where that makes no sense: what is exact, integers, masks).
"""

import argparse
import base64
import json
import os

parser = argparse.ArgumentParser()
parser.add_argument("out")
args = parser.parse_args()
os.environ["JAX_PLATFORMS"] = "cpu"

import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
import numpy as np  # noqa: E402
from flax import nnx  # noqa: E402

rs = np.random.RandomState(77)
cases = []


def enc(x):
    a = np.asarray(
        jax.random.key_data(x) if jnp.issubdtype(getattr(x, "dtype", np.float32), jax.dtypes.prng_key) else x
    )
    return dict(
        dtype=str(a.dtype), shape=list(a.shape), b64=base64.b64encode(np.ascontiguousarray(a).tobytes()).decode()
    )


def r(*shape):
    return rs.randn(*shape).astype(np.float32)


def wide(x):
    return jnp.asarray(x, jnp.float64) if np.asarray(x).dtype == np.float32 else jnp.asarray(x)


def call(group, fn, f, xs, arguments=(), options=None, exact=False):
    out = [enc(o) for o in jax.tree.leaves(f(*[jnp.asarray(x) for x in xs]))]
    out64 = None
    if not exact:
        with jax.enable_x64(True):
            out64 = [enc(np.asarray(o, np.float64)) for o in jax.tree.leaves(f(*[wide(x) for x in xs]))]
    cases.append(
        dict(
            group=group,
            fn=fn,
            arguments=list(arguments),
            options=options or {},
            inputs=[enc(x) for x in xs],
            outputs=out,
            outputs_float64=out64,
        )
    )


# Reductions
INPUTS = dict(
    small=r(3, 4, 5),
    long=r(2, 1000),
    scalar=np.float32(2.5),
    empty=np.zeros((0, 3), np.float32),
    edges=np.array(
        [
            [np.nan, 1, 2],
            [np.inf, 1, -np.inf],
            [-0.0, 0.0, -0.0],
            [0.0, -0.0, 0.0],
            [np.inf, np.inf, 1],
            [-np.inf, -np.inf, -np.inf],
            [3, 3, np.nan],
        ],
        np.float32,
    ),
    ints=rs.randint(-(2**31), 2**31 - 1, (4, 5)).astype(np.int32),
    uints=rs.randint(0, 2**32 - 1, (4, 5), dtype=np.uint64).astype(np.uint32),
    bytes=rs.randint(0, 255, (4, 5)).astype(np.uint8),
    shorts=rs.randint(0, 65535, (4, 5)).astype(np.uint16),
    bools=rs.rand(4, 5) > 0.4,
)
AXES = {0: [None], 1: [None, 0], 2: [None, 0, 1, -1, [0, 1]], 3: [None, 0, 1, 2, -3, [0, 2], [1, 2], [2, 0], []]}
for name in "sum mean var std prod max min any all count_nonzero logsumexp".split():
    for key, x in INPUTS.items():
        for axis in AXES[x.ndim]:
            for keepdims in [False, True]:
                if keepdims and key not in ("small", "edges"):
                    continue
                ax = tuple(axis) if isinstance(axis, list) else axis
                f = (
                    (lambda v: nnx.logsumexp(v, axis=ax, keepdims=keepdims))
                    if name == "logsumexp"
                    else (lambda v, g=getattr(jnp, name): g(v, axis=ax, keepdims=keepdims))
                )
                try:
                    exact = name in "max min any all count_nonzero".split() or (
                        name in ("sum", "prod") and x.dtype != np.float32
                    )
                    call("reduction", name, f, [x], options=dict(axis=axis, keepdims=keepdims), exact=exact)
                except ValueError as error:
                    cases.append(
                        dict(
                            group="reduction",
                            fn=name,
                            arguments=[],
                            options=dict(axis=axis, keepdims=keepdims),
                            inputs=[enc(x)],
                            error=str(error),
                        )
                    )
for name in ["var", "std"]:
    call(
        "reduction",
        name,
        lambda v, g=getattr(jnp, name): g(v, axis=1, ddof=1),
        [INPUTS["small"]],
        options=dict(axis=1, ddof=1),
    )
for name in ["argmax", "argmin"]:
    for key in "small long edges ints bytes bools scalar".split():
        x = INPUTS[key]
        for axis in [None, *range(x.ndim)]:
            call(
                "reduction",
                name,
                lambda v, g=getattr(jnp, name): g(v, axis=axis),
                [x],
                options=dict(axis=axis),
                exact=True,
            )
for name in ["cumsum", "cumprod"]:
    for key in "small edges ints bytes bools".split():
        x = INPUTS[key]
        for axis in [None, *range(x.ndim)]:
            call(
                "cumulative",
                name,
                lambda v, g=getattr(jnp, name): g(v, axis=axis),
                [x],
                arguments=[axis],
                exact=x.dtype != np.float32,
            )
for options in [
    dict(),
    dict(axis=1),
    dict(ord=1, axis=-1),
    dict(ord=2, axis=0),
    dict(ord=0, axis=0),
    dict(axis=[0, 1]),
    dict(axis=1, keepdims=True),
]:
    o = {k: tuple(v) if isinstance(v, list) else v for k, v in options.items()}
    call("norm", "norm", lambda v: jnp.linalg.norm(v, **o), [r(4, 6)], options=options)

# jax.nn, elementwise: bit for bit
near = np.linspace(-9, 9, 512, dtype=np.float32).reshape(16, 32)
bits = (
    (np.arange(512, dtype=np.uint64) * np.uint64(2654435761) % np.uint64(1 << 32))
    .astype(np.uint32)
    .view(np.float32)
    .reshape(16, 32)
)
special = np.resize(
    np.array(
        [
            0,
            -0.0,
            1e-40,
            -1e-40,
            2**-126,
            -(2**-126),
            np.inf,
            -np.inf,
            np.nan,
            1,
            -1,
            6,
            3,
            -3,
            88,
            -88,
            89,
            1e38,
            -1e38,
        ],
        np.float32,
    ),
    (4, 19),
)
ELEMENTWISE = (
    "celu elu gelu hard_sigmoid hard_silu hard_swish hard_tanh identity leaky_relu log_sigmoid relu "
    "relu6 selu sigmoid silu swish soft_sign softplus tanh"
).split()
for name in ELEMENTWISE:
    for x in [near, bits, special]:
        call("elementwise", name, getattr(nnx, name), [x], exact=True)
    if name not in ("sigmoid", "silu", "swish"):
        call("elementwise", name, getattr(nnx, name), [np.array([-3, 0, 1, 7], np.int32)], exact=True)
call("elementwise", "celu", lambda v: nnx.celu(v, 0.7), [near], arguments=[0.7], exact=True)
call("elementwise", "elu", lambda v: nnx.elu(v, 0.7), [near], arguments=[0.7], exact=True)
call("elementwise", "leaky_relu", lambda v: nnx.leaky_relu(v, 0.3), [near], arguments=[0.3], exact=True)
for x in [near, bits, special]:
    call(
        "elementwise",
        "gelu",
        lambda v: nnx.gelu(v, approximate=False),
        [x],
        arguments=[dict(approximate=False)],
        exact=True,
    )
call("elementwise", "glu", lambda v: nnx.glu(v), [near], exact=True)
call("elementwise", "glu", lambda v: nnx.glu(v, 0), [near], arguments=[0], exact=True)
for axis in [-1, 0]:
    call(
        "elementwise",
        "one_hot",
        lambda v: nnx.one_hot(v, 4, axis=axis),
        [np.array([[0, 3, 4], [-1, 2, 1]], np.int32)],
        arguments=[4, dict(axis=axis)],
        exact=True,
    )

# jax.nn along axes
rows = [
    r(5, 7) * 4,
    r(3, 40) * 30,
    np.array([[-np.inf] * 3, [1e38, 1e38, -1e38], [np.inf, 1, 2], [np.nan, 1, 2], [-np.inf, 0, 1]], np.float32),
    np.zeros((2, 0), np.float32),
    np.array([[3], [-1e38]], np.float32),
]
for name in ["softmax", "log_softmax", "standardize"]:
    for x in rows:
        call("axis", name, getattr(nnx, name), [x])
    for axis in [0, 1, [0, 2]]:
        call(
            "axis",
            name,
            lambda v, g=getattr(nnx, name): g(v, axis=tuple(axis) if isinstance(axis, list) else axis),
            [r(3, 4, 5)],
            arguments=[axis],
        )
call("axis", "standardize", lambda v: nnx.standardize(v, epsilon=0.1), [r(4, 6)], arguments=[-1, dict(epsilon=0.1)])


# Layers
def layer(name, arguments, options, make, xs, run=None, seed=5, view=None):
    """`run(model, *xs)`; the state before and after, the outputs, and the outputs in float64 of the same weights."""
    run = run or (lambda m, *a: m(*a))
    flat = lambda m: {
        "/".join(map(str, p)): enc(v.get_value() if hasattr(v, "get_value") else v)
        for p, v in nnx.to_flat_state(nnx.state(m))
    }
    m = make(nnx.Rngs(seed))
    before = flat(m)
    out = [enc(o) for o in jax.tree.leaves(run(m, *[jnp.asarray(x) for x in xs]))]
    after = flat(m)
    out64 = None
    try:
        with jax.enable_x64(True):
            gd, st = nnx.split(make(nnx.Rngs(seed)))
            st = jax.tree.map(
                lambda v: v.astype(jnp.float64) if hasattr(v, "dtype") and v.dtype == jnp.float32 else v, st
            )
            out64 = [
                enc(np.asarray(o, np.float64)) for o in jax.tree.leaves(run(nnx.merge(gd, st), *[wide(x) for x in xs]))
            ]
    except Exception:
        out64 = None
    cases.append(
        dict(
            group="layer",
            fn=name,
            arguments=arguments,
            options=options,
            seed=seed,
            run=view or {},
            state=before,
            state_after=after,
            inputs=[enc(x) for x in xs],
            outputs=out,
            outputs_float64=out64,
        )
    )


init = nnx.initializers.normal(1.0)
for options in [
    dict(),
    dict(epsilon=0.1),
    dict(use_bias=False),
    dict(use_scale=False),
    dict(use_scale=False, use_bias=False),
    dict(use_fast_variance=False),
    dict(reduction_axes=[1, 2]),
    dict(reduction_axes=[0, -1]),
    dict(reduction_axes=1),
]:
    layer(
        "LayerNorm",
        [6],
        options,
        lambda g: nnx.LayerNorm(
            6,
            scale_init=init,
            bias_init=init,
            rngs=g,
            **{k: tuple(v) if isinstance(v, list) else v for k, v in options.items()},
        ),
        [r(3, 4, 6) * 2 + 1],
    )
layer(
    "LayerNorm",
    [12],
    dict(reduction_axes=[1, 2], feature_axes=[1, 2]),
    lambda g: nnx.LayerNorm(12, scale_init=init, bias_init=init, reduction_axes=(1, 2), feature_axes=(1, 2), rngs=g),
    [r(3, 4, 3)],
)
mask = rs.rand(3, 4, 6) > 0.3
for name, options in [("LayerNorm", {}), ("LayerNorm", dict(use_fast_variance=False)), ("RMSNorm", {})]:
    layer(
        name,
        [6],
        options,
        lambda g: getattr(nnx, name)(6, scale_init=init, rngs=g, **options),
        [r(3, 4, 6), mask],
        run=lambda m, x, k: m(x, mask=k),
        view=dict(mask=True),
    )
for options in [dict(), dict(epsilon=0.1), dict(use_scale=False), dict(reduction_axes=[1, 2])]:
    layer(
        "RMSNorm",
        [6],
        options,
        lambda g: nnx.RMSNorm(
            6, scale_init=init, rngs=g, **{k: tuple(v) if isinstance(v, list) else v for k, v in options.items()}
        ),
        [r(3, 4, 6) * 2 + 1],
    )
layer(
    "LayerNorm",
    [4],
    {},
    lambda g: nnx.LayerNorm(4, scale_init=init, bias_init=init, rngs=g),
    [rs.randint(0, 9, (3, 4)).astype(np.int32)],
)
for features, options, x in [
    (8, dict(num_groups=4), r(3, 8)),
    (8, dict(num_groups=None, group_size=2), r(2, 3, 8)),
    (32, dict(), r(2, 3, 2, 32)),
    (6, dict(num_groups=1), r(2, 5, 6) + 3),
    (6, dict(num_groups=6, use_fast_variance=False), r(2, 5, 6)),
    (8, dict(num_groups=2, use_bias=False, use_scale=False), r(2, 3, 8)),
]:
    layer(
        "GroupNorm",
        [features],
        options,
        lambda g: nnx.GroupNorm(features, scale_init=init, bias_init=init, rngs=g, **options),
        [x],
    )
layer(
    "GroupNorm",
    [6],
    dict(num_groups=2),
    lambda g: nnx.GroupNorm(6, num_groups=2, scale_init=init, bias_init=init, rngs=g),
    [r(3, 4, 6), mask],
    run=lambda m, x, k: m(x, mask=k),
    view=dict(mask=True),
)
for options, x in [
    (dict(), r(2, 5, 6)),
    (dict(), r(2, 3, 4, 6)),
    (dict(feature_axes=1), r(2, 6, 4)),
    (dict(use_fast_variance=False, use_scale=False), r(2, 5, 6)),
]:
    layer(
        "InstanceNorm",
        [6],
        options,
        lambda g: nnx.InstanceNorm(6, scale_init=init, bias_init=init, rngs=g, **options),
        [x],
    )
layer(
    "InstanceNorm",
    [6],
    {},
    lambda g: nnx.InstanceNorm(6, rngs=g),
    [r(3, 4, 6), mask],
    run=lambda m, x, k: m(x, mask=k),
    view=dict(mask=True),
)


def train(m, x, y, z):
    outs = [m(x), m(y)]
    m.eval()
    return [*outs, m(z)]


for options in [
    dict(),
    dict(momentum=0.5, epsilon=0.1),
    dict(use_bias=False),
    dict(use_scale=False),
    dict(use_fast_variance=False),
]:
    layer(
        "BatchNorm",
        [6],
        options,
        lambda g: nnx.BatchNorm(6, scale_init=init, bias_init=init, rngs=g, **options),
        [r(7, 6) * 2 + 1, r(3, 4, 6), r(2, 6)],
        run=train,
        view=dict(train=True),
    )
layer(
    "BatchNorm",
    [4],
    dict(axis=1),
    lambda g: nnx.BatchNorm(4, axis=1, scale_init=init, bias_init=init, rngs=g),
    [r(3, 4, 6), r(2, 4, 5), r(1, 4, 2)],
    run=train,
    view=dict(train=True),
)
layer(
    "BatchNorm",
    [6],
    {},
    lambda g: nnx.BatchNorm(6, rngs=g),
    [r(3, 4, 6), mask],
    run=lambda m, x, k: m(x, mask=k),
    view=dict(mask=True),
)
layer("BatchNorm", [6], {}, lambda g: nnx.BatchNorm(6, rngs=g), [r(1, 6)])


def twice(m, x):
    return [m(x), m(x)]


layer(
    "SpectralNorm",
    [],
    dict(n_steps=1),
    lambda g: nnx.SpectralNorm(nnx.Linear(5, 4, rngs=g), rngs=g),
    [r(3, 5)],
    run=twice,
    view=dict(twice=True),
)
layer(
    "SpectralNorm",
    [],
    dict(n_steps=3),
    lambda g: nnx.SpectralNorm(nnx.Linear(5, 4, rngs=g), n_steps=3, rngs=g),
    [r(3, 5)],
    run=twice,
    view=dict(twice=True),
)
layer(
    "WeightNorm",
    [],
    {},
    lambda g: nnx.WeightNorm(nnx.Linear(5, 4, rngs=g), rngs=g),
    [r(3, 5)],
    run=twice,
    view=dict(twice=True),
)
layer(
    "WeightNorm",
    [],
    dict(use_scale=False, feature_axes=0),
    lambda g: nnx.WeightNorm(nnx.Linear(5, 4, rngs=g), use_scale=False, feature_axes=0, rngs=g),
    [r(3, 5)],
    run=twice,
    view=dict(twice=True),
)

for arguments, options in [
    ([0.3], {}),
    ([0.5], dict(broadcast_dims=[0])),
    ([0.9], dict(broadcast_dims=[-1])),
    ([1.0], {}),
    ([0.0], {}),
]:
    layer(
        "Dropout",
        arguments,
        options,
        lambda g: nnx.Dropout(*arguments, rngs=g, **options),
        [r(5, 7)],
        run=twice,
        view=dict(twice=True),
    )

for name, options in [
    ("LSTMCell", {}),
    ("OptimizedLSTMCell", {}),
    ("GRUCell", {}),
    ("SimpleCell", {}),
    ("SimpleCell", dict(residual=True)),
]:
    pair = "LSTM" in name
    xs = [r(3, 5), r(3, 8), *([r(3, 8)] if pair else [])]
    layer(
        name,
        [5, 8],
        options,
        lambda g: getattr(nnx, name)(5, 8, bias_init=init, rngs=g, **options),
        xs,
        run=lambda m, x, *c: m(c if pair else c[0], x),
        view=dict(cell=True),
    )
lengths = np.array([4, 6, 1], np.int32)
for cell in ["GRUCell", "LSTMCell"]:
    for options in [
        dict(),
        dict(reverse=True),
        dict(reverse=True, keep_order=True),
        dict(time_major=True),
        dict(time_major=True, reverse=True, keep_order=True),
    ]:
        for seq in [False, True]:
            x = r(6, 3, 4) if options.get("time_major") else r(3, 6, 4)
            layer(
                "RNN",
                [cell, 4, 5],
                dict(options, return_carry=True),
                lambda g: nnx.RNN(getattr(nnx, cell)(4, 5, rngs=g), return_carry=True, **options),
                [x, *([lengths] if seq else [])],
                run=lambda m, x, *s: m(x, seq_lengths=s[0] if s else None),
                view=dict(seq=True),
            )
layer("RNN", ["GRUCell", 4, 5], {}, lambda g: nnx.RNN(nnx.GRUCell(4, 5, rngs=g)), [r(6, 4)], view=dict(seq=True))
layer(
    "Bidirectional",
    ["GRUCell", 4, 5],
    dict(return_carry=True),
    lambda g: nnx.Bidirectional(
        nnx.RNN(nnx.GRUCell(4, 5, rngs=g)), nnx.RNN(nnx.GRUCell(4, 5, rngs=g)), return_carry=True
    ),
    [r(3, 6, 4)],
    view=dict(seq=True),
)
layer(
    "Bidirectional",
    ["LSTMCell", 4, 5],
    dict(return_carry=True),
    lambda g: nnx.Bidirectional(
        nnx.RNN(nnx.LSTMCell(4, 5, rngs=g)), nnx.RNN(nnx.LSTMCell(4, 5, rngs=g)), return_carry=True
    ),
    [r(3, 6, 4), lengths],
    run=lambda m, x, s: m(x, seq_lengths=s),
    view=dict(seq=True),
)

import flax  # noqa: E402
import jaxlib  # noqa: E402

# Each array is written once; cases refer to it by its place in `arrays`.
arrays, places = [], {}


def intern(x):
    if isinstance(x, list):
        return [intern(v) for v in x]
    if isinstance(x, dict) and "b64" in x:
        key = (x["dtype"], tuple(x["shape"]), x["b64"])
        if key not in places:
            places[key] = len(arrays)
            arrays.append(x)
        return dict(array=places[key])
    return {k: intern(v) for k, v in x.items()} if isinstance(x, dict) else x


meta = dict(jax=jax.__version__, jaxlib=jaxlib.__version__, flax=flax.__version__, numpy=np.__version__, profile="fma")
with open(os.path.join(args.out, "norms.json"), "w") as f:
    interned = intern(cases)
    json.dump(dict(meta=meta, arrays=arrays, cases=interned), f, separators=(",", ":"))
print(len(cases))
