"""Golden values of the object model (states, split and merge, filters, views, captures, loops over stacks), from real
Flax NNX.

Every case is produced by calling the real library; nothing is computed here.
    VENV/bin/python oracle_graph.py OUT_DIR
The models are written twice, here and in graphgolden.test.ts, from Variables and arrays alone.
"""

import base64, json, os, sys

os.environ["JAX_PLATFORMS"] = "cpu"

import numpy as np
import jax, jaxlib, flax
import jax.numpy as jnp
from jax import random
from flax import nnx

OUT = sys.argv[1]
META = dict(jax=jax.__version__, jaxlib=jaxlib.__version__, flax=flax.__version__, numpy=np.__version__, profile="fma")


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


class Block(nnx.Module):
    def __init__(self, value, rngs):
        self.kernel = nnx.Param(jnp.full((2, 3), value, jnp.float32))
        self.mean = nnx.BatchStat(jnp.zeros((3,), jnp.float32))
        self.adapter = nnx.LoRAParam(jnp.ones((1,), jnp.float32))
        self.buffer = jnp.full((2,), value, jnp.float32)
        self.stream = rngs.dropout.fork()
        self.deterministic = False
        self.width = 2

    def set_view(self, deterministic=None):
        if deterministic is not None:
            self.deterministic = deterministic


class Net(nnx.Module):
    """Attributes not in the order of their names; a Variable, a module and a list twice; a cycle."""

    def __init__(self):
        rngs = nnx.Rngs(0, dropout=1)
        self.zeta = Block(1, rngs)
        self.alpha = Block(2, rngs)
        self.again = self.zeta
        self.Upper = nnx.Param(jnp.zeros((1,)))
        self.a_ = nnx.Param(jnp.zeros((1,)))
        self.a1 = self.zeta.kernel
        self.layers = nnx.List([nnx.Param(jnp.full((1,), i, jnp.float32)) for i in range(12)])
        self.named = nnx.Dict(
            {
                "b": nnx.Param(jnp.zeros((1,))),
                "a": self.alpha,
                "10": nnx.Cache(jnp.zeros((1,))),
                "9": nnx.Cache(jnp.zeros((1,))),
            }
        )
        self.plain = nnx.data([nnx.Param(jnp.ones((2,))), {"y": nnx.Param(jnp.ones((3,))), "x": jnp.zeros((1,))}])
        self.rngs = rngs
        self.me = self


paths = lambda state: [list(path) for path, _ in nnx.to_flat_state(state)]
FILTERS = {
    "Param": nnx.Param,
    "BatchStat": nnx.BatchStat,
    "LoRAParam": nnx.LoRAParam,
    "Cache": nnx.Cache,
    "RngKey": nnx.RngKey,
    "RngState": nnx.RngState,
    "Variable": nnx.Variable,
    "tag dropout": "dropout",
    "tag default": "default",
    "true": True,
    "...": ...,
    "false": False,
    "none": None,
    "list": [nnx.BatchStat, nnx.RngKey],
    "contains kernel": nnx.PathContains("kernel"),
    "contains 3": nnx.PathContains(3),
    "contains '3'": nnx.PathContains("3"),
    "part er": nnx.PathContains("er", exact=False),
    "part 1": nnx.PathContains("1", exact=False),
    "all": nnx.All(nnx.Param, nnx.Not(nnx.PathContains("layers"))),
    "not": nnx.Not(nnx.Variable),
    "any": nnx.Any("dropout", nnx.Cache),
    "everything": nnx.Everything(),
    "nothing": nnx.Nothing(),
}


def typename(x):
    return type(x).__name__ if isinstance(x, nnx.Variable) else "array"


def graphs():
    cases = []
    add = lambda name, **values: cases.append(dict(name=name, **values))
    add(
        "state",
        paths=paths(nnx.state(Net())),
        types=[typename(leaf) for _, leaf in nnx.to_flat_state(nnx.state(Net()))],
    )
    for name, f in FILTERS.items():
        add("filter", filter=name, paths=paths(nnx.state(Net(), f)))
    first, second, rest = nnx.split(Net(), nnx.Param, "dropout", ...)[1:]
    add("split", parts=[paths(first), paths(second), paths(rest)])
    graphdef, state = nnx.split(Net())
    merged = nnx.merge(graphdef, state)
    add(
        "merge",
        paths=paths(nnx.state(merged)),
        shared=[
            merged.again is merged.zeta,
            merged.a1 is merged.zeta.kernel,
            merged.me is merged,
            merged.named["a"] is merged.alpha,
        ],
        equal=graphdef == nnx.graphdef(merged),
    )
    add(
        "iterGraph",
        paths=[list(path) for path, value in nnx.iter_graph(Net()) if isinstance(value, (nnx.Variable, nnx.Module))],
    )
    add("iterModules", paths=[list(path) for path, _ in nnx.iter_modules(Net())])
    add("duplicates", paths=sorted([list(map(list, group)) for group in nnx.find_duplicates(Net())], key=repr))
    net = Net()
    popped, caches = nnx.pop(net, nnx.BatchStat, nnx.Cache)
    add("pop", parts=[paths(popped), paths(caches)], rest=paths(nnx.state(net)))
    pure = nnx.to_pure_dict(nnx.state(net, nnx.Param))
    shape = lambda x: {str(k): shape(v) for k, v in x.items()} if isinstance(x, dict) else list(x.shape)
    add("pure", shapes=shape(pure))
    net = Net()
    del net.me  # view refuses cycles
    view = nnx.view(net, deterministic=True)
    add(
        "view",
        flags=[view.zeta.deterministic, view.alpha.deterministic, net.zeta.deterministic],
        shared=view.zeta.kernel is net.zeta.kernel,
    )
    net = Net()
    net.eval()
    add("eval", flags=[net.zeta.deterministic, net.alpha.deterministic])
    return cases


