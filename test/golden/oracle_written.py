"""written.json: hashes of files that flaxen wrote, after the real libraries have read every array of them.

    npx tsx test/weights/written.ts FILES
    python test/golden/oracle_written.py test/golden FILES

Also real_safetensors.json: what the real writer of safetensors makes, for the same bytes from ours.
"""

import base64, hashlib, io, json, pathlib, sys

import flax, ml_dtypes, numpy as np, safetensors
from flax import serialization
from safetensors import safe_open
from safetensors.numpy import save as real_save

OUT, FILES = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
META = dict(flax=flax.__version__, numpy=np.__version__, safetensors=safetensors.__version__)
DTYPES = ["float32", "bfloat16", "float16", "int32", "int16", "int8", "uint32", "uint16", "uint8", "bool"]
SHAPES = [(), (1,), (7,), (0, 3), (3, 4), (2, 3, 4), (300,), (1,) * 17]
NAMES = ["", "a b", 'q"uote', "ünï", "\U0001f600", "\uffee", "line\nbreak", "__proto__", "10", "9", "é"]


def made(shape, dtype):
    i = np.arange(int(np.prod(shape)))
    x = i * 37 % 101
    values = i % 3 == 0 if dtype == "bool" else (x - 50) / 8 if "float" in dtype else x
    return np.asarray(values).astype(dtype).reshape(shape)


def same(got, want, what):
    got = np.asarray(got)
    assert got.dtype == want.dtype and got.shape == want.shape, (what, got.dtype, got.shape, want.dtype, want.shape)
    assert got.tobytes() == want.tobytes(), what


def same_safetensors(path, want):
    with safe_open(path, "np") as f:
        assert sorted(f.keys()) == sorted(want), path
        for name, array in want.items():
            same(f.get_tensor(name), array, (path, name))
        return f.metadata()


all_ = {f"{d}.{i}.kernel": made(s, d) for d in DTYPES for i, s in enumerate(SHAPES)}
assert same_safetensors(FILES / "all.safetensors", all_) == {"format": "flax-nnx", "note": 'naïve "quoted"'}
assert same_safetensors(FILES / "names.safetensors", {n: made((i,), "float32") for i, n in enumerate(NAMES)}) is None
cast = {n: a.astype("bfloat16") if a.dtype in (np.float32, np.float16) else a for n, a in all_.items()}
same_safetensors(FILES / "bfloat16.safetensors", cast)

tree = serialization.msgpack_restore((FILES / "all.msgpack").read_bytes())
for name, array in all_.items():
    dtype, index, leaf = name.split(".")
    same(tree[dtype][index][leaf], array, ("msgpack", name))
nested = {}
for name, array in all_.items():
    dtype, index, leaf = name.split(".")
    nested.setdefault(dtype, {}).setdefault(index, {})[leaf] = array
assert serialization.msgpack_serialize(nested) == (FILES / "all.msgpack").read_bytes()
tree = serialization.msgpack_restore((FILES / "slashes.msgpack").read_bytes())
assert tree["a"]["b.c"]["d"] == 1 and tree["a"]["e"] == 2

numpys = {n: a.astype(np.float32) if a.dtype == ml_dtypes.bfloat16 else a for n, a in all_.items()}
with np.load(FILES / "all.npz") as z:
    assert sorted(z.files) == sorted(numpys)
    for name, array in numpys.items():
        same(z[name], array, ("npz", name))
for name, array in numpys.items():
    path = FILES / "npy" / f"{name}.npy"
    same(np.load(path), array, path)
    real = io.BytesIO()
    np.save(real, array)
    assert real.getvalue() == path.read_bytes(), path

index = json.loads((FILES / "sharded/model.safetensors.index.json").read_text())
for file in sorted(set(index["weight_map"].values())):
    same_safetensors(FILES / "sharded" / file, {n: all_[n] for n, f in index["weight_map"].items() if f == file})
assert sorted(index["weight_map"]) == sorted(all_)
assert index["metadata"]["total_size"] == sum(a.nbytes for a in all_.values())

hashes = {
    p.relative_to(FILES).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
    for p in sorted(FILES.rglob("*"))
    if p.is_file()
}
(OUT / "written.json").write_text(json.dumps(dict(meta=META, sha256=hashes), indent=1) + "\n")

floats = {n: a for n, a in all_.items() if a.dtype != ml_dtypes.bfloat16 and a.size < 100}
bytes_ = real_save(floats, metadata={"format": "np"})
(OUT / "real_safetensors.json").write_text(
    json.dumps(dict(meta=META, b64=base64.b64encode(bytes_).decode()), indent=1) + "\n"
)
print(len(hashes), "files read back")
