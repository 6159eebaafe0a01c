"""Checkpoints beyond those of golden/weights: leaves that are no arrays, an optimizer, orbax.checkpoint.v1, and Zarr as
TensorStore alone writes it. Usage: python oracle_orbax.py OUT. Orbax 0.12.4, TensorStore 0.1.86, optax 0.2.8."""

import hashlib, json, os, pathlib, re, shutil, sys

os.environ["JAX_PLATFORMS"] = "cpu"
import jax.numpy as jnp, ml_dtypes, numpy as np, optax, tensorstore as ts
import orbax.checkpoint as ocp
import orbax.checkpoint.experimental.v1 as ocp1

OUT = pathlib.Path(sys.argv[1]).absolute()
shutil.rmtree(OUT, ignore_errors=True)
OUT.mkdir(parents=True)
rng = np.random.default_rng(3)
expected = {}


def expect(name, arrays, extra=None):
    raw = lambda v: np.ascontiguousarray(v).astype(np.asarray(v).dtype.newbyteorder("<"), copy=False).tobytes()
    entry = lambda v: {
        "dtype": np.asarray(v).dtype.name,
        "shape": list(np.shape(v)),
        "sha256": hashlib.sha256(raw(v)).hexdigest(),
    }
    expected[name] = {"arrays": {k: entry(v) for k, v in arrays.items()}, "extra": extra or {}}


mixed = {
    "a.b": {"c/d": jnp.ones((2, 3)) * 3},
    "list": [jnp.arange(3), (np.float32(2.5), np.int64(2**40), 7, 0.1, True, 2**60)],
    "none": None,
    "empty": {},
    "nothing": [],
    "text": "naïve text",
    "deeper": {"text": "x"},
    "ü": jnp.ones((1,), jnp.bfloat16),
    "bool": np.array([True, False]),
    "f8": np.ones((3,), ml_dtypes.float8_e4m3fn),
    "u64": np.array([7, 2**32 - 1], np.uint64),
}
ocp.PyTreeCheckpointer().save(OUT / "mixed", mixed)
expect(
    "mixed",
    {
        "a.b/c/d": mixed["a.b"]["c/d"],
        "list/0": np.arange(3, dtype=np.int32),
        "ü": mixed["ü"],
        "bool": mixed["bool"],
        "f8": mixed["f8"],
        "u64": mixed["u64"],
    },
    {
        "list/1/0": 2.5,
        "list/1/1": 2**40,
        "list/1/2": 7,
        "list/1/3": 0.1,
        "list/1/4": True,
        "list/1/5": str(2**60),
        "none": None,
        "empty": {},
        "nothing": [],
        "text": "naïve text",
        "deeper/text": "x",
    },
)

params = {"w": jnp.asarray(rng.standard_normal((20, 30)), jnp.float32), "b": jnp.zeros(30)}
state = optax.adam(1e-3).init(params)
with ocp.StandardCheckpointer() as s:
    s.save(OUT / "adam", {"params": params, "opt": state, "step": 3})
    s.wait_until_finished()
flat = lambda prefix, tree: {f"{prefix}/{k}": v for k, v in tree.items()}
expect(
    "adam",
    {
        **flat("params", params),
        "opt/0/count": state[0].count,
        **flat("opt/0/mu", state[0].mu),
        **flat("opt/0/nu", state[0].nu),
    },
    {"opt/1": None, "step": 3},
)

ocp1.save(OUT / "v1", {"params": params, "x": [jnp.ones(2), jnp.zeros(3)]})
expect("v1", {**flat("params", params), "x/0": np.ones(2, np.float32), "x/1": np.zeros(3, np.float32)})

shards = ts.open(
    {
        "driver": "zarr3",
        "kvstore": {"driver": "file", "path": f"{OUT}/shards/w"},
        "metadata": {
            "shape": [100, 70],
            "data_type": "float32",
            "fill_value": 1.5,
            "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [64, 64]}},
            "codecs": [
                {
                    "name": "sharding_indexed",
                    "configuration": {
                        "chunk_shape": [16, 32],
                        "codecs": [
                            {"name": "bytes", "configuration": {"endian": "big"}},
                            {"name": "zstd", "configuration": {"level": 3}},
                            {"name": "crc32c"},
                        ],
                        "index_codecs": [{"name": "bytes", "configuration": {"endian": "little"}}, {"name": "crc32c"}],
                        "index_location": "start",
                    },
                }
            ],
        },
    },
    create=True,
).result()
shards[5:35, 20:60] = rng.standard_normal((30, 40)).astype(np.float32)
expect("shards", {"w": shards.read().result()})

sparse = ts.open(
    {
        "driver": "zarr",
        "kvstore": {"driver": "file", "path": f"{OUT}/sparse/w"},
        "metadata": {
            "shape": [10, 7, 5],
            "dtype": ">i2",
            "chunks": [4, 3, 2],
            "fill_value": -3,
            "dimension_separator": "/",
            "compressor": {"id": "zstd", "level": 9},
        },
    },
    create=True,
).result()
sparse[2:5] = np.arange(105).reshape(3, 7, 5).astype(np.int16)
expect("sparse", {"w": sparse.read().result()})

for p in OUT.rglob("commit_success.txt"):
    p.write_text(re.sub(r"(to )/\S*/", r"\1/checkpoints/", p.read_text()))
(OUT / "expected.json").write_text(json.dumps(expected, indent=1, ensure_ascii=False) + "\n")
