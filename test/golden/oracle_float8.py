"""float8.json: what each 8-bit float of ml_dtypes is, all 256 of them, as float32.

python test/golden/oracle_float8.py OUT_DIR
"""

import base64, json, sys, warnings

import ml_dtypes
import numpy as np

warnings.simplefilter("ignore")

NAMES = ["float8_e4m3fn", "float8_e5m2", "float8_e8m0fnu", "float8_e4m3fnuz", "float8_e5m2fnuz"]
bits = np.arange(256, dtype=np.uint8)
tables = {name: bits.view(getattr(ml_dtypes, name)).astype(np.float32) for name in NAMES}
with open(f"{sys.argv[1]}/float8.json", "w") as out:
    meta = dict(ml_dtypes=ml_dtypes.__version__, numpy=np.__version__)
    json.dump(
        dict(meta=meta, tables={k: base64.b64encode(v.tobytes()).decode() for k, v in tables.items()}), out, indent=1
    )
    out.write("\n")
