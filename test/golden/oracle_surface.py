"""The public names of flax.nnx, of JAX's namespaces and of optax, for the surface table.

usage: python oracle_surface.py OUT
"""

import inspect
import json
import sys

import flax
import flax.nnx as nnx
import jax
import jax.numpy as jnp
import jax.ops
import optax


def names(module):
    return sorted(n for n in dir(module) if not n.startswith("_") and not inspect.ismodule(getattr(module, n)))


surface = {
    "meta": {"jax": jax.__version__, "flax": flax.__version__, "optax": optax.__version__},
    "nnx": names(nnx),
    "jax": names(jax),
    "random": names(jax.random),
    "numpy": names(jnp),
    "nn": names(jax.nn),
    "lax": names(jax.lax),
    "linalg": names(jnp.linalg),
    "jaxtree": names(jax.tree),
    "image": names(jax.image),
    "ops": names(jax.ops),
    "optax": names(optax),
    "contrib": names(optax.contrib),
    "losses": names(optax.losses),
    "schedules": names(optax.schedules),
    "tree": names(optax.tree),
}
with open(f"{sys.argv[1]}/surface.json", "w") as f:
    json.dump(surface, f, indent=0)
    f.write("\n")
