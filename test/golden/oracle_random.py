"""More golden values of jax.random: the distributions, array arguments, odd arguments. See oracle.py.

.venv/bin/python oracle_random.py OUT_DIR [--nofma]
"""

import argparse, base64, json, os

ap = argparse.ArgumentParser()
ap.add_argument("out")
ap.add_argument("--nofma", action="store_true")
args = ap.parse_args()
if args.nofma:
    os.environ["XLA_FLAGS"] = "--xla_cpu_max_isa=SSE4_2"
os.environ["JAX_PLATFORMS"] = "cpu"

import numpy as np
import jax, jaxlib
import jax.numpy as jnp
from jax import random

META = dict(
    jax=jax.__version__, jaxlib=jaxlib.__version__, numpy=np.__version__, profile="nofma" if args.nofma else "fma"
)


def enc(a):
    if isinstance(a, jax.Array) and jnp.issubdtype(a.dtype, jax.dtypes.prng_key):
        a = random.key_data(a)
    a = np.asarray(a)
    return dict(
        dtype=str(a.dtype), shape=list(a.shape), b64=base64.b64encode(np.ascontiguousarray(a).tobytes()).decode()
    )


def plain(x):
    """An argument as JSON: arrays encoded, numbers that JSON lacks as their names."""
    if isinstance(x, (np.ndarray, np.generic)):
        return enc(x)
    if isinstance(x, float) and not np.isfinite(x):
        return dict(number="NaN" if np.isnan(x) else "Infinity" if x > 0 else "-Infinity")
    return list(x) if isinstance(x, tuple) else x


CASES = []


def add(name, f, seed, *a, options=None, original=False, **kw):
    """`a` in Python's positional order; `options` are keywords there and an options object here."""
    with jax.threefry_partitionable(not original):
        dev = [jnp.asarray(x) if isinstance(x, (np.ndarray, np.generic)) else x for x in a]
        opt = {k: jnp.asarray(v) if isinstance(v, np.ndarray) else v for k, v in (options or {}).items()}
        out = f(random.key(seed), *dev, **opt)
    case = dict(fn=name, seed=str(seed), args=[plain(x) for x in a], out=enc(out))
    if options:
        case["options"] = {k: plain(v) for k, v in options.items()}
    if original:
        case["mode"] = "original"
    CASES.append(case)


