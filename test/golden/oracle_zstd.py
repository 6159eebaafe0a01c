"""Compressed data of the zstd tool (1.5.x), with what each must become.

Usage: python oracle_zstd.py OUT (a JSON file).
"""

import base64, hashlib, json, random, struct, subprocess, sys

rng = random.Random(7)


def zstd(data, *args):
    return subprocess.run(["zstd", "-q", "-c", *args], input=data, capture_output=True, check=True).stdout


words = [bytes(rng.randrange(97, 123) for _ in range(rng.randrange(2, 9))) for _ in range(300)]
kinds = {
    "zeros": lambda n: bytes(n),
    "random": lambda n: rng.randbytes(n),
    "few": lambda n: bytes(int(rng.random() ** 3 * 5) for _ in range(n)),
    "skewed": lambda n: bytes(int(256 * rng.random() ** 6) for _ in range(n)),
    "text": lambda n: b" ".join(rng.choice(words) for _ in range(n // 4))[:n],
    "floats": lambda n: b"".join(struct.pack("<f", rng.gauss(0, 0.05)) for _ in range(n // 4 + 1))[:n],
    "ramp": lambda n: b"".join(struct.pack("<I", i * 3) for i in range(n // 4 + 1))[:n],
}
cases = []


def add(name, data, compressed):
    cases.append(
        {
            "name": name,
            "length": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
            "b64": base64.b64encode(compressed).decode(),
        }
    )


for kind, make in kinds.items():
    for size in (0, 1, 5, 6, 64, 255, 257, 1000, 5000):
        for args in (["-1"], ["-19", "--no-check"], ["--fast=7"]):
            data = make(size)
            add(f"{kind} {size} {' '.join(args)}", data, zstd(data, *args))
for kind, args in (
    ("zeros", ["-3"]),
    ("few", ["-3"]),
    ("text", ["-1"]),
    ("text", ["-19"]),
    ("ramp", ["--ultra", "-22"]),
    ("skewed", ["-12"]),
):
    data = kinds[kind](300_000 if kind in ("zeros", "ramp") else 140_000)
    if len(zstd(data, *args)) < 60_000:
        add(f"{kind} {len(data)} {' '.join(args)}", data, zstd(data, *args))
text = kinds["text"](5000)
add("two frames", text + text, zstd(text) * 2)
add(
    "a skippable frame between two",
    text + text,
    zstd(text) + struct.pack("<II", 0x184D2A53, 5) + b"hello" + zstd(text, "--no-check"),
)
add("a skippable frame alone", b"", struct.pack("<II", 0x184D2A50, 0))
add("no content size", text, zstd(text, "--no-content-size"))
far = rng.randbytes(70_000)
add("a match 70,000 back", far + far, zstd(far + far, "-19"))
json.dump({"cases": cases}, open(sys.argv[1], "w"), indent=0)