class Inner(nnx.Module):
    def double(self, x):
        self.sow(nnx.Intermediate, "seen", x)
        return x * 2

    def __call__(self, x):
        return self.double(self.double(x))


class Outer(nnx.Module):
    def __init__(self):
        self.inner = Inner()
        self.last = Inner()

    def __call__(self, x):
        y = self.inner(x)
        self.sow(nnx.Intermediate, "sum", y, init_fn=lambda: 0.0, reduce_fn=lambda a, b: a + b)
        self.sow(nnx.Intermediate, "sum", y, init_fn=lambda: 0.0, reduce_fn=lambda a, b: a + b)
        self.sow(nnx.Cache, "cached", y)
        return y


def captured(state):
    return [
        dict(
            path=list(path),
            value=[enc(x) for x in leaf.get_value()] if isinstance(leaf.get_value(), tuple) else enc(leaf.get_value()),
        )
        for path, leaf in nnx.to_flat_state(state)
    ]


def captures():
    x = jnp.array([1.0, 2.0])
    cases = []
    y, sown = nnx.capture(Outer(), nnx.Intermediate)(x)
    cases.append(dict(name="sow", out=enc(y), sown=[captured(sown)]))
    y, sown, cached = nnx.capture(Outer(), nnx.Intermediate, nnx.Cache)(x)
    cases.append(dict(name="two", out=enc(y), sown=[captured(sown), captured(cached)]))
    y, sown = nnx.capture(Outer(), nnx.Intermediate, method_outputs=nnx.Intermediate)(x)
    cases.append(dict(name="methods", out=enc(y), sown=[captured(sown)]))
    return cases


class Dense(nnx.Module):
    def __init__(self, rngs):
        self.kernel = nnx.Param(rngs.params.normal((3, 3)))
        self.bias = nnx.Param(rngs.params.uniform((3,)))
        self.count = nnx.BatchStat(jnp.zeros((), jnp.float32))
        self.stream = rngs.dropout.fork()

    def __call__(self, x):
        self.count[...] += 1
        return x + self.bias[...] + jnp.where(self.stream.bernoulli(0.5, x.shape), 1.0, 0.0)


def snapshot(node):
    return [
        dict(path=list(path), value=enc(leaf.get_value() if isinstance(leaf, nnx.Variable) else leaf))
        for path, leaf in nnx.to_flat_state(nnx.state(node))
    ]


def loops():
    cases = []
    rngs = nnx.Rngs(7, params=8, dropout=9)
    rngs.params()

    @nnx.split_rngs(splits=5)
    @nnx.vmap
    def create(rngs):
        return Dense(rngs)

    stack = create(rngs)
    cases.append(dict(name="vmap split_rngs", stack=snapshot(stack), rngs=snapshot(rngs)))

    @nnx.scan(in_axes=(nnx.Carry, 0), out_axes=nnx.Carry)
    def forward(x, layer):
        return layer(x)

    y = forward(jnp.array([0.0, 1.0, 2.0]), stack)
    cases.append(dict(name="scan", out=enc(y), stack=snapshot(stack)))

    @nnx.scan(in_axes=(nnx.Carry, 0, 1), out_axes=(nnx.Carry, 1), reverse=True)
    def both(carry, a, b):
        return carry + a, carry * 10 + b

    carry, ys = both(jnp.array(1.0), jnp.arange(4, dtype=jnp.float32), jnp.arange(8, dtype=jnp.float32).reshape(2, 4))
    cases.append(dict(name="scan axes", out=[enc(carry), enc(ys)]))

    axes = nnx.StateAxes({nnx.Param: 0, nnx.RngState: 0, ...: None})
    keys = random.split(random.key(3), 4)
    made = nnx.vmap(lambda key: Dense(nnx.Rngs(key)), out_axes=0)(keys)
    cases.append(dict(name="vmap keys", stack=snapshot(made)))
    out = nnx.vmap(lambda x, y: (x * y, x + y), in_axes=(0, None), out_axes=(1, 0))(
        jnp.arange(6, dtype=jnp.float32).reshape(3, 2), jnp.array([10.0, 20.0])
    )
    cases.append(dict(name="vmap axes", out=[enc(o) for o in out]))
    return cases


def write(name, cases):
    path = os.path.join(OUT, name + ".json")
    with open(path, "w") as f:
        json.dump(dict(meta=META, cases=cases), f, separators=(",", ":"))
    print(path, len(cases), "cases", os.path.getsize(path), "bytes")


write(
    "graph",
    [
        dict(case, group=group)
        for group, make in (("graphs", graphs), ("captures", captures), ("loops", loops))
        for case in make()
    ],
)
