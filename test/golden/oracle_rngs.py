"""Golden values of what can be done with nnx.Rngs, and of initializers with axes, from real JAX and Flax NNX.

Every case is produced by calling the real libraries; nothing is computed here.
    VENV/bin/python oracle_rngs.py OUT_DIR
A case names a tree of streams (see `build`), what is done to it, and every key and count afterwards.
"""

import base64, json, os, sys

os.environ["JAX_PLATFORMS"] = "cpu"

import numpy as np
import jax, jaxlib, flax
import jax.numpy as jnp
from jax import random
from flax import nnx
from flax.nnx import rnglib

OUT = sys.argv[1]
META = dict(
    jax=jax.__version__,
    jaxlib=jaxlib.__version__,
    flax=flax.__version__,
    numpy=np.__version__,
    profile="fma",
    seed_base=0,
)
SEEDS = (7, 2**31 - 1)


def enc(a):
    """One array as {dtype, shape, b64}: little-endian, row-major. Keys become their uint32 words."""
    if isinstance(a, jax.Array) and jnp.issubdtype(a.dtype, jax.dtypes.prng_key):
        a = random.key_data(a)
    a = np.asarray(a)
    return dict(
        dtype=str(a.dtype),
        shape=list(a.shape),
        b64=base64.b64encode(np.ascontiguousarray(a).astype(a.dtype.newbyteorder("<")).tobytes()).decode(),
    )


def write(name, cases):
    path = os.path.join(OUT, name + ".json")
    with open(path, "w") as f:
        json.dump(dict(meta=META, cases=cases), f, separators=(",", ":"))
    print(path, len(cases), "cases", os.path.getsize(path), "bytes")


class Layer(nnx.Module):
    def __init__(self, stream):
        self.stream = stream


class Model(nnx.Module):
    """Streams at several depths, attributes not in the order of their names, and one stream at two places."""

    def __init__(self, rngs):
        self.zeta = Layer(rngs.dropout.fork())
        self.alpha = Layer(rngs.dropout.fork())
        self.mid = Layer(rngs.params)
        self.rngs = rngs


def build(kind, seed):
    rngs = nnx.Rngs(seed, params=seed + 1, dropout=seed + 2)
    rngs.params(), rngs.params(), rngs.dropout()
    return Model(rngs) if kind == "model" else rngs


def snapshot(node):
    """Every key and count by path."""
    return [
        dict(path="/".join(map(str, path)), value=enc(value.get_value()))
        for path, value in nnx.to_flat_state(nnx.state(node, nnx.RngState))
    ]


def mapping(pairs):
    """JSON's pairs as a mapping from filters: "..." is Ellipsis, a list any of its tags."""
    read = lambda f: Ellipsis if f == "..." else tuple(f) if isinstance(f, list) else f
    return {read(f): size(n) for f, n in pairs}


def size(n):
    return tuple(n) if isinstance(n, list) else n


def sizes(x):
    return mapping(x["map"]) if isinstance(x, dict) else size(x)


SIZES = [
    3,
    0,
    [2, 3],
    [],
    [1],
    dict(map=[]),
    dict(map=[["params", 5]]),
    dict(map=[["params", None]]),
    dict(map=[["params", 5], ["dropout", None], ["...", [2, 5]]]),
    dict(map=[["...", 2], ["params", 7]]),
    dict(map=[[["params", "default"], 4]]),
    dict(map=[["absent", 4]]),
]


def outcome(act):
    """What `act` gives, or the fact that it raises."""
    try:
        return act()
    except Exception:
        return dict(error=True)


def derived(name, seed, arg, derive):
    rngs = build("rngs", seed)
    new = derive(rngs)
    return dict(op=name, tree="rngs", seed=seed, arg=arg, order=list(new), new=snapshot(new), old=snapshot(rngs))


def in_place(name, tree, seed, arg, change, restore=None):
    node = build(tree, seed)
    backups = []

    def act():
        backups.append(change(node))
        return dict(changed=snapshot(node))

    case = dict(op=name, tree=tree, seed=seed, arg=arg, **outcome(act))
    if restore and backups:
        restore(backups[0])
        case["restored"] = snapshot(node)
    return case


