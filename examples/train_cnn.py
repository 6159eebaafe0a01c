"""The twin of train-cnn.ts in Python: python examples/train_cnn.py FOLDER_OF_MNIST [DIGITS_TO_TRAIN_ON]"""

import sys, time

import jax, jax.numpy as jnp, optax
from flax import nnx

from train_digits import batches, digits

PATIENCE, MAX_EPOCHS = 2, 20


class DigitsCNN(nnx.Module):
    def __init__(self, *, rngs: nnx.Rngs):
        self.conv1 = nnx.Conv(1, 16, kernel_size=(3, 3), rngs=rngs)
        self.bn1 = nnx.BatchNorm(16, rngs=rngs)
        self.conv2 = nnx.Conv(16, 32, kernel_size=(3, 3), rngs=rngs)
        self.linear1 = nnx.Linear(7 * 7 * 32, 64, rngs=rngs)
        self.dropout = nnx.Dropout(0.25, rngs=rngs)
        self.linear2 = nnx.Linear(64, 10, rngs=rngs)

    def __call__(self, x):
        x = nnx.relu(self.bn1(self.conv1(x)))
        x = nnx.avg_pool(x, (2, 2), strides=(2, 2))
        x = nnx.relu(self.conv2(x))
        x = nnx.avg_pool(x, (2, 2), strides=(2, 2))
        x = nnx.relu(self.linear1(x.reshape((x.shape[0], -1))))
        return self.linear2(self.dropout(x))


def loss_fn(model, images, labels):
    logits = model(images)
    return optax.softmax_cross_entropy_with_integer_labels(logits, labels).mean(), logits


@nnx.jit
def train_step(model, optimizer, metrics, x, y):
    (loss, logits), grads = nnx.value_and_grad(loss_fn, has_aux=True)(model, x, y)
    optimizer.update(model, grads)
    metrics.update(loss=loss, logits=logits, labels=y)
    return loss


class Run:
    def __init__(self):
        self.model = DigitsCNN(rngs=nnx.Rngs(0))
        self.optimizer = nnx.Optimizer(self.model, optax.adamw(1e-3), wrt=nnx.Param)
        self.metrics = nnx.MultiMetric(loss=nnx.metrics.Average("loss"), accuracy=nnx.metrics.Accuracy())

    def train(self, images, labels, epochs, batch_size):
        for x, y in batches((images, labels), batch_size, epochs, jax.random.key(0)):
            yield train_step(self.model, self.optimizer, self.metrics, x, y).item()


def accuracy_of(model, images, labels):
    right = [(model(images[i : i + 500]).argmax(-1) == labels[i : i + 500]).sum() for i in range(0, len(labels), 500)]
    return sum(right).item() / len(labels)


if __name__ == "__main__":
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10000
    (images, labels), test = digits(sys.argv[1])
    validation = digits(sys.argv[1], 55000, 60000)[0]
    run, best, since_best, steps = Run(), 0, 0, count // 64
    losses = run.train(images[:count], labels[:count], MAX_EPOCHS, 64)
    for epoch in range(MAX_EPOCHS):
        start = time.time()
        for _ in range(steps):
            next(losses)
        seen = run.metrics.compute()
        run.metrics.reset()
        still = nnx.view(run.model, deterministic=True, use_running_average=True)
        accuracy = accuracy_of(still, *validation)
        since_best = 0 if accuracy > best else since_best + 1
        best = max(best, accuracy)
        print(
            f"epoch {epoch + 1}  loss {seen['loss']:.4f}  accuracy {100 * seen['accuracy']:.1f} %  "
            f"{steps * 64 / (time.time() - start):.0f} images/s  validation {100 * best:.1f} % at best",
            flush=True,
        )
        if since_best >= PATIENCE:
            break
    run.model.eval()
    print(f"held-out digits right: {100 * accuracy_of(run.model, *test):.1f} %")
