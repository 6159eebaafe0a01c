"""Defaults of optax's functions, and five updates of each optimizer with each option away from its default.

    python oracle_optax.py OUT_DIR

Gradients and parameters are those of `training/optimizers.json`. `updates` are the leaves of all five, one after the
other, as float32. Names are flaxen's.
"""

import base64, inspect, json, os, re, sys

os.environ["JAX_PLATFORMS"] = "cpu"

import numpy as np
import jax, jax.numpy as jnp, optax

OUT = sys.argv[1]
RECORDED = json.load(open(os.path.join(OUT, "training", "optimizers.json")))

NAMES = """
adabelief adadelta adafactor adagrad adam adamax adamaxw adamw adan adaptiveGradClip addDecayedWeights amsgrad applyEvery
clip clipByBlockRms clipByGlobalNorm constantSchedule cosineDecaySchedule cosineOnecycleSchedule ema exponentialDecay
fromage lamb lars linearOnecycleSchedule linearSchedule lion nadam nadamw normalizeByUpdateNorm novograd
optimisticAdamV2 optimisticGradientDescent piecewiseConstantSchedule piecewiseInterpolateSchedule polyakSgd
polynomialSchedule radam rmsprop rprop scale scaleByAdadelta scaleByAdam scaleByAdamax scaleByAdan scaleByAmsgrad
scaleByBelief scaleByFactoredRms scaleByLearningRate scaleByLion scaleByNovograd scaleByOptimisticGradient
scaleByParamBlockNorm scaleByParamBlockRms scaleByPolyak scaleByRadam scaleByRms scaleByRprop scaleByRss scaleBySchedule
scaleByStddev scaleByTrustRatio scaleByYogi sgd sgdrSchedule signSgd signum trace warmupConstantSchedule
warmupCosineDecaySchedule warmupExponentialDecaySchedule yogi contrib.acprop contrib.ademamix contrib.adopt
contrib.cocob contrib.dadaptAdamw contrib.madgrad contrib.muon contrib.prodigy contrib.scaleByAcprop
contrib.scaleByAdemamix contrib.scaleByAdopt contrib.scaleByCocob contrib.scaleByMadgrad contrib.scaleByMuon
contrib.scheduleFreeAdamw contrib.scheduleFreeSgd
""".split()

# Values that are no default of these options anywhere.
VALUES = dict(
    b1=0.8, b2=0.7, b3=0.6, eps=0.02, epsRoot=0.03, weightDecay=0.1, rho=0.8, initialAccumulatorValue=0.3, decay=0.6,
    initialScale=0.5, momentum=0.7, alpha=0.5, beta=0.6, etaMinus=0.4, etaPlus=1.3, minStepSize=0.06, maxStepSize=0.12,
    minNorm=0.5, trustCoefficient=0.1, threshold=3.0, minScale=0.9, fMin=0.3, scaling=0.5, variant="sps+",
    maxLearningRate=0.01, factored=False, decayRate=0.6, decayOffset=-2, stepOffset=-2, multiplyByParameterScale=False,
    clippingThreshold=0.5, weightDecayRate=0.1, epsilon=0.1, betas=[0.8, 0.7], beta3=0.6, estimLr0=0.01,
    estimLrCoef=1e5, safeguardWarmup=True, warmupSteps=3, weightLrPower=1.0, nsCoeffs="dion", nsSteps=3, adaptive=True,
    preconditioning="aol", adamB1=0.8, adamB2=0.7, adamEpsRoot=0.03, adamWeightDecay=0.1, adamLearningRate=0.3,
    consistentRms=0.2, useClipping=False, scaleFactor=0.5, learningRate=0.2, k=2, nesterov=True, centered=True,
    epsInSqrt=False, biasCorrection=True, biasCorrectionMu=False, biasCorrectionNu=False, debias=False, flipSign=False,
    muDtype="bfloat16", accumulatorDtype="bfloat16",
)  # fmt: skip
REQUIRED = dict(learningRate=0.1, clipping=0.05, threshold=0.3, maxNorm=0.5, maxDelta=0.5, decay=0.8, stepSize=-0.1)
# Beside the option: what it has no effect without.
BESIDE = {
    "rmsprop.nesterov": dict(momentum=0.7),
    "sgd.nesterov": dict(momentum=0.7),
    "sgd.accumulatorDtype": dict(momentum=0.7),
    "adafactor.decayRate": dict(minDimSizeToFactor=2),
    "adafactor.decayOffset": dict(minDimSizeToFactor=2),
    "adafactor.eps": dict(minDimSizeToFactor=2),
    "adafactor.multiplyByParameterScale": dict(minDimSizeToFactor=2),
    "scaleByFactoredRms.decayRate": dict(minDimSizeToFactor=2),
    "scaleByFactoredRms.stepOffset": dict(minDimSizeToFactor=2),
    "scaleByFactoredRms.epsilon": dict(minDimSizeToFactor=2),
    "scaleByFactoredRms.factored": dict(minDimSizeToFactor=2),
    "scaleByPolyak.fMin": dict(maxLearningRate=9.0),
    "scaleByPolyak.eps": dict(maxLearningRate=9.0),
    "polyakSgd.fMin": dict(maxLearningRate=9.0),
    "polyakSgd.eps": dict(maxLearningRate=9.0),
    "scaleByPolyak.variant": dict(fMin=2.0),
    "polyakSgd.variant": dict(fMin=2.0),
    "scaleByLearningRate.flipSign": dict(learningRate=0.1),
    "contrib.prodigy.beta3": dict(estimLrCoef=1e5),
    "contrib.prodigy.safeguardWarmup": dict(estimLrCoef=1e5),
    **{f"{name}.{option}": dict(threshold=1.0) for name in ("radam", "scaleByRadam") for option in ("b2", "eps", "epsRoot")},
}
MORE = [
    ("scaleByLion", dict(mode="smooth", smoothBeta=2.0)),
    ("contrib.scaleByMuon", dict(preconditioning="schatten")),
    ("contrib.muon", dict(preconditioning="schatten")),
    ("contrib.muon", dict(nsCoeffs=[3.0, -4.0, 2.0])),
    ("scaleByFactoredRms", dict(minDimSizeToFactor=2)),
    ("adafactor", dict(minDimSizeToFactor=2)),
    ("adaptiveGradClip", dict(eps=2.0)),
    ("contrib.muon", dict(preconditioning="aol", nesterov=False)),
]


