"""The signatures of the public functions and classes of flax.nnx, jax.random, jax.numpy, jax.nn, jax.lax and optax.

usage: python oracle_signatures.py OUT

Each is a list of parameters, `[name, kind, default]`: kind is `/` for a place alone, `.` for a place or a name, `*` for
a name alone, `...` for any number of places, `**` for any names; default is JSON's, a text where JSON has none, and
absent where the parameter is required.
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

KIND = {
    inspect.Parameter.POSITIONAL_ONLY: "/",
    inspect.Parameter.POSITIONAL_OR_KEYWORD: ".",
    inspect.Parameter.KEYWORD_ONLY: "*",
    inspect.Parameter.VAR_POSITIONAL: "...",
    inspect.Parameter.VAR_KEYWORD: "**",
}


def plain(default):
    if default is None or isinstance(default, (bool, int, float, str)):
        return default
    if isinstance(default, tuple) and all(isinstance(x, (int, float, str)) for x in default):
        return list(default)
    return getattr(default, "__name__", type(default).__name__)


def parameters(function, skip_self=False):
    try:
        found = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return None
    if skip_self and found and found[0].name == "self":
        found = found[1:]
    return [
        [p.name, KIND[p.kind]] + ([] if p.default is inspect.Parameter.empty else [plain(p.default)]) for p in found
    ]


def of_ufunc(function):
    """A ufunc of jnp takes arrays by place; `out`, `where` and their like are refused by JAX itself."""
    return [[f"x{i + 1}" if function.nin > 1 else "x", "/"] for i in range(function.nin)]


def signatures(module):
    out = {}
    for name in dir(module):
        it = getattr(module, name)
        if name.startswith("_") or inspect.ismodule(it) or not callable(it):
            continue
        if isinstance(it, jnp.ufunc):
            out[name] = of_ufunc(it)
        elif inspect.isclass(it):
            out[name] = parameters(it.__init__, skip_self=True)
            if "__call__" in vars(it) or any("__call__" in vars(k) for k in it.__mro__[:-1]):
                call = getattr(it, "__call__")
                out[f"{name}.__call__"] = parameters(call, skip_self=True)
        else:
            out[name] = parameters(it)
    return {name: found for name, found in sorted(out.items()) if found is not None}


def methods(cls):
    return {
        name: parameters(it, skip_self=True)
        for name, it in sorted(inspect.getmembers(cls, inspect.isfunction))
        if not name.startswith("_")
    }


array = jnp.zeros(1)
result = {
    "meta": {"jax": jax.__version__, "flax": flax.__version__},
    "numpy": signatures(jnp),
    "nn": signatures(jax.nn),
    "initializers": signatures(jax.nn.initializers),
    "lax": signatures(jax.lax),
    "random": signatures(jax.random),
    "nnx": signatures(nnx),
    "linalg": signatures(jnp.linalg),
    "image": signatures(jax.image),
    "ops": signatures(jax.ops),
    "optax": signatures(optax),
    "losses": signatures(optax.losses),
    "array": {n: parameters(getattr(array, n)) for n in dir(type(array)) if callable(getattr(type(array), n))},
    "methods": {
        name: methods(getattr(nnx, name))
        for name in dir(nnx)
        if inspect.isclass(getattr(nnx, name)) and issubclass(getattr(nnx, name), (nnx.Module, nnx.Rngs, nnx.Optimizer))
    },
}
result["array"] = {n: found for n, found in result["array"].items() if n[0] != "_" and found is not None}
lines = []
for key, value in result.items():
    rows = ",\n".join(f"  {json.dumps(name)}: {json.dumps(found)}" for name, found in value.items())
    lines.append(f"{json.dumps(key)}: {{\n{rows}\n}}")
with open(f"{sys.argv[1]}/signatures.json", "w") as f:
    f.write("{\n" + ",\n".join(lines) + "\n}\n")
