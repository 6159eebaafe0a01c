"""The twin of finetune.ts in Python: python examples/finetune.py FOLDER_OF_MNIST [lora|head]"""

import pathlib, sys

import jax, jax.numpy as jnp, optax
from flax import nnx
from safetensors.numpy import load_file

from train_cnn import DigitsCNN, accuracy_of
from train_digits import batches, digits

RANK = 8
TRAINED = dict(lora=nnx.LoRAParam, head=nnx.All(nnx.Param, nnx.PathContains("linear2")))


def pretrained(way):
    model = DigitsCNN(rngs=nnx.Rngs(0))
    file = load_file(pathlib.Path(__file__).parent / "models/digits/params.safetensors")
    for path, variable in nnx.to_flat_state(nnx.state(model, (nnx.Param, nnx.BatchStat))):
        variable[...] = jnp.asarray(file[".".join(map(str, path))])
    if way == "lora":
        rngs = nnx.Rngs(1)
        model.linear1 = nnx.LoRA(7 * 7 * 32, RANK, 64, base_module=model.linear1, rngs=rngs)
        model.linear2 = nnx.LoRA(64, RANK, 10, base_module=model.linear2, rngs=rngs)
    model.eval()
    return model


def inverted(images, labels):
    return images * -1 + 1, labels


def loss_fn(model, images, labels):
    return optax.softmax_cross_entropy_with_integer_labels(model(images), labels).mean()


def train(model, wrt, images, labels):
    optimizer = nnx.Optimizer(model, optax.adam(2e-3), wrt=wrt)

    @nnx.jit
    def train_step(model, optimizer, x, y):
        loss, grads = nnx.value_and_grad(loss_fn, argnums=nnx.DiffState(0, wrt))(model, x, y)
        optimizer.update(model, grads)
        return loss

    for x, y in batches((images, labels), 64, 1, jax.random.key(0)):
        yield train_step(model, optimizer, x, y).item()


if __name__ == "__main__":
    way = sys.argv[2] if len(sys.argv) > 2 else "lora"
    training, test = digits(sys.argv[1], 0, 10000)
    training, test, model = inverted(*training), inverted(*test), pretrained(way)
    print(f"black on white: {100 * accuracy_of(model, *test):.1f} % right before")
    losses = list(train(model, TRAINED[way], *training))
    print(f"step {len(losses)}  loss {losses[-1]:.4f}")
    print(f"black on white: {100 * accuracy_of(model, *test):.1f} % right after")
