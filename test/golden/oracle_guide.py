"""Runs the Python of a page of the guide: its blocks are one program, and `expression  # => value` is checked.

    VENV/bin/python test/golden/oracle_guide.py docs/from-flax.md test/golden/guide

runs it in test/golden/guide, where the files that it writes stay for the page's TypeScript.

    FLAXEN_GUIDE_FILES=FILES npx vitest run test/meta/examples.test.ts
    VENV/bin/python test/golden/oracle_guide.py docs/back-to-python.md FILES --read test/golden/guide/read.json

runs a page that reads what TypeScript wrote, and adds the hashes of the files that it reads to a record. What stands
under a heading `## Back` is run only so.

docs/from-pytorch.md and docs/from-hugging-face.md need torch and transformers.
"""

import argparse, hashlib, json, os, pathlib, re

import numpy as np

ap = argparse.ArgumentParser()
ap.add_argument("page")
ap.add_argument("folder")
ap.add_argument("--read", default="")
args = ap.parse_args()

BLOCK = re.compile(r"^```python\n(.*?)^```", re.M | re.S)
text = pathlib.Path(args.page).read_text()
code = "\n".join(BLOCK.findall(text if args.read else text.split("\n## Back")[0]))
record = pathlib.Path(args.read).resolve() if args.read else None
os.chdir(args.folder)
before = {p.as_posix(): p.stat().st_mtime_ns for p in pathlib.Path().rglob("*") if p.is_file()}
checks = 0


def same(got, want):
    if isinstance(want, (list, tuple)):
        return len(got) == len(want) and all(map(same, got, want))
    return abs(got - want) <= 1e-6 if isinstance(want, float) else got == want


def check(line, got, want):
    global checks
    checks += 1
    assert same(got, want), f"{line}: got {got}, expected {want}"


program = re.sub(r"^(\S.*?\S)\s+# => (.*)$", lambda m: f"check({m[1]!r}, {m[1]}, {m[2]})", code, flags=re.M)
exec(compile(program, args.page, "exec"), {"check": check})
# Orbax writes down where the checkpoint was made.
for p in pathlib.Path().rglob("commit_success.txt"):
    p.write_text(re.sub(r"(to )/\S*/", r"\1/", p.read_text()))
if record:
    names = [n for n in sorted(before) if f"'{n}'" in code and pathlib.Path(n).stat().st_mtime_ns == before[n]]
    hashes = {n: hashlib.sha256(pathlib.Path(n).read_bytes()).hexdigest() for n in names}
    record.write_text(json.dumps({**json.loads(record.read_text()), **hashes}, indent=1, sort_keys=True) + "\n")
print(args.page, checks, "values checked;", *(["read", *names] if record else []))
