"""The twin of train-gpt.ts in Python: python examples/train_gpt.py TEXT_FILE [STEPS]"""

import pathlib, sys, time

import jax, jax.numpy as jnp, numpy as np, optax
from flax import nnx


class MLP(nnx.Module):
    def __init__(self, features, hidden, *, rngs: nnx.Rngs):
        self.up = nnx.Linear(features, hidden, rngs=rngs)
        self.down = nnx.Linear(hidden, features, rngs=rngs)

    def __call__(self, x):
        return self.down(nnx.gelu(self.up(x)))


class Block(nnx.Module):
    def __init__(self, features, num_heads, hidden, *, rngs: nnx.Rngs):
        self.ln1 = nnx.LayerNorm(features, rngs=rngs)
        self.attn = nnx.MultiHeadAttention(num_heads, features, decode=False, rngs=rngs)
        self.ln2 = nnx.LayerNorm(features, rngs=rngs)
        self.mlp = MLP(features, hidden, rngs=rngs)
        self.dropout = nnx.Dropout(0.0, rngs=rngs)

    def __call__(self, x, mask):
        x = x + self.dropout(self.attn(self.ln1(x), mask=mask))
        return x + self.dropout(self.mlp(self.ln2(x)))


class CharGPT(nnx.Module):
    def __init__(
        self, vocab_size, num_layers=4, num_heads=4, features=128, mlp_features=512, context=128, *, rngs: nnx.Rngs
    ):
        self.embed = nnx.Embed(vocab_size, features, rngs=rngs)
        self.pos_embed = nnx.Embed(context, features, rngs=rngs)
        self.dropout = nnx.Dropout(0.0, rngs=rngs)
        self.blocks = nnx.List([Block(features, num_heads, mlp_features, rngs=rngs) for _ in range(num_layers)])
        self.ln_f = nnx.LayerNorm(features, rngs=rngs)

    def __call__(self, tokens):
        x = self.dropout(self.embed(tokens) + self.pos_embed(jnp.arange(tokens.shape[1])))
        mask = nnx.make_causal_mask(tokens)
        for block in self.blocks:
            x = block(x, mask)
        return self.embed.attend(self.ln_f(x))


def tokens_of(text):
    letters = "".join(sorted(set(text)))
    return jnp.asarray([letters.index(letter) for letter in text], jnp.int32)


def pieces_of(tokens, step, batch_size, length):
    starts = jax.random.randint(jax.random.fold_in(jax.random.key(0), step), (batch_size, 1), 0, tokens.size - length)
    return tokens[starts + jnp.arange(length + 1)]


def loss_fn(model, pieces):
    return optax.softmax_cross_entropy_with_integer_labels(model(pieces[:, :-1]), pieces[:, 1:]).mean()


@nnx.jit
def train_step(model, optimizer, pieces):
    loss, grads = nnx.value_and_grad(loss_fn)(model, pieces)
    optimizer.update(model, grads)
    return loss


def train(model, tokens, steps, batch_size=8, length=64):
    schedule = optax.warmup_cosine_decay_schedule(0.0, 2e-3, min(20, steps // 2), steps, 1e-4)
    tx = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(schedule, b2=0.99))
    optimizer = nnx.Optimizer(model, tx, wrt=nnx.Param)
    for step in range(steps):
        yield train_step(model, optimizer, pieces_of(tokens, step, batch_size, length)).item()


if __name__ == "__main__":
    text, start = pathlib.Path(sys.argv[1]).read_text(), time.time()
    model = CharGPT(len(set(text)), rngs=nnx.Rngs(0))
    losses = list(train(model, tokens_of(text), int(sys.argv[2]) if len(sys.argv) > 2 else 300))
    print(f"loss {losses[0]:.4f}, then {np.mean(losses[-20:]):.3f}, {len(losses) / (time.time() - start):.1f} steps/s")