def rngs_more():
    cases = []
    for s in SEEDS:
        for z in SIZES:
            cases.append(derived("split", s, z, lambda r: r.split(sizes(z))))
        for z in SIZES + [None]:
            cases.append(derived("broadcast", s, z, lambda r: r.broadcast(sizes(z))))
        cases.append(derived("fork", s, None, lambda r: r.fork()))
        cases.append(derived("copy", s, None, lambda r: nnx.Rngs(r.dropout, params=r.params)))
        for tree in ("rngs", "model"):
            for splits in (3, 1, [2, 2], [], 0):
                for only in ("...", "dropout", ["params", "default"], "absent"):
                    o = Ellipsis if only == "..." else only
                    cases.append(
                        in_place(
                            "split_rngs",
                            tree,
                            s,
                            dict(splits=splits, only=only),
                            lambda n: nnx.split_rngs(n, splits=size(splits), only=o),
                            nnx.restore_rngs,
                        )
                    )
            cases.append(
                in_place(
                    "split_rngs",
                    tree,
                    s,
                    dict(splits=1, only="...", squeeze=True),
                    lambda n: nnx.split_rngs(n, splits=1, squeeze=True),
                    nnx.restore_rngs,
                )
            )
            for splits in (2, [1]):
                cases.append(
                    in_place(
                        "split_rngs",
                        tree,
                        s,
                        dict(splits=splits, only="...", squeeze=True),
                        lambda n: nnx.split_rngs(n, splits=size(splits), squeeze=True),
                    )
                )
            for z in [None, *SIZES, dict(map=[["params", None], ["...", None]]), dict(map=[["params", 2], ["...", 3]])]:
                cases.append(
                    in_place("fork_rngs", tree, s, z, lambda n: nnx.fork_rngs(n, split=sizes(z)), nnx.restore_rngs)
                )
            cases.append(
                in_place(
                    "backup_keys",
                    tree,
                    s,
                    None,
                    lambda n: (rnglib.backup_keys(n), nnx.split_rngs(n, splits=2, only="dropout"))[0],
                    nnx.restore_rngs,
                )
            )
            for policy in ("scalars_only", "match_shape"):
                for streams in (dict(params=9), dict(dropout=9, params=9), dict(default=3, absent=4), {}):
                    for split in (None, [2, 3]):

                        def change(n):
                            if split:
                                nnx.split_rngs(n, splits=size(split), only="dropout")
                            nnx.reseed(n, policy=policy, **streams)

                        cases.append(
                            in_place("reseed", tree, s, dict(policy=policy, streams=streams, split=split), change)
                        )
        r = build("rngs", s)
        calls = [
            ("default", "bits", [], [[4]]),
            ("params", "normal", [], [[3]]),
            ("params", "uniform", [], [[2, 2]]),
            ("default", "truncated_normal", [], [-1.5, 2.0, [5]]),
        ]
        calls += [("dropout" if i % 2 else "default", f, [], [[4, 3]]) for i, f in enumerate(INITIALIZER_METHODS)]
        calls += [("params", "variance_scaling", [2.0, "fan_out", "uniform"], [[2, 3]])]
        out = []
        for stream, f, make, args in calls:
            source = r if stream == "default" else getattr(r, stream)
            method = getattr(source, f)
            args = [tuple(a) if isinstance(a, list) else a for a in args]
            out.append(
                dict(
                    stream=stream,
                    fn=f,
                    make=make,
                    args=args,
                    out=enc(method(*make)(*args) if f in INITIALIZER_METHODS or make else method(*args)),
                )
            )
        cases.append(dict(op="draw", tree="rngs", seed=s, calls=out, old=snapshot(r)))
    write("rngs_more", cases)


INITIALIZER_METHODS = [
    "glorot_normal",
    "glorot_uniform",
    "he_normal",
    "he_uniform",
    "kaiming_normal",
    "kaiming_uniform",
    "lecun_normal",
    "lecun_uniform",
    "xavier_normal",
    "xavier_uniform",
]

