/**
 * What every engine computes: draws, keys and forward passes through the public API, folded bit by bit. Plain
 * JavaScript without an import, so that any engine runs this very file against any copy of the package.
 */

/** Counts around the sizes where lanes end and where the default backend changes hands. */
const COUNTS = [0, 1, 3, 4, 15, 16, 17, 1000];

/** [seed, inFeatures, features] */
const MODULES = [
  [0, 3, 4],
  [1, 1, 1],
  [7, 300, 33],
  [42, 16, 64],
  [-1, 65, 5],
  [123456789, 9, 0],
];

/** Signed zeros, the ends of the subnormals and of the normals, a NaN and the infinities. */
const EDGES = Float32Array.of(
  0,
  -0,
  2 ** -149,
  -(2 ** -149),
  2 ** -126 - 2 ** -149,
  2 ** -126,
  -(2 ** -127),
  1,
  -1.5,
  3.4028234663852886e38,
  Infinity,
  NaN,
  1e-30,
  -3e-20,
);
const FINITE_EDGES = EDGES.filter(Number.isFinite);

/**
 * @param flaxen the namespace object of the package under test
 * @param forced the backend to force; the default choice if undefined
 * @returns the backend and why, a digest of everything and one a section, and the kernel words of ModuleBasics(3, 4)
 *   of seed 0
 */
export function probe(flaxen, forced) {
  if (forced !== undefined) flaxen.useBackend(forced);
  const { name, reason } = flaxen.backend();
  const all = new Digest();
  const sections = Object.fromEntries(
    Object.entries(SECTIONS).map(([section, compute]) => {
      const digest = new Digest();
      compute(flaxen, digest);
      all.words([digest.word]);
      return [section, hex(digest.word)];
    }),
  );
  const { ModuleBasics, nnx } = flaxen;
  const kernel = new ModuleBasics(3, 4, new nnx.Rngs(0)).kernel.get().data;
  return { backend: name, reason, digest: hex(all.word), sections, kernel: Array.from(wordsOf(kernel), hex).join(" ") };
}

/**
 * The probe, and then products and training on two threads, if the engine shares memory, against the same on one.
 *
 * @returns as `probe`; how many threads there were, and whether the bits were those of one
 */
export async function probeWithThreads(flaxen, forced) {
  const found = probe(flaxen, forced);
  const alone = products(flaxen);
  const { threads, reason } = await flaxen.init({ threads: 2 });
  const sameBits = products(flaxen) === alone && trained(flaxen) === found.sections.training;
  await flaxen.init({ threads: 1 });
  return { ...found, reason: threads === 1 ? reason : found.reason, threads, sameBits };
}

/** A digest of products that are large enough to be shared, with weights that are kept and with fresh ones. */
function products({ random }) {
  const digest = new Digest();
  for (const [rows, n, m] of [
    [1, 600, 513],
    [33, 200, 129],
    [2000, 17, 20],
  ]) {
    const weights = random.normal(random.key(21), [n, m]);
    for (let call = 0; call < 3; call++) digest.array(random.normal(random.key(22 + call), [rows, n]).matmul(weights));
  }
  return digest.word;
}

/**
 * Trains an MLP for 50 steps, a CNN with BatchNorm and Dropout for 20, and a GPT for 20.
 *
 * @returns the digest of all losses, and of what the models and optimizers hold at the end
 */
export function trained(flaxen) {
  const digest = new Digest();
  SECTIONS.training(flaxen, digest);
  return hex(digest.word);
}

/** A module whose call is `forward(module, x)`, with the parts that `parts` has. */
function moduleOf({ nnx }, parts, forward) {
  class Model extends nnx.Module {
    constructor() {
      super();
      Object.assign(this, parts);
    }

    __call__(x) {
      return forward(this, x);
    }
  }
  return new Model();
}

