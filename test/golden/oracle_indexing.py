"""Golden values of indices of every pattern of numbers, slices, arrays and new axes: indexing.json.

usage: python oracle_indexing.py OUT
"""

import itertools

from cases import CASES, jnp, np, write

X = np.arange(24, dtype=np.int32).reshape(2, 2, 3, 2)
PARTS = {"n": 1, "s": slice(None, None, -1), "a": jnp.array([1, 0, 0]), "b": jnp.array([[1], [0]]), "+": None}

for length in range(1, 5):
    for pattern in itertools.product(PARTS, repeat=length):
        if length == 4 and "b" in pattern:
            continue
        index = tuple(PARTS[part] for part in pattern)
        got = jnp.asarray(X)[index]
        values = 100 + jnp.arange(got.size).reshape(got.shape)
        added = jnp.asarray(X).at[index].add(values)
        CASES.append(
            dict(
                pattern="".join(pattern),
                shape=list(got.shape),
                read=np.asarray(got).ravel().tolist(),
                added=np.asarray(added).ravel().tolist(),
            )
        )
write("indexing")