AXES = [
    ((2, 3, 4), dict(in_axis=0)),
    ((2, 3, 4), dict(in_axis=[0, 1])),
    ((2, 3, 4), dict(in_axis=1, out_axis=0)),
    ((2, 3, 4), dict(batch_axis=0)),
    ((2, 3, 4, 5), dict(in_axis=-1, out_axis=[-2, 0])),
    ((2, 3, 4, 5), dict(batch_axis=[0, 1])),
    ((6,), dict(in_axis=0)),
    ((7,), dict(in_axis=[], out_axis=-1)),
    ((5, 7), dict(in_axis=[], out_axis=[])),
    ((11, 6), dict(out_axis=0)),
    ((3, 2, 5, 4, 2), {}),
    ((1, 1, 9), {}),
    ((4,), {}),
    ((), {}),
    ((0, 3), {}),
    ((3, 0), {}),
    ((2, 0, 3), dict(batch_axis=1)),
    ((2, 3), dict(in_axis=2)),
    ((2, 3), dict(out_axis=-3)),
]


def initializers_more():
    cases = []
    I = nnx.initializers
    for s in SEEDS:
        k = random.key(s)
        for shape, axes in AXES:
            for mode in ("fan_in", "fan_out", "fan_avg", "fan_geo_avg"):
                for scale, dist in ((1.0, "normal"), (0.3, "uniform"), (2.5, "truncated_normal")):
                    result = outcome(lambda: dict(out=enc(I.variance_scaling(scale, mode, dist, **axes)(k, shape))))
                    cases.append(
                        dict(
                            fn="variance_scaling",
                            seed=s,
                            make=[scale, mode, dist],
                            axes=axes,
                            shape=list(shape),
                            **result,
                        )
                    )
        for shape in ((), (3,), (2, 3)):
            for fn, make in (
                ("normal", [1.7]),
                ("normal", []),
                ("uniform", [-3.3]),
                ("uniform", []),
                ("truncated_normal", [0.7]),
                ("truncated_normal", []),
                ("constant", [-0.1]),
            ):
                cases.append(
                    dict(fn=fn, seed=s, make=make, shape=list(shape), out=enc(getattr(I, fn)(*make)(k, shape)))
                )
        cases.append(
            dict(
                fn="truncated_normal",
                seed=s,
                make=[0.7],
                bounds=[-1.3, 0.7],
                shape=[40],
                out=enc(I.truncated_normal(0.7, lower=-1.3, upper=0.7)(k, (40,))),
            )
        )
        cases.append(
            dict(
                fn="constant",
                seed=s,
                make=[[1.5, 2.5, -0.0]],
                shape=[2, 3],
                out=enc(I.constant(jnp.array([1.5, 2.5, -0.0]))(k, (2, 3))),
            )
        )
    for shape, axis in (
        ((3, 4), -1),
        ((3, 4), 0),
        ((4, 3), 0),
        ((2, 3, 5), -1),
        ((2, 3, 5), 1),
        ((2, 3, 5), 0),
        ((0, 3), -1),
        ((3,), -1),
        ((1, 1), -1),
        ((1, 4), -1),
    ):
        result = outcome(lambda: dict(out=enc(I.orthogonal(1.5, axis)(random.key(0), shape))))
        cases.append(dict(fn="orthogonal", seed=0, make=[1.5], column=axis, shape=list(shape), **result))
    for shape, axis in (
        ((3, 3, 3), -1),
        ((4, 2, 3), -1),
        ((3, 4, 2, 3), -1),
        ((1, 2, 3, 2, 2), -1),
        ((3, 2, 3), -2),
        ((3, 3, 2), -1),
        ((3, 3), -1),
    ):
        result = outcome(lambda: dict(out=enc(I.delta_orthogonal(1.5, axis)(random.key(0), shape))))
        cases.append(dict(fn="delta_orthogonal", seed=0, make=[1.5], column=axis, shape=list(shape), **result))
    write("initializers_more", cases)


rngs_more()
initializers_more()
