"""The products of products.ts in JAX (jit) and in NumPy's BLAS, one thread each: where the machine has them, for scale.

Host array in, host array out, weights placed once. Prints markdown; arguments are sizes, as for products.ts.
"""

import os
import re
import statistics
import sys
import time

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
for pool in ("OMP", "OPENBLAS", "MKL"):
    os.environ[f"{pool}_NUM_THREADS"] = "1"

import jax
import numpy as np

VECTORS = [(3, 4), (64, 64), (256, 256), (784, 512), (1024, 1024), (4096, 4096)]
BATCHES = [(8, 256), (32, 256), (128, 256), (8, 1024), (128, 1024)]
ROUNDS = 11
ROUND_SECONDS = 15e-3


def main():
    asked = set(sys.argv[1:])
    show("x [n] @ W [n, m]", [(f"{n}x{m}", (n,), (n, m)) for n, m in VECTORS], asked)
    show("X [b, n] @ W [n, n]", [(f"{b}, {n}", (b, n), (n, n)) for b, n in BATCHES], asked)


def show(title, cases, asked):
    cases = [case for case in cases if not asked or asked & set(re.split(r"\D+", case[0]))]
    if not cases:
        return
    print(f"\n### {title}, natively: us a call, median (least..most)\n")
    print(f"| size | JAX {jax.__version__} jit | NumPy {np.__version__} BLAS |\n| --- | --: | --: |")
    for label, x_shape, w_shape in cases:
        rng = np.random.default_rng(0)
        x = rng.standard_normal(x_shape, np.float32)
        w = rng.standard_normal(w_shape, np.float32)
        placed = jax.device_put(w)
        product = jax.jit(lambda x, w: x @ w)
        calls = [lambda: np.asarray(product(x, placed)), lambda: x @ w]
        exact = x.astype(np.float64) @ w
        for call in calls:
            np.testing.assert_allclose(call(), exact, atol=1e-4 * np.abs(exact).max())
        print(f"| {label} | {' | '.join(map(cell, race(calls)))} |")


def race(calls):
    repeats = [max(1, round(ROUND_SECONDS / min(timed(call, 1) for _ in range(5)))) for call in calls]
    rounds = [[timed(call, count) for call, count in zip(calls, repeats)] for _ in range(ROUNDS)]
    return list(zip(*rounds))


def timed(call, count):
    start = time.perf_counter()
    for _ in range(count):
        call()
    return (time.perf_counter() - start) / count


def cell(times):
    return f"{figure(statistics.median(times))} ({figure(min(times))}..{figure(max(times))})"


def figure(seconds):
    us = seconds * 1e6
    return f"{us:.0f}" if us >= 100 else f"{us:#.3g}"


main()