function train({ nnx, optax }, digest, model, tx, steps, x, labels) {
  const optimizer = new nnx.Optimizer(model, tx, { wrt: nnx.Param });
  const lossAndGrad = nnx.valueAndGrad((own) => optax.softmaxCrossEntropyWithIntegerLabels(own(x), labels).mean());
  for (let step = 0; step < steps; step++) {
    const [loss, grads] = lossAndGrad(model);
    optimizer.update(model, grads);
    digest.array(loss);
  }
  for (const state of [nnx.state(model, nnx.Not(nnx.RngState)), nnx.state(optimizer)])
    for (const [, leaf] of state) digest.array(leaf.get());
}

const SECTIONS = {
  keys({ nnx, random }, digest) {
    for (const seed of [0, 7, -1, 2n ** 40n + 7n]) {
      const key = random.key(seed);
      digest.words(key.words);
      digest.words(random.split(key).words);
      digest.words(random.split(key, [3, 100]).words);
      for (const n of [0, 1, 2 ** 32 - 1]) digest.words(random.foldIn(key, n).words);
    }
    const rngs = new nnx.Rngs(0, { dropout: 7 });
    for (let i = 0; i < 3; i++) digest.words(rngs.params().words).words(rngs.dropout().words);
  },

  bits({ random }, digest) {
    for (const dtype of ["uint8", "uint16", "uint32"]) {
      for (const count of COUNTS) digest.words(random.bits(random.key(7), [count], dtype).data);
    }
  },

  uniform({ random }, digest) {
    const key = random.key(3);
    for (const count of COUNTS) digest.array(random.uniform(key, [count]));
    digest.array(random.uniform(key, [10, 100], { minval: -3.5, maxval: 2.25 }));
    digest.array(random.uniform(key, [1000], { minval: 1e-40, maxval: 1e-38 }));
  },

  normal({ random }, digest) {
    for (const seed of [0, 7]) {
      for (const count of COUNTS) digest.array(random.normal(random.key(seed), [count]));
    }
  },

  original({ config, random }, digest) {
    config.threefryPartitionable = false;
    try {
      const key = random.key(11);
      digest.words(random.split(key, 20).words).words(random.bits(key, [101], "uint8").data);
      digest.array(random.uniform(key, [999])).array(random.normal(key, [1000]));
    } finally {
      config.threefryPartitionable = true;
    }
  },

  modules({ moduleBasicsForward, random }, digest) {
    for (const [seed, inFeatures, features] of MODULES) {
      digest.array(moduleBasicsForward(seed, random.normal(random.key(1), [inFeatures]), features));
    }
  },

  matvec({ random }, digest) {
    const weights = random.normal(random.key(5), [257, 129]);
    const x = random.normal(random.key(6), [257]);
    // A backend may keep prepared weights after the first calls, and must drop them once the data can be written.
    for (let call = 0; call < 3; call++) digest.array(x.matmul(weights));
    weights.data[0] = 100;
    digest.array(x.matmul(weights));
    weights.data[129] = -100;
    digest.array(x.matmul(weights));
    digest.array(random.normal(random.key(8), [5, 33]).matmul(random.normal(random.key(9), [33, 17])));
  },

  edges({ numpy, random }, digest) {
    for (const edges of [EDGES, FINITE_EDGES]) {
      const column = numpy.array(edges);
      const weights = numpy
        .array(Float32Array.from({ length: edges.length * 13 }, (_, i) => edges[(i * 5 + 3) % edges.length]))
        .reshape([edges.length, 13]);
      digest.array(column.matmul(weights)).array(column.matmul(weights));
    }
    const tiny = numpy.array(Float32Array.from({ length: 9 }, (_, i) => (i - 4) * 2 ** -140));
    digest.array(tiny.matmul(random.normal(random.key(10), [9, 21])));
  },

  elementwise({ numpy, random }, digest) {
    const a = numpy.array(EDGES);
    const b = random.normal(random.key(12), [EDGES.length]);
    digest
      .array(a.add(b))
      .array(a.sub(b))
      .array(a.mul(b))
      .array(a.div(b))
      .array(a.mul(a))
      .array(a.div(3))
      .array(b.div(numpy.sqrt(7)));
    digest
      .array(numpy.sqrt(a))
      .array(numpy.negative(a))
      .array(numpy.divide(1, numpy.sqrt(a)));
  },

  /** Sizes at which the default choice goes to WebAssembly, operands of every shape that is read in its own way. */
  pairs({ numpy, random }, digest) {
    const x = numpy
      .concatenate([random.normal(random.key(23), [19, 49]).flatten(), EDGES])
      .slice("5:905")
      .reshape([9, 10, 10]);
    const others = [
      2,
      0,
      random.normal(random.key(24), [10]),
      random.normal(random.key(25), [10, 1]),
      random.normal(random.key(26), [9, 1, 10]),
      random.normal(random.key(27), [9, 10, 10]),
    ];
    for (const other of others) {
      for (const name of ["add", "subtract", "multiply", "divide", "maximum", "minimum"])
        digest.array(numpy[name](x, other)).array(numpy[name](other, x));
      for (const name of ["equal", "notEqual", "less", "lessEqual", "greater", "greaterEqual"])
        digest.words(numpy[name](x, other).data).words(numpy[name](other, x).data);
      digest.array(numpy.where(x.gt(other), x, other)).array(x.clip(-1, other));
    }
    for (const name of ["sign", "floor", "ceil", "trunc", "round", "abs", "negative", "square", "reciprocal"])
      digest.array(numpy[name](x));
    digest
      .words(numpy.argsort(x, { axis: 0 }).data)
      .array(numpy.sort(x.flatten(), { descending: true }))
      .array(numpy.topK(x.flatten(), 40)[0])
      .array(numpy.roll(x, 7, 1))
      .array(x.T);
  },

  /** So many elements that a module of fused multiply-adds takes over, where the engine has them. */
  fused({ config, nnx, numpy, random }, digest) {
    const x = random.normal(random.key(30), [280, 500]).mul(8);
    digest.array(numpy.exp(x));
    const few = numpy.concatenate([x.slice(":4").flatten(), EDGES]);
    for (const name of ["exp", "expm1", "log", "log1p", "tanh"]) digest.array(numpy[name](few));
    for (const name of ["celu", "elu", "gelu", "selu", "sigmoid", "silu", "softplus"]) digest.array(nnx[name](few));
    digest
      .array(nnx.gelu(few, { approximate: false }))
      .array(nnx.celu(few, -0.3))
      .array(nnx.softmax(x.slice(":4")))
      .array(nnx.logSoftmax(x.slice(":7").reshape([2, 1750])));
    config.products = "fused";
    try {
      const [image, rngs] = [x.slice(":2").reshape([1, 10, 10, 10]), new nnx.Rngs(0)];
      digest
        .array(x.slice(":5").matmul(x.reshape([500, 280])))
        .array(x.slice(0).matmul(x.reshape([500, 280])))
        .array(new nnx.Conv(10, 12, [3, 3], { rngs })(image));
    } finally {
      config.products = "rounded";
    }
  },

  activations({ config, nnx, numpy, random }, digest) {
    const x = numpy.concatenate([random.normal(random.key(28), [300]).mul(5), EDGES]);
    for (const profile of ["fma", "nofma"]) {
      config.profile = profile;
      for (const name of [
        "celu",
        "elu",
        "gelu",
        "hardSilu",
        "hardTanh",
        "leakyRelu",
        "logSigmoid",
        "logSoftmax",
        "relu",
        "relu6",
        "selu",
        "silu",
        "softSign",
        "softplus",
      ])
        digest.array(nnx[name](x));
      digest
        .array(nnx.gelu(x, { approximate: false }))
        .array(nnx.glu(x.reshape([2, 157]), 0))
        .array(nnx.standardize(x.slice(":300").reshape([3, 100])));
    }
    config.profile = "fma";
  },

  norms({ nnx, random }, digest) {
    const rngs = new nnx.Rngs(0);
    const image = random.normal(random.key(29), [3, 7, 5, 24]).mul(3).add(1);
    for (const axis of [-1, 1]) {
      const norm = new nnx.BatchNorm(image.shape.at(axis), { axis, rngs });
      digest.array(norm(image)).array(norm.var.get());
      norm.eval();
      digest.array(norm(image));
    }
    for (const numGroups of [1, 3, 24]) digest.array(new nnx.GroupNorm(24, { numGroups, rngs })(image));
    digest
      .array(new nnx.InstanceNorm(24, { rngs })(image))
      .array(new nnx.LayerNorm(24, { reductionAxes: [-2, -1], rngs })(image))
      .array(new nnx.RMSNorm(24, { rngs })(image));
    for (const axis of [0, [1, 2], [0, 3], undefined])
      digest
        .array(image.max(axis))
        .array(image.min(axis))
        .array(image.std(axis))
        .array(image.prod(axis))
        .words(image.gt(0).any(axis).data);
  },

  nan({ numpy }, digest) {
    // Engines lose the sign of a NaN that they read, and processors give one that they make different signs.
    const signed = numpy.array(new Float32Array(Uint32Array.of(0x7fc00000, 0xffc00000).buffer));
    const made = [
      numpy.subtract([Infinity], [Infinity]),
      numpy.divide([0], [0]),
      numpy.sqrt([-1]),
      numpy.negative([NaN]),
    ];
    const x = numpy.concatenate([signed, ...made, EDGES]);
    const [values, places] = numpy.topK(x, 9);
    digest
      .array(values)
      .words(places.data)
      .words(numpy.argsort(x).data)
      .words(numpy.signbit(x).data)
      .array(numpy.copysign(2, x));
    digest
      .array(numpy.sort(x))
      .array(numpy.unique(x))
      .array(numpy.maximum(x, 0))
      .words([numpy.argmax(x).item(), numpy.argmin(x).item()]);
  },

  functions({ config, numpy, random }, digest) {
    const x = random.normal(random.key(13), [300]).mul(4);
    for (const profile of ["fma", "nofma"]) {
      config.profile = profile;
      for (const name of ["exp", "expm1", "log", "log1p", "tanh", "erf", "erfInv", "logistic", "sin", "cos", "tan"])
        digest.array(numpy[name](x));
      for (const count of COUNTS) digest.array(random.truncatedNormal(random.key(14), -2, 2, [count]));
    }
    config.profile = "fma";
    digest.array(numpy.power(numpy.abs(x), 0.3)).array(random.gamma(random.key(15), 1.5, [100]));
  },

  reductions({ numpy, random }, digest) {
    const x = random.normal(random.key(16), [7, 33, 19]);
    for (const axis of [0, 1, 2, [0, 2], undefined])
      digest
        .array(numpy.sum(x, axis))
        .array(numpy.var(x, axis))
        .array(numpy.max(x, axis))
        .array(numpy.logsumexp(x, axis));
    digest
      .array(numpy.cumsum(x, 1))
      .array(numpy.sort(x, 1))
      .array(numpy.einsum("aij,bij->ab", x, x))
      .array(numpy.sum(numpy.array(EDGES)));
  },

  products({ numpy, random }, digest) {
    const w = random.normal(random.key(17), [131, 70]);
    for (const rows of [1, 2, 3, 4, 5, 8, 9, 33]) {
      const x = random.normal(random.key(rows), [rows, 131]);
      for (let call = 0; call < 3; call++) digest.array(x.matmul(w));
    }
    digest.array(numpy.matmul(random.normal(random.key(18), [2, 5, 31]), random.normal(random.key(19), [2, 31, 12])));
  },

  layers({ nnx, numpy, random }, digest) {
    const rngs = new nnx.Rngs(0);
    const image = random.normal(random.key(20), [2, 9, 10, 3]);
    const tokens = random.normal(random.key(21), [2, 6, 16]);
    const conv = new nnx.Conv(3, 5, [3, 3], { rngs });
    const norm = new nnx.BatchNorm(5, { rngs });
    digest.array(nnx.maxPool(nnx.gelu(norm(conv(image))), [2, 2], { strides: [2, 2] })).array(norm.mean.get());
    digest
      .array(new nnx.ConvTranspose(3, 4, [3, 3], { strides: [2, 2], rngs })(image))
      .array(new nnx.GroupNorm(16, { numGroups: 4, rngs })(tokens));
    digest.array(
      new nnx.MultiHeadAttention(4, 16, { decode: false, normalizeQk: true, rngs })(tokens, undefined, undefined, {
        mask: nnx.makeCausalMask(numpy.ones([2, 6])),
      }),
    );
    digest
      .array(nnx.softmax(new nnx.LayerNorm(16, { rngs })(tokens)))
      .array(new nnx.RNN(new nnx.LSTMCell(16, 8, { rngs }))(tokens));
    digest
      .array(new nnx.Dropout(0.4, { rngs })(tokens))
      .array(new nnx.Embed(9, 4, { rngs })(new Int32Array([0, 8, 3])));
  },

  training(flaxen, digest) {
    const { nnx, numpy, optax, random } = flaxen;
    const rngs = new nnx.Rngs(0);
    const labels = (n, classes) => numpy.array(Int32Array.from({ length: n }, (_, i) => (i * i + 3 * i) % classes));

    const dense = { first: new nnx.Linear(64, 96, { rngs }), last: new nnx.Linear(96, 10, { rngs }) };
    const mlp = moduleOf(flaxen, dense, ({ first, last }, x) => last(nnx.relu(first(x))));
    train(flaxen, digest, mlp, optax.adam(1e-2), 50, random.normal(random.key(30), [64, 64]), labels(64, 10));

    const convolutional = {
      first: new nnx.Conv(1, 8, [3, 3], { rngs }),
      norm: new nnx.BatchNorm(8, { rngs }),
      second: new nnx.Conv(8, 8, [3, 3], { rngs }),
      dropout: new nnx.Dropout(0.25, { rngs }),
      last: new nnx.Linear(72, 10, { rngs }),
    };
    const halved = (x) => nnx.maxPool(x, [2, 2], { strides: [2, 2] });
    const cnn = moduleOf(flaxen, convolutional, ({ first, norm, second, dropout, last }, images) => {
      const x = halved(nnx.relu(second(halved(nnx.relu(norm(first(images)))))));
      return last(dropout(x.reshape([x.shape[0], -1])));
    });
    const images = random.normal(random.key(31), [8, 12, 12, 1]);
    train(flaxen, digest, cnn, optax.sgd(0.05, { momentum: 0.9 }), 20, images, labels(8, 10));

    const decoder = {
      tokens: new nnx.Embed(40, 32, { rngs }),
      norm: new nnx.LayerNorm(32, { rngs }),
      attention: new nnx.MultiHeadAttention(4, 32, { decode: false, rngs }),
      mlpNorm: new nnx.RMSNorm(32, { rngs }),
      up: new nnx.Linear(32, 64, { rngs }),
      down: new nnx.Linear(64, 32, { rngs }),
      head: new nnx.Linear(32, 40, { rngs }),
    };
    const gpt = moduleOf(flaxen, decoder, ({ tokens, norm, attention, mlpNorm, up, down, head }, text) => {
      const x = tokens(text);
      const y = x.add(attention(norm(x), { isCausal: true }));
      return head(y.add(down(nnx.gelu(up(mlpNorm(y))))));
    });
    const clipped = optax.chain(optax.clipByGlobalNorm(1), optax.adamw(optax.linearSchedule(1e-2, 1e-3, 20)));
    train(flaxen, digest, gpt, clipped, 20, labels(16, 40), labels(17, 40).slice("1:"));
  },
};

/** FNV-1a over the elements' words, least significant byte first whatever the machine's order. */
class Digest {
  #hash = 0x811c9dc5;

  /** An array's elements, as they lie in memory, every NaN made 0x7FC00000: engines differ in its sign and payload. */
  array(array) {
    return this.words(wordsOf(array.data).map((word) => ((word & 0x7fffffff) > 0x7f800000 ? 0x7fc00000 : word)));
  }

  words(words) {
    for (const word of words) {
      for (let shift = 0; shift < 32; shift += 8)
        this.#hash = Math.imul(this.#hash ^ ((word >>> shift) & 0xff), 0x01000193);
    }
    return this;
  }

  get word() {
    return this.#hash >>> 0;
  }
}

function wordsOf({ buffer, byteOffset, length }) {
  return new Uint32Array(buffer, byteOffset, length);
}

function hex(word) {
  return word.toString(16).padStart(8, "0");
}
