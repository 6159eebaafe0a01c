"""Eight steps of transformations that count steps or judge values: what `optimizers.json` does not have.

    python oracle_optax_steps.py OUT_DIR

Gradients and parameters are those of `training/optimizers.json`. A case has the leaves of the parameters after each
step, one after the other, as float32, and those of the last state. `make` is the call in flaxen's names.
"""

import base64, json, os, sys

os.environ["JAX_PLATFORMS"] = "cpu"

import numpy as np
import jax, jax.numpy as jnp, optax
from optax import contrib

OUT = sys.argv[1]
RECORDED = json.load(open(os.path.join(OUT, "training", "optimizers.json")))


def revive(x):
    if "b64" in x:
        return jnp.asarray(np.frombuffer(base64.b64decode(x["b64"]), x["dtype"]).reshape(x["shape"]))
    return {name: revive(leaf) for name, leaf in x.items()}


STORED = RECORDED["cases"][0]["params"]
PARAMS = revive(STORED)
GRADS = [revive(grads) for grads in RECORDED["grads"]]
VALUES = [2.0, 2.0, 1.9998, 3.0, 1.5, 1.5, 1.5, 1.0]

sgd, adam = optax.sgd, optax.adam
uphill = lambda rho: optax.chain(contrib.normalize(), sgd(rho))
plateau = lambda **options: optax.chain(adam(0.1), contrib.reduce_on_plateau(**options))

CASES = {
    "reduceOnPlateau({ patience: 1 })": plateau(patience=1),
    "reduceOnPlateau({ factor: 0.5, patience: 1, cooldown: 1 })": plateau(factor=0.5, patience=1, cooldown=1),
    "reduceOnPlateau({ factor: 0.5, patience: 1, cooldown: 2, minScale: 0.4 })": plateau(
        factor=0.5, patience=1, cooldown=2, min_scale=0.4
    ),
    "reduceOnPlateau({ factor: 0.3, patience: 2, rtol: 0, atol: 0.25 })": plateau(
        factor=0.3, patience=2, rtol=0.0, atol=0.25
    ),
    "reduceOnPlateau({ factor: 0.5, patience: 1, accumulationSize: 2 })": plateau(
        factor=0.5, patience=1, accumulation_size=2
    ),
    "reduceOnPlateau({ factor: 0.5, patience: 1, accumulationSize: 3 })": plateau(
        factor=0.5, patience=1, accumulation_size=3
    ),
    "sam(sgd(0.1), uphill(0.2))": contrib.sam(sgd(0.1), uphill(0.2)),
    "sam(adam(0.1), adam(0.2), { syncPeriod: 3 })": contrib.sam(adam(0.1), adam(0.2), sync_period=3),
    "sam(adam(0.1), adam(0.2), { syncPeriod: 3, resetState: false })": contrib.sam(
        adam(0.1), adam(0.2), sync_period=3, reset_state=False
    ),
    "sam(adamw(0.1), uphill(0.2), { opaqueMode: true })": contrib.sam(optax.adamw(0.1), uphill(0.2), opaque_mode=True),
    "sam(adam(0.1), adam(0.2), { syncPeriod: 3, opaqueMode: true, resetState: false })": contrib.sam(
        adam(0.1), adam(0.2), sync_period=3, opaque_mode=True, reset_state=False
    ),
    "lookahead(sgd(0.5), 3, 0.4)": optax.lookahead(sgd(0.5), 3, 0.4),
    "lookahead(adam(0.1), 2, 0.5)": optax.lookahead(adam(0.1), 2, 0.5),
    "lookahead(adam(0.1), 2, 0.5, { resetState: true })": optax.lookahead(adam(0.1), 2, 0.5, reset_state=True),
}


def run(make, tx):
    tx = optax.with_extra_args_support(tx)
    looks = make.startswith("lookahead")
    params = optax.LookaheadParams.init_synced(PARAMS) if looks else PARAMS
    state = tx.init(params)
    steps = []
    for i, value in enumerate(VALUES):
        grads = GRADS[i % len(GRADS)]
        extra = {}
        if "Plateau" in make:
            extra["value"] = jnp.float32(value)
        if "opaque" in make:
            # Gradients that depend on the parameters and on the step.
            extra["grad_fn"] = lambda p, step: jax.tree.map(lambda x: x * (0.5 + step), p)
        u, state = tx.update(grads, state, params, **extra)
        params = optax.apply_updates(params, u)
        steps += [np.asarray(leaf, np.float32).ravel() for leaf in jax.tree.leaves(params)]
    return np.concatenate(steps), [np.asarray(leaf) for leaf in jax.tree.leaves(state)]


def stored(x):
    data = np.asarray(x)
    return dict(dtype=str(data.dtype), shape=list(data.shape), b64=base64.b64encode(data.tobytes()).decode())


cases = []
for make, tx in CASES.items():
    params, state = run(make, tx)
    cases.append(dict(make=make, params=stored(params), state=[stored(leaf) for leaf in state]))
meta = dict(jax=jax.__version__, optax=optax.__version__, numpy=np.__version__)
lines = ",\n".join(json.dumps(case) for case in cases)
with open(os.path.join(OUT, "training", "optimizer_steps.json"), "w") as file:
    file.write(
        f'{{\n"meta": {json.dumps(meta)},\n"start": {json.dumps(STORED)},\n"grads": {json.dumps(RECORDED["grads"])},\n'
        f'"values": {json.dumps(VALUES)},\n"cases": [\n{lines}\n]\n}}\n'
    )
print(len(cases), "cases")