def snake(name):
    return re.sub("[A-Z]", lambda found: "_" + found[0].lower(), name)


def camel(name):
    return re.sub("_([a-z0-9])", lambda found: found[1].upper(), name)


def function(name):
    space = optax
    for part in name.split("."):
        space = getattr(space, snake(part))
    return space


def parameters(name):
    return {camel(p.name): p for p in inspect.signature(function(name)).parameters.values()}


def plain(value):
    if value is inspect.Parameter.empty:
        return "required"
    if value in (jnp.float32, np.float32):
        return "float32"
    if isinstance(value, tuple):
        return list(value)
    return value if value is None or isinstance(value, (bool, int, float, str)) else "other"


def revive(x):
    if "b64" in x:
        return jnp.asarray(np.frombuffer(base64.b64decode(x["b64"]), x["dtype"]).reshape(x["shape"]))
    return {name: revive(leaf) for name, leaf in x.items()}


STORED = RECORDED["cases"][0]["params"]
PARAMS = revive(STORED)
GRADS = [revive(grads) for grads in RECORDED["grads"]]


def updates(name, options, params=PARAMS):
    given = {snake(k): tuple(map(float, v)) if isinstance(v, list) else v for k, v in options.items()}
    for dtype in ("mu_dtype", "accumulator_dtype"):
        if dtype in given:
            given[dtype] = jnp.bfloat16
    if name == "contrib.scaleByMuon":
        given["weight_dimension_numbers"] = {"a": optax.contrib.MuonDimensionNumbers()}
    tx = optax.with_extra_args_support(function(name)(**given))
    keep = lambda tree: {k: v for k, v in tree.items() if k in params}
    state = tx.init(params)
    out = []
    for grads in GRADS:
        u, state = tx.update(keep(grads), state, params, value=jnp.float32(1.25))
        params = optax.apply_updates(params, u)
        out += [np.asarray(u[leaf], np.float32).ravel() for leaf in sorted(u)]
    return np.concatenate(out)


cases = []
for name in NAMES:
    if "chedule" in name and "Free" not in name or name == "exponentialDecay":
        continue
    known = parameters(name)
    required = {k: REQUIRED[k] for k, p in known.items() if p.default is inspect.Parameter.empty}
    params = {"a": PARAMS["a"]} if name == "contrib.scaleByMuon" else PARAMS
    changed = [{k: (not p.default) if isinstance(p.default, bool) else VALUES[k]} for k, p in known.items() if k in VALUES]
    changed = [{**BESIDE.get(f"{name}.{next(iter(one))}", {}), **one} for one in changed if not required.keys() & one]
    changed += [options for other, options in MORE if other == name]
    plainly = updates(name, required, params)
    cases.append(dict(optimizer=name, options=required, updates=plainly))
    for options in changed:
        options = {**required, **options}
        try:
            got = updates(name, options, params)
        except TypeError as error:
            print("refused:", name, options, error)
            continue
        if np.array_equal(got, plainly) and "muDtype" not in options:
            print("no effect:", name, options)
            continue
        cases.append(dict(optimizer=name, options=options, updates=got))

for case in cases:
    case["updates"] = base64.b64encode(case["updates"].astype("<f4").tobytes()).decode()
defaults = {name: {k: plain(p.default) for k, p in parameters(name).items()} for name in NAMES}
meta = dict(jax=jax.__version__, optax=optax.__version__, numpy=np.__version__)
lines = ",\n".join(json.dumps(case) for case in cases)
given = ", ".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in (("params", STORED), ("grads", RECORDED["grads"])))
known = ",\n".join(f"{json.dumps(name)}: {json.dumps(of)}" for name, of in defaults.items())
with open(os.path.join(OUT, "training", "optimizer_options.json"), "w") as file:
    file.write(f'{{\n"meta": {json.dumps(meta)},\n{given},\n"defaults": {{\n{known}\n}},\n"cases": [\n{lines}\n]\n}}\n')
print(len(cases), "cases")
