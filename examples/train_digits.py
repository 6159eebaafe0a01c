"""The twin of train-digits.ts in Python: python examples/train_digits.py FOLDER_OF_MNIST [EPOCHS]"""

import pathlib, sys, time

import jax, jax.numpy as jnp, numpy as np, optax
from flax import nnx


class MLP(nnx.Module):
    def __init__(self, *, rngs: nnx.Rngs):
        self.linear1 = nnx.Linear(784, 256, rngs=rngs)
        self.linear2 = nnx.Linear(256, 10, rngs=rngs)

    def __call__(self, images):
        x = images.reshape((images.shape[0], -1))
        return self.linear2(nnx.relu(self.linear1(x)))


def loss_fn(model, images, labels):
    return optax.softmax_cross_entropy_with_integer_labels(model(images), labels).mean()


@nnx.jit
def train_step(model, optimizer, x, y):
    loss, grads = nnx.value_and_grad(loss_fn)(model, x, y)
    optimizer.update(model, grads)
    return loss


def batches(arrays, batch_size, epochs, key):
    """The batches of flaxen's data.batches: each epoch in an order of its own."""
    n = len(arrays[0])
    for epoch in range(epochs):
        order = jax.random.permutation(jax.random.fold_in(key, epoch), n)
        for i in range(0, n - batch_size + 1, batch_size):
            yield tuple(a[order[i : i + batch_size]] for a in arrays)


def train(model, images, labels, epochs, batch_size=128):
    optimizer = nnx.Optimizer(model, optax.adam(1e-3), wrt=nnx.Param)
    for x, y in batches((images, labels), batch_size, epochs, jax.random.key(0)):
        yield train_step(model, optimizer, x, y).item()


def digits(folder, start=0, end=55000):
    """MNIST as data.ts has it: (images, labels) to train on, from `start` to `end`, and of the test."""
    read = lambda name, axes: np.fromfile(pathlib.Path(folder) / name, np.uint8)[4 + 4 * axes :]
    images = lambda a: jnp.asarray(a.reshape(-1, 28, 28, 1), jnp.float32) / 255
    labels = lambda a: jnp.asarray(a, jnp.int32)
    return (
        (images(read("train-images-idx3-ubyte", 3))[start:end], labels(read("train-labels-idx1-ubyte", 1))[start:end]),
        (images(read("t10k-images-idx3-ubyte", 3)), labels(read("t10k-labels-idx1-ubyte", 1))),
    )


if __name__ == "__main__":
    training, test = digits(sys.argv[1])
    model, start = MLP(rngs=nnx.Rngs(0)), time.time()
    losses = list(train(model, *training, int(sys.argv[2]) if len(sys.argv) > 2 else 5))
    print(f"{len(losses)} steps in {time.time() - start:.1f} s, loss {np.mean(losses[-100:]):.4f}")
    print(f"held-out digits right: {100 * (model(test[0]).argmax(-1) == test[1]).mean():.1f} %")
