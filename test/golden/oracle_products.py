"""Golden values of matrix products, convolutions, pooling and the layers made of them, from real JAX and Flax NNX.

Every case is produced by calling the real libraries in float32, and again with the same values in float64 for what the
answer is without rounding; nothing is computed here.
    VENV/bin/python oracle_products.py OUT_DIR
A case with `fn` is a function with its arguments, one with `layer` a layer as in layers.json.
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
RS = np.random.RandomState(19)


def r(*shape):
    return np.asarray(RS.randn(*shape), np.float32)


def whole(dtype, *shape):
    low, high = (0, 2) if dtype == "bool" else (0, 200) if dtype.startswith("u") else (-(2**30), 2**30)
    return RS.randint(low, high, shape).astype(dtype)


def enc(a):
    """One array as {dtype, shape, b64}: little-endian, row-major."""
    a = np.asarray(a)
    return dict(
        dtype=str(a.dtype),
        shape=list(a.shape),
        b64=base64.b64encode(np.ascontiguousarray(a).astype(a.dtype.newbyteorder("<")).tobytes()).decode(),
    )


def wide(x):
    return jnp.asarray(x, jnp.float64) if x.dtype == np.float32 else jnp.asarray(x)


def fn(name, args, f, *xs):
    out = f(*[jnp.asarray(x) for x in xs])
    with jax.enable_x64(True):
        out64 = np.asarray(f(*[wide(x) for x in xs])) if out.dtype == np.float32 else None
    CASES.append(
        dict(
            fn=name,
            args=args,
            inputs=[enc(x) for x in xs],
            output=enc(out),
            output_float64=None if out64 is None else enc(out64),
        )
    )


def layer(name, ctor, make, *xs, call=None):
    call = call or (lambda m, *a: m(*a))
    seed = 5
    m = make(nnx.Rngs(seed))
    state = {
        "/".join(map(str, p)): enc(v.get_value() if hasattr(v, "get_value") else v)
        for p, v in nnx.to_flat_state(nnx.state(m))
    }
    out = call(m, *[jnp.asarray(x) for x in xs])
    with jax.enable_x64(True):
        graphdef, weights = nnx.split(m)
        m64 = nnx.merge(
            graphdef, jax.tree.map(lambda v: jnp.asarray(v, jnp.float64) if v.dtype == jnp.float32 else v, weights)
        )
        if hasattr(m64, "dtype") and name == "Embed":
            m64.dtype = jnp.float64
        out64 = call(m64, *[wide(x) for x in xs])
    CASES.append(
        dict(
            layer=name,
            ctor=ctor,
            seed=seed,
            state=state,
            inputs=[enc(x) for x in xs],
            outputs=[enc(out)],
            outputs_float64=[enc(np.asarray(out64))],
        )
    )


def einsums():
    table = [
        ("ij,jk->ik", (3, 4), (4, 5)),
        ("ij,jk", (3, 4), (4, 5)),
        ("ij,kj->ik", (3, 4), (5, 4)),
        ("ji,jk->ki", (4, 3), (4, 5)),
        ("bij,bjk->bik", (2, 3, 4), (2, 4, 5)),
        ("bij,jk->bik", (2, 3, 4), (4, 5)),
        ("bhqd,bhkd->bhqk", (2, 3, 4, 5), (2, 3, 6, 5)),
        ("bqhd,bkhd->bhqk", (2, 4, 3, 5), (2, 6, 3, 5)),
        ("bhqk,bkhd->bqhd", (2, 3, 4, 6), (2, 6, 3, 5)),
        ("i,i->", (7,), (7,)),
        ("i,i->i", (7,), (7,)),
        ("i,j->ij", (3,), (4,)),
        ("i,j->ji", (3,), (4,)),
        ("ij->ji", (3, 4)),
        ("ij->", (3, 4)),
        ("ij->i", (3, 4)),
        ("ij->j", (3, 4)),
        ("ji", (3, 4)),
        ("ii", (4, 4)),
        ("ii->i", (4, 4)),
        ("iij->j", (3, 3, 4)),
        ("ijj->ij", (2, 3, 3)),
        ("iji->j", (3, 4, 3)),
        ("...ij->...ji", (2, 5, 3, 4)),
        ("...ij,...jk->...ik", (2, 3, 4), (4, 5)),
        ("...ij,...jk", (2, 1, 3, 4), (6, 4, 5)),
        ("i...,i...->...", (3, 4), (3, 4)),
        ("...i->i", (2, 3)),
        ("ij...,jk...->ik...", (2, 3, 4), (3, 5, 4)),
        ("ij,jk,kl->il", (2, 3), (3, 4), (4, 5)),
        ("ij,jk,kl", (2, 3), (3, 4), (4, 5)),
        ("ab,cd,ac->bd", (2, 3), (4, 5), (2, 4)),
        ("i,i,i->i", (4,), (4,), (4,)),
        ("ij,j,i->", (3, 4), (4,), (3,)),
        (" i j , j k -> i k ", (3, 4), (4, 5)),
        ("nta,hab->nthb", (2, 3, 4), (5, 4, 6)),
        ("abcd,dcb->a", (2, 3, 4, 5), (5, 4, 3)),
        ("abcd,ecd->abe", (2, 3, 4, 5), (6, 4, 5)),
        ("i,i->i", (1,), (5,)),
        ("ij,jk->ik", (3, 1), (4, 5)),
        (",->", (), ()),
        ("Ba,ac", (2, 3), (3, 4)),
        ("ij,kl->", (2, 3), (4, 5)),
        ("ijk,il->jl", (3, 4, 5), (3, 6)),
        ("ij,jk->ik", (0, 3), (3, 4)),
        ("ij,jk->ik", (2, 0), (0, 4)),
        ("ii,ii->i", (3, 3), (3, 3)),
        ("iij,jk->k", (3, 3, 4), (4, 5)),
    ]
    for text, *shapes in table:
        fn("einsum", [text], lambda *xs, text=text: jnp.einsum(text, *xs), *[r(*s) for s in shapes])
    fn("einsum", ["ij,jk->ik"], lambda *xs: jnp.einsum("ij,jk->ik", *xs), whole("int32", 3, 4), whole("int32", 4, 5))
    fn("einsum", ["ij->i"], lambda *xs: jnp.einsum("ij->i", *xs), whole("uint8", 3, 40))
    fn("einsum", ["ij,jk->ik"], lambda *xs: jnp.einsum("ij,jk->ik", *xs), whole("bool", 3, 4), whole("bool", 4, 5))


def products():
    pairs = [
        ((4,), (4,)),
        ((3, 4), (4,)),
        ((4,), (4, 5)),
        ((2, 3, 4), (4,)),
        ((4,), (2, 4, 5)),
        ((2, 3, 4), (4, 5)),
        ((3, 4), (2, 4, 5)),
        ((2, 3, 4), (2, 4, 5)),
        ((2, 1, 3, 4), (5, 4, 6)),
        ((1, 3, 4), (2, 4, 5)),
        ((2, 3, 4), (1, 4, 5)),
        ((7, 33), (33, 19)),
        ((0, 4), (4, 5)),
        ((3, 0), (0, 5)),
        ((2, 0, 4), (4, 5)),
        ((2, 20, 30), (2, 30, 25)),
        ((5, 1), (1, 7)),
        ((1, 300), (300, 2)),
    ]
    for a, b in pairs:
        fn("matmul", [], jnp.matmul, r(*a), r(*b))
    for dtype in ("int32", "uint32", "uint8", "uint16", "bool"):
        fn("matmul", [], jnp.matmul, whole(dtype, 3, 40), whole(dtype, 40, 2))
        fn("matmul", [], jnp.matmul, whole(dtype, 2, 3, 4), whole(dtype, 2, 4, 5))
    fn("matmul", [], jnp.matmul, r(3, 4), whole("int32", 4, 5))
    fn("matmul", [], jnp.matmul, whole("uint8", 3, 4), r(4, 5))
    fn("matmul", [], jnp.matmul, whole("uint8", 3, 4), whole("int32", 4, 5))
    for a, b in [
        ((3,), (3,)),
        ((2, 3), (3,)),
        ((2, 3), (3, 4)),
        ((2, 3), (4, 3, 5)),
        ((2, 3, 4), (5, 4, 6)),
        ((), (3, 4)),
        ((3, 4), ()),
        ((), ()),
    ]:
        fn("dot", [], jnp.dot, r(*a), r(*b))
    for a, b in [((3,), (3,)), ((2, 3), (3, 2)), ((2, 3), (6,)), ((), ()), ((0,), (0,))]:
        fn("vdot", [], jnp.vdot, r(*a), r(*b))
    for a, b in [((3,), (3,)), ((2, 3), (4, 3)), ((2, 3), (4, 5, 3)), ((), (4, 3)), ((2, 3), (3,)), ((2, 3), ())]:
        fn("inner", [], jnp.inner, r(*a), r(*b))
    for a, b in [((3,), (4,)), ((2, 3), (4,)), ((), (4,)), ((0,), (3,))]:
        fn("outer", [], jnp.outer, r(*a), r(*b))
    for a, b, axes in [
        ((2, 3, 4), (3, 4, 5), 2),
        ((2, 3), (3, 5), 1),
        ((2, 3), (4, 5), 0),
        ((2, 3, 4), (4, 3, 5), [[1, 2], [1, 0]]),
        ((2, 3, 4), (5, 2), [0, 1]),
        ((2, 3, 4), (5, 4), [-1, -1]),
        ((2, 3, 4), (4, 2, 3), [[0, 1, 2], [1, 2, 0]]),
        ((2, 3), (2, 3), [[], []]),
    ]:
        fn("tensordot", [axes], lambda x, y, axes=axes: jnp.tensordot(x, y, axes), r(*a), r(*b))


def pools():
    P = dict(avg_pool=nnx.avg_pool, max_pool=nnx.max_pool, min_pool=nnx.min_pool)
    for name, f in P.items():
        for shape, window, options in [
            ((2, 6, 7, 3), (2, 3), {}),
            ((2, 6, 7, 3), (2, 2), dict(strides=(2, 2))),
            ((1, 5, 5, 2), (3, 3), dict(padding="SAME")),
            ((1, 5, 6, 2), (3, 2), dict(strides=(2, 3), padding="SAME")),
            ((5, 6, 2), (2, 2), dict(padding=((1, 0), (0, 2)))),
            ((9, 2), (4,), dict(padding="SAME_LOWER")),
            ((2, 3, 8, 2), (3,), dict(strides=(2,))),
            ((1, 4, 3, 5, 1), (2, 2, 3), dict(padding="SAME")),
            ((1, 2, 1), (3,), {}),
            ((0, 4, 1), (2,), {}),
        ]:
            options = dict(options)
            fn(name, [list(window), options], lambda x, f=f, w=window, o=options: f(x, w, **o), r(*shape))
            if name == "avg_pool" and "padding" in options:
                more = dict(options, count_include_pad=False)
                fn(name, [list(window), more], lambda x, w=window, o=more: nnx.avg_pool(x, w, **o), r(*shape))
        fn(name, [[2], dict(padding="SAME")], lambda x, f=f: f(x, (2,), padding="SAME"), whole("int32", 1, 5, 2))
    x = r(1, 6, 2)
    x[0, 2, 0] = np.nan
    for name, f in P.items():
        fn(name, [[2], {}], lambda x, f=f: f(x, (2,)), x)


def convs():
    def conv(i, o, k, x, **ctor):
        options = {
            n: (
                tuple(map(tuple, v))
                if n == "padding" and isinstance(v, list) and isinstance(v[0], list)
                else tuple(v)
                if isinstance(v, list)
                else jnp.asarray(v)
                if isinstance(v, np.ndarray)
                else v
            )
            for n, v in ctor.items()
        }
        kernel = tuple(k) if isinstance(k, list) else k
        written = {n: enc(v) if isinstance(v, np.ndarray) else v for n, v in ctor.items()}
        layer(
            "Conv",
            dict(in_features=i, out_features=o, kernel_size=k, **written),
            lambda g: nnx.Conv(i, o, kernel, rngs=g, **options),
            x,
        )

    for padding in ("SAME", "VALID", "CIRCULAR", "REFLECT", "SAME_LOWER", 2, [1, 0], [[1, 2], [0, 3]]):
        conv(3, 4, [3, 2], r(2, 6, 5, 3), padding=padding)
        conv(3, 4, [3, 2], r(2, 6, 5, 3), padding=padding, strides=[2, 3])
    for padding in ("SAME", "VALID", "CIRCULAR", "REFLECT", "CAUSAL", 3, [[0, 2]]):
        conv(2, 3, [4], r(2, 11, 2), padding=padding, kernel_dilation=2)
        conv(2, 3, [3], r(7, 2), padding=padding)
        conv(4, 6, [3], r(2, 3, 9, 4), padding=padding, feature_group_count=2, strides=2)
    conv(2, 3, [9], r(1, 4, 2), padding="CIRCULAR")
    conv(2, 3, [9], r(1, 3, 2), padding="REFLECT")
    conv(2, 3, [3], r(1, 1, 2), padding="REFLECT")
    conv(2, 3, [3, 3], r(1, 4, 5, 2), padding=1, input_dilation=2)
    conv(
        2,
        3,
        [3, 3],
        r(1, 4, 5, 2),
        padding=[[2, 1], [0, 3]],
        input_dilation=[2, 3],
        strides=[1, 2],
        kernel_dilation=[2, 1],
    )
    conv(6, 6, [3, 3], r(1, 6, 6, 6), feature_group_count=6)
    conv(6, 12, [3, 3], r(1, 6, 6, 6), feature_group_count=6, use_bias=False)
    conv(3, 4, [1, 1], r(2, 4, 4, 3))
    conv(3, 4, [1, 1], r(2, 4, 4, 3), strides=2)
    conv(2, 3, [2, 2, 3], r(1, 4, 5, 6, 2), strides=[1, 2, 2], padding="SAME")
    conv(2, 3, [2, 3, 2], r(4, 5, 6, 2), padding="CIRCULAR", kernel_dilation=[1, 2, 1])
    conv(1, 2, [2, 2, 2, 2], r(1, 3, 3, 3, 3, 1))
    conv(3, 4, 3, r(2, 8, 3))
    conv(3, 4, 3, r(8, 3))
    conv(3, 4, [3], r(2, 2, 2, 8, 3))
    conv(3, 4, [2, 2], r(0, 5, 5, 3))
    conv(2, 3, [3, 2], r(1, 5, 5, 2), mask=(r(3, 2, 2, 3) > 0).astype(np.float32))
    conv(2, 3, [3], whole("uint8", 1, 6, 2), use_bias=False)
    conv(8, 12, [3, 3], r(1, 10, 10, 8))

    def transposed(i, o, k, x, **ctor):
        options = {
            n: (
                tuple(map(tuple, v))
                if n == "padding" and isinstance(v, list)
                else tuple(v)
                if isinstance(v, list)
                else jnp.asarray(v)
                if isinstance(v, np.ndarray)
                else v
            )
            for n, v in ctor.items()
        }
        written = {n: enc(v) if isinstance(v, np.ndarray) else v for n, v in ctor.items()}
        layer(
            "ConvTranspose",
            dict(in_features=i, out_features=o, kernel_size=k, **written),
            lambda g: nnx.ConvTranspose(i, o, tuple(k) if isinstance(k, list) else k, rngs=g, **options),
            x,
        )

    for padding in ("SAME", "VALID", "CIRCULAR"):
        for flipped in (False, True):
            transposed(3, 4, [3], r(2, 6, 3), padding=padding, strides=2, transpose_kernel=flipped)
            transposed(2, 3, [4, 3], r(1, 5, 4, 2), padding=padding, strides=[2, 3], transpose_kernel=flipped)
        transposed(2, 3, [2], r(1, 5, 2), padding=padding, strides=3)
        transposed(2, 3, [3], r(5, 2), padding=padding, strides=2, kernel_dilation=2)
        transposed(2, 3, [5], r(2, 2, 4, 2), padding=padding)
        transposed(2, 3, [2, 3, 2], r(1, 3, 4, 3, 2), padding=padding, strides=[2, 1, 2])
    transposed(2, 3, [6], r(1, 2, 2), padding="CIRCULAR", strides=1)
    transposed(2, 3, [3], r(1, 5, 2), padding=[[1, 2]], strides=2)
    transposed(2, 3, [3, 3], r(1, 5, 4, 2), padding=1, strides=2, use_bias=False)
    transposed(2, 3, [3], r(1, 5, 2), mask=(r(3, 2, 3) > 0).astype(np.float32))
    transposed(2, 3, 3, r(1, 5, 2))


def layers():
    layer("Linear", dict(in_features=3, out_features=4), lambda g: nnx.Linear(3, 4, rngs=g), whole("int32", 2, 3))
    layer("Linear", dict(in_features=3, out_features=4), lambda g: nnx.Linear(3, 4, rngs=g), r(0, 3))
    layer("Linear", dict(in_features=300, out_features=17), lambda g: nnx.Linear(300, 17, rngs=g), r(9, 300))
    layer(
        "LinearGeneral",
        dict(in_features=3, out_features=4, batch_axis={"0": 2}),
        lambda g: nnx.LinearGeneral(3, 4, batch_axis={0: 2}, rngs=g),
        r(2, 5, 3),
    )
    layer(
        "LinearGeneral",
        dict(in_features=[3], out_features=[4, 2], batch_axis={"0": 2, "1": 5}),
        lambda g: nnx.LinearGeneral((3,), (4, 2), batch_axis={0: 2, 1: 5}, rngs=g),
        r(2, 5, 6, 3),
    )
    layer(
        "LinearGeneral",
        dict(in_features=[4, 3], out_features=5, axis=[-1, -2]),
        lambda g: nnx.LinearGeneral((4, 3), 5, axis=(-1, -2), rngs=g),
        r(2, 4, 3),
    )
    layer(
        "LinearGeneral",
        dict(in_features=[2, 3], out_features=[4, 5], axis=[1, -1]),
        lambda g: nnx.LinearGeneral((2, 3), (4, 5), axis=(1, -1), rngs=g),
        r(6, 2, 3),
    )
    layer(
        "LinearGeneral",
        dict(in_features=[2], out_features=[4], axis=[0], use_bias=False),
        lambda g: nnx.LinearGeneral((2,), (4,), axis=(0,), use_bias=False, rngs=g),
        r(2, 3, 5),
    )
    layer(
        "LinearGeneral", dict(in_features=6, out_features=[2, 3]), lambda g: nnx.LinearGeneral(6, (2, 3), rngs=g), r(6)
    )
    layer(
        "Einsum",
        dict(einsum_str="abc,cde->abde", kernel_shape=[3, 4, 5], bias_shape=None),
        lambda g: nnx.Einsum("abc,cde->abde", (3, 4, 5), rngs=g),
        r(2, 6, 3),
    )
    layer(
        "Einsum",
        dict(einsum_str="...d,df->...f", kernel_shape=[3, 4], bias_shape=[4]),
        lambda g: nnx.Einsum("...d,df->...f", (3, 4), (4,), rngs=g),
        r(2, 6, 3),
    )
    layer(
        "Einsum",
        dict(einsum_str=" ab , bc -> ca ", kernel_shape=[3, 4], bias_shape=[4, 1]),
        lambda g: nnx.Einsum(" ab , bc -> ca ", (3, 4), (4, 1), rngs=g),
        r(2, 3),
    )
    layer(
        "Embed",
        dict(num_embeddings=4, features=3),
        lambda g: nnx.Embed(4, 3, rngs=g),
        np.array([0, 3, -1, -4, -5, 4, 2**31 - 1, -(2**31)], np.int32),
    )
    layer(
        "Embed",
        dict(num_embeddings=4, features=3),
        lambda g: nnx.Embed(4, 3, rngs=g),
        np.array([[3, 255], [4, 0]], np.uint8),
    )
    layer(
        "Embed",
        dict(num_embeddings=4, features=3),
        lambda g: nnx.Embed(4, 3, rngs=g),
        np.array([3, 2**32 - 1, 2**31], np.uint32),
    )
    layer(
        "Embed", dict(num_embeddings=1, features=3), lambda g: nnx.Embed(1, 3, rngs=g), np.array([[7, -3, 0]], np.int32)
    )
    layer("Embed", dict(num_embeddings=5, features=3), lambda g: nnx.Embed(5, 3, rngs=g), np.array(2, np.int32))
    layer("LoRA", dict(in_features=5, lora_rank=2, out_features=3), lambda g: nnx.LoRA(5, 2, 3, rngs=g), r(4, 5))
    layer(
        "LoRALinear",
        dict(in_features=5, out_features=3, lora_rank=2, use_bias=False),
        lambda g: nnx.LoRALinear(5, 3, lora_rank=2, use_bias=False, rngs=g),
        r(2, 4, 5),
    )
    query = r(2, 3, 6)
    m = nnx.Embed(9, 6, rngs=nnx.Rngs(5))
    with jax.enable_x64(True):
        out64 = jnp.asarray(query, jnp.float64) @ jnp.asarray(m.embedding.get_value(), jnp.float64).T
    CASES.append(
        dict(
            fn="attend",
            args=[9, 6, 5],
            inputs=[enc(query)],
            output=enc(m.attend(jnp.asarray(query))),
            output_float64=enc(np.asarray(out64)),
        )
    )
    m = nnx.LoRA(
        5, 2, 3, rngs=nnx.Rngs(5), base_module=nnx.Linear(5, 3, rngs=nnx.Rngs(6)), b_initializer=nnx.initializers.ones
    )
    print([p for p, _ in nnx.to_flat_state(nnx.state(m))])


for part in (einsums, products, pools, convs, layers):
    part()
path = os.path.join(OUT, "products.json")
with open(path, "w") as f:
    json.dump(dict(meta=META, cases=CASES), f, separators=(",", ":"))
print(path, len(CASES), "cases", os.path.getsize(path), "bytes")
