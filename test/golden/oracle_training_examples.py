"""training_examples.json: the first losses of the examples of training, from their twins in examples/*.py.

    python test/golden/oracle_training_examples.py test/golden

On the first digits of golden/training/digits_3200.bin.gz, and on the LICENSE as a text.
"""

import gzip, json, pathlib, sys

import flax, jax, jax.numpy as jnp, numpy as np, optax
from flax import nnx

OUT, ROOT = pathlib.Path(sys.argv[1]), pathlib.Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "examples"))
import finetune, train_cnn, train_digits, train_gpt

raw = np.frombuffer(gzip.decompress((ROOT / "test/golden/training/digits_3200.bin.gz").read_bytes()), np.uint8)
images = jnp.asarray(raw[: 3200 * 784].reshape(-1, 28, 28, 1), jnp.float32) / 255
labels = jnp.asarray(raw[3200 * 784 :], jnp.int32)


def first(losses, n):
    return [next(losses) for _ in range(n)]


mlp = first(train_digits.train(train_digits.MLP(rngs=nnx.Rngs(0)), images[:640], labels[:640], 2, 64), 20)

run = train_cnn.Run()
cnn = first(run.train(images[:160], labels[:160], 2, 32), 10)

new = finetune.inverted(images[:640], labels[:640])
tuned = {way: list(finetune.train(finetune.pretrained(way), finetune.TRAINED[way], *new)) for way in finetune.TRAINED}

text = (ROOT / "LICENSE").read_text()
model = train_gpt.CharGPT(len(set(text)), 2, 2, 32, 64, 32, rngs=nnx.Rngs(0))
gpt = first(train_gpt.train(model, train_gpt.tokens_of(text), 20, 4, 32), 20)

meta = dict(jax=jax.__version__, flax=flax.__version__, optax=optax.__version__, numpy=np.__version__)
cases = [dict(mlp=mlp, cnn=cnn, accuracy=run.metrics.compute()["accuracy"].item(), **tuned, gpt=gpt)]
(OUT / "training_examples.json").write_text(json.dumps(dict(meta=meta, cases=cases), indent=1) + "\n")
