"""Files of over 4 GiB between flaxen and the real libraries, in both directions.

npx tsx scripts/largefiles.ts write FILES
python test/golden/oracle_large.py read FILES
python test/golden/oracle_large.py write FILES
npx tsx scripts/largefiles.ts read FILES
"""

import pathlib, sys

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file

command, folder = sys.argv[1], pathlib.Path(sys.argv[2])
large = np.arange(225_000_000).astype(np.float32)
arrays = {**{f"a{i}": large for i in range(5)}, "z": np.array([1, 2, 3, 4], np.float32)}
safe, npz = folder / "large.safetensors", folder / "large.npz"

if command == "write":
    save_file(arrays, safe)
    np.savez(npz, **arrays)
else:
    with safe_open(safe, "np") as f:
        assert sorted(f.keys()) == sorted(arrays)
        assert all(np.array_equal(f.get_tensor(n), a) for n, a in arrays.items()), safe
    with np.load(npz) as z:
        assert sorted(z.files) == sorted(arrays)
        assert all(np.array_equal(z[n], a) for n, a in arrays.items()), npz
for path in (safe, npz):
    print(f"{path}: {path.stat().st_size / 2**30:.2f} GiB, {command}")