f32 = lambda *x: np.array(x, np.float32)
inf, nan = float("inf"), float("nan")
for s in (0, 42, 7):
    lo, hi = f32(-1, 0, 2, 5), f32(1, 3, 2, 4)
    R = random
    add("uniform", lambda k, sh, **o: R.uniform(k, sh, **o), s, (3, 4), options=dict(minval=lo, maxval=hi))
    add("uniform", lambda k, sh, **o: R.uniform(k, sh, **o), s, (50,), options=dict(minval=3.0, maxval=1.0))
    add("uniform", lambda k, sh, **o: R.uniform(k, sh, **o), s, (5,), options=dict(minval=2.0, maxval=2.0))
    add("uniform", lambda k, sh, **o: R.uniform(k, sh, **o), s, (5,), options=dict(minval=0.0, maxval=inf))
    add("uniform", lambda k, sh, **o: R.uniform(k, sh, **o), s, (5,), options=dict(minval=-inf, maxval=inf))
    add("uniform", lambda k, sh, **o: R.uniform(k, sh, **o), s, (5,), options=dict(minval=nan, maxval=1.0))
    add("truncatedNormal", R.truncated_normal, s, lo, hi, (3, 4))
    add("truncatedNormal", R.truncated_normal, s, lo, f32(6, 6, 6, 6))
    for a, b in ((1.0, -1.0), (0.5, 0.5), (-inf, inf), (0.0, inf), (nan, 1.0), (4.0, 9.0), (-1.3, 0.7)):
        add("truncatedNormal", R.truncated_normal, s, a, b, (40,))
    for p in (nan, -1.0, 2.0, 0.0, 1.0):
        for mode in ("low", "high"):
            add("bernoulli", lambda k, p, sh, mode: R.bernoulli(k, p, sh, mode), s, p, (20,), options=dict(mode=mode))
    add("bernoulli", R.bernoulli, s, f32(0.1, 0.5, 0.9))
    add(
        "bernoulli",
        lambda k, p, sh, mode: R.bernoulli(k, p, sh, mode),
        s,
        f32(0.1, 0.5, 0.9),
        (4, 3),
        options=dict(mode="high"),
    )
    for dt, a, b in (
        ("uint8", 0, 256),
        ("uint8", -5, 300),
        ("uint16", 10, 60000),
        ("uint32", 0, 2**31 - 1),
        ("int32", 5, 5),
        ("int32", 9, 3),
        ("int32", -(2**31), 2**31 - 1),
        ("uint8", 3, 3),
    ):
        add("randint", lambda k, sh, a, b, d: R.randint(k, sh, a, b, d), s, (40,), a, b, dt)
    add("randint", R.randint, s, (3, 3), np.array([0, -5, 7], np.int32), np.array([[10], [20], [7]], np.int32))
    add("randint", R.randint, s, (20,), f32(-1.9).reshape(()), f32(7.9).reshape(()))
    add(
        "randint",
        lambda k, sh, a, b, d: R.randint(k, sh, a, b, d),
        s,
        (30,),
        np.uint32(0).reshape(()),
        np.array(2**32 - 1, np.uint32),
        "uint32",
    )
    add(
        "randint",
        lambda k, sh, a, b, d: R.randint(k, sh, a, b, d),
        s,
        (30,),
        np.int32(-(2**31)).reshape(()),
        np.array(2**32 - 1, np.uint32),
        "int32",
    )
    for dt in ("int32", "uint8", "float32"):
        add("rademacher", lambda k, sh, d: R.rademacher(k, sh, d), s, (30,), dt)
    for mode in ("low", "high", "highest"):
        add("gumbel", lambda k, sh, d, m: R.gumbel(k, sh, jnp.float32, m), s, (300,), "float32", mode)
        add("gumbel", lambda k, sh, d, m: R.gumbel(k, sh, jnp.float32, m), s, (2, 3), "float32", mode)
    x = np.arange(24, dtype=np.int32).reshape(2, 3, 4)
    for n in (0, 1, 2, 1625, 1626):
        add("permutation", R.permutation, s, n)
    for axis in (0, 1, 2, -1):
        for ind in (False, True):
            add(
                "permutation",
                lambda k, x, **o: R.permutation(k, x, **o),
                s,
                x,
                options=dict(axis=axis, independent=ind),
            )
    big = np.linspace(0, 1, 2000, dtype=np.float32).reshape(1000, 2)
    add("permutation", lambda k, x, **o: R.permutation(k, x, **o), s, big, options=dict(independent=True))
    p = f32(0.1, 0.2, 0.3, 0.25, 0.05, 0.02, 0.05, 0.03)
    cho = lambda k, a, sh, **o: R.choice(k, a, sh, **o)
    add("choice", cho, s, 8, (5,), options=dict(replace=False, p=p))
    add("choice", cho, s, 8, (5,), options=dict(replace=False, p=p, mode="high"))
    add("choice", cho, s, x, (2, 2), options=dict(axis=1))
    add("choice", cho, s, x, (3,), options=dict(axis=2, replace=False))
    add("choice", cho, s, x, (4,), options=dict(axis=-1, p=f32(0.25, 0.25, 0.25, 0.25)))
    add("choice", cho, s, f32(3, 1, 4, 1, 5), ())
    pp = np.abs(np.sin(np.arange(1000))).astype(np.float32)
    add("choice", cho, s, 1000, (200,), options=dict(p=pp))
    add("choice", cho, s, 5, (0,), options=dict(replace=False))
    lg = np.linspace(-2, 2, 30, dtype=np.float32).reshape(6, 5)
    cat = lambda k, l, **o: R.categorical(k, l, **o)
    add("categorical", cat, s, lg, options=dict(axis=0))
    add("categorical", cat, s, lg, options=dict(shape=(2, 6), replace=False))
    add("categorical", cat, s, lg, options=dict(axis=-2, shape=(2, 5), replace=False))
    add("categorical", cat, s, lg, options=dict(shape=(7, 6), mode="high"))
    add("categorical", cat, s, f32(0, nan, 1, nan))
    add("categorical", cat, s, f32(-inf, -inf, -inf))
    add("categorical", cat, s, f32(-inf, 0, -inf))
    add("exponential", R.exponential, s, (3, 5))
    add("cauchy", R.cauchy, s, (2000,))
    for a in (0.3, 0.9, 1.0, 2.5, 100.0):
        add("gamma", R.gamma, s, a, (100,))
        add("loggamma", R.loggamma, s, a, (100,))
        add("chisquare", R.chisquare, s, a, (50,))
        add("t", R.t, s, a, (50,))
        add("pareto", R.pareto, s, a, (50,))
        add("generalizedNormal", R.generalized_normal, s, a, (50,))
    for a in (f32(0.5, 1, 3),):
        for name, g in (
            ("gamma", R.gamma),
            ("loggamma", R.loggamma),
            ("chisquare", R.chisquare),
            ("t", R.t),
            ("pareto", R.pareto),
            ("rayleigh", R.rayleigh),
            ("wald", R.wald),
            ("lognormal", R.lognormal),
        ):
            add(name, g, s, a)
            add(name, g, s, a, (2, 3))
    add("gamma", R.gamma, s, f32(0.0, nan, inf, 1e-3))
    add("beta", R.beta, s, 0.4, 7.0, (50,))
    add("beta", R.beta, s, f32(1, 2, 30), f32(2), (4, 3))
    add("dirichlet", R.dirichlet, s, f32(0.2, 1, 3))
    add("dirichlet", R.dirichlet, s, np.linspace(0.5, 4, 20, dtype=np.float32), (30,))
    add("dirichlet", R.dirichlet, s, f32(1, 2, 3, 4).reshape(2, 2), (3, 2))
    add("f", R.f, s, 3.0, 7.0, (50,))
    add("f", R.f, s, f32(1, 2, 3), f32(3, 4, 5))
    for lam in (0.0, 0.1, 4.0, 9.99, 10.0, 40.0, 1000.0, 1e6):
        add("poisson", R.poisson, s, lam, (200,))
    add("poisson", R.poisson, s, f32(0, 1, 9, 10, 11, 500))
    add("poisson", R.poisson, s, f32(0, 1, 9, 10, 11, 500), (20, 6))
    add("poisson", R.poisson, s, f32(nan, -1, 3))
    add("lognormal", R.lognormal, s, 1.0, (50,))
    add("lognormal", R.lognormal, s, 0.3, (50,))
    add("rayleigh", R.rayleigh, s, f32(2.5).reshape(()), (50,))
    add("weibullMin", R.weibull_min, s, 2.0, 1.5, (50,))
    for q in (0.001, 0.1, 0.5, 0.99):
        add("geometric", R.geometric, s, q, (100,))
    add("geometric", R.geometric, s, f32(0.2, 0.5), (5, 2))
    add("maxwell", R.maxwell, s, (50,))
    add("doubleSidedMaxwell", R.double_sided_maxwell, s, 1.5, 2.0, (50,))
    for n, q in (
        (0.0, 0.5),
        (10.0, 0.3),
        (15.0, 0.9),
        (1000.0, 0.4),
        (1e5, 0.001),
        (100.0, 0.5),
        (5.0, 0.0),
        (5.0, 1.0),
        (nan, 0.3),
        (inf, 0.3),
        (-1.0, 0.3),
        (10.0, nan),
        (10.0, -0.5),
    ):
        add("binomial", R.binomial, s, n, q, (100,))
    add("binomial", R.binomial, s, f32(5, 50, 500), f32(0.5, 0.2, 0.7), (10, 3))
    add("multinomial", R.multinomial, s, 20.0, f32(0.2, 0.3, 0.5))
    add(
        "multinomial",
        lambda k, n, p, shape: R.multinomial(k, n, p, shape=shape),
        s,
        1000.0,
        f32(0.2, 0.3, 0.0, 0.5),
        options=dict(shape=(5, 4)),
    )
    for d, q in ((2, 2.0), (5, 1.0), (3, 2.0)):
        add("ball", R.ball, s, d, q, (20,))
    add("wald", R.wald, s, f32(2.0).reshape(()), (50,))
    add("triangular", R.triangular, s, -1.0, 0.5, 3.0, (50,))
    add("triangular", R.triangular, s, f32(0, 1), f32(0.5, 2), f32(1, 5), (4, 2))
    for n, m in ((1, 1), (3, 3), (20, 20), (5, 3), (3, 5), (50, 10)):
        add("orthogonal", lambda k, n, sh, d, m: R.orthogonal(k, n, sh, jnp.float32, m), s, n, (), "float32", m)
    add("orthogonal", R.orthogonal, s, 4, (2, 3))
    cov = np.array([[2, 0.5, 0.1], [0.5, 1, 0.2], [0.1, 0.2, 0.7]], np.float32)
    add("multivariateNormal", R.multivariate_normal, s, f32(1, -2, 0.5), cov, (20,))
    add("multivariateNormal", R.multivariate_normal, s, f32(1, -2, 0.5), cov)
    for o in (True,):
        add("truncatedNormal", R.truncated_normal, s, -2.0, 2.0, (7, 5), original=o)
        add("bernoulli", R.bernoulli, s, 0.3, (33,), original=o)
        add("randint", R.randint, s, (33,), 0, 100, original=o)
        add("permutation", R.permutation, s, 33, original=o)
        add("permutation", R.permutation, s, 2000, original=o)
        add("categorical", cat, s, lg, options=dict(shape=(3, 6)), original=o)
        add("exponential", R.exponential, s, (33,), original=o)
        add("gumbel", lambda k, sh, d, m: R.gumbel(k, sh, jnp.float32, m), s, (33,), "float32", "highest", original=o)
        add("poisson", R.poisson, s, 4.0, (33,), original=o)
        add("gamma", R.gamma, s, 2.5, (33,), original=o)
        add("choice", cho, s, 8, (5,), options=dict(replace=False, p=p), original=o)

os.makedirs(args.out, exist_ok=True)
with open(os.path.join(args.out, "random_more.json"), "w") as f:
    json.dump(dict(meta=META, cases=CASES), f, separators=(",", ":"))
print(len(CASES), "cases")
