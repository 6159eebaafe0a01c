/** Why a public name of Python's is not here, by namespace. A name has one reason; `docs/surface.md` shows it. */
export const ABSENT: Record<Namespace, Record<string, string>> = {
  nnx: {
    "gradients are out of scope: flaxen runs forward passes":
      "grad value_and_grad vjp jvp custom_vjp DiffState Perturbation",
    "one device, no sharding":
      "pmap shard_map StateSharding PARTITION_NAME abstract_with_sharding get_named_sharding get_partition_spec logical_axis_rules use_eager_sharding using_eager_sharding with_partitioning",
    "there is no tracer: code runs as it is written":
      "make_jaxpr checkify jit_partial cached_partial transform_metadata",
    "plumbing of Flax's own transforms":
      "MergeContext SplitContext UpdateContext NodeStates merge_context split_context update_context current_update_context prefix flatten unflatten to_tree from_tree",
    "graph mode is the only mode": "set_graph_mode set_graph_updates",
    "a typing or dataclass helper of Python": "A M dataclass Initializer",
    "deprecated upstream": "Data Static pure VariableMetadata with_metadata GraphState PureState unpack FlatState",
    "JAX's mutable references": "var_defaults vars_as with_vars",
    "a proxy for pure functions under jit: nnx.merge, a call and nnx.split say the same": "call",
    "a Module is the only tracked object": "Object Pytree check_pytree register_data_type",
  },
  random: {
    "JAX's primitive, not a function for users": "random_gamma_p",
    "there is one generator, threefry2x32": "key_impl key_dtype",
  },
  numpy: {
    "dtypes are strings here":
      "bfloat16 bool bool_ cdouble character complex128 complex64 complex_ complexfloating csingle double dtype flexible float16 float32 float4_e2m1fn float64 float6_e2m3fn float6_e3m2fn float8_e3m4 float8_e4m3 float8_e4m3b11fnuz float8_e4m3fn float8_e4m3fnuz float8_e5m2 float8_e5m2fnuz float8_e8m0fnu float_ floating generic inexact int1 int16 int2 int32 int4 int64 int8 int_ integer number object_ signedinteger single uint uint1 uint16 uint2 uint32 uint4 uint64 uint8 unsignedinteger ComplexWarning",
    "complex numbers have no dtype here":
      "angle conj conjugate imag iscomplex iscomplexobj isreal isrealobj real sort_complex",
    "no kernel gives the bits of XLA's, and forward passes do not need it":
      "acos acosh arccos arccosh arcsin arcsinh arctan arctan2 arctanh asin asinh atan atan2 atanh cbrt cosh sinh sinc i0 logaddexp2 float_power unwrap",
    "the parts and neighbours of a float; `x.data` has the bits":
      "frexp ldexp modf nextafter spacing bitwise_count packbits unpackbits",
    "another function here does it: abs, asarray, round, minimum, maximum, where, floorDivide and remainder":
      "fabs positive rint fmin fmax fmod heaviside divmod isneginf isposinf gcd lcm",
    "cumsum and cumprod do it": "cumulative_sum cumulative_prod nancumsum nancumprod",
    "moveaxis, reshape, concatenate and slices do it": "block rollaxis resize insert delete trim_zeros ediff1d",
    "`x.slice(mask)`, `x.slice(...index)` and `take` read":
      "choose compress extract mask_indices diag_indices diag_indices_from tril_indices_from triu_indices_from diagflat",
    "functions that write in place; `x.at(...index).set(value)` gives a new array":
      "fill_diagonal place put put_along_axis",
    "Python's syntax of slices: an index is text here, as 1:3":
      "c_ index_exp ix_ mgrid ogrid r_ s_ indices ravel_multi_index unravel_index",
    "sort, argsort and topK do it": "lexsort partition argpartition",
    "unique with its options does it":
      "unique_all unique_counts unique_inverse unique_values intersect1d setdiff1d setxor1d union1d",
    "the statistics of data analysis":
      "corrcoef cov median nanmedian nanpercentile nanquantile nanstd nanvar nanargmax nanargmin percentile quantile bincount digitize histogram histogram2d histogram_bin_edges histogramdd",
    "numerical analysis and geometry": "cross gradient interp trapezoid geomspace logspace vander",
    polynomials: "poly polyadd polyder polydiv polyfit polyint polymul polysub polyval roots",
    "signals and their windows; nnx.Conv convolves": "bartlett blackman convolve correlate hamming hanning kaiser",
    "files, buffers and strings": "from_dlpack frombuffer fromfile fromiter fromstring load save savez",
    "printing: `String(x)` and `console.log(x)` are NumPy's":
      "array_repr array_str get_printoptions printoptions set_printoptions",
    "functions over functions: JavaScript's own do":
      "apply_along_axis apply_over_axes fromfunction frompyfunc piecewise ufunc vectorize",
    "Python's own protocols": "isscalar iterable ndarray",
    "dtypes are strings here: compare them": "can_cast isdtype issubdtype",
    "the order of contraction is written in the string, from left to right": "einsum_path",
    "arrayEqual after broadcastArrays": "array_equiv",
  },
  optax: {
    "a type: states are plain objects, and TypeScript's types of these names say what they hold":
      "AdaptiveGradClipState AddDecayedWeightsState ApplyEvery ApplyIfFiniteState ClipByGlobalNormState ClipState ConditionallyMaskState ConditionallyTransformState EmaState FactoredState GradientTransformation GradientTransformationExtraArgs InjectHyperparamsState InjectStatefulHyperparamsState MaskOrFn MaskedState MultiStepsState MultiTransformState NonNegativeParamsState OptState Params PartitionState ScalarOrSchedule ScaleByAdaDeltaState ScaleByAdamState ScaleByAdanState ScaleByAmsgradState ScaleByBeliefState ScaleByLionState ScaleByNovogradState ScaleByRStdDevState ScaleByRmsState ScaleByRpropState ScaleByRssState ScaleByScheduleState ScaleByTrustRatioState ScaleState Schedule ShouldSkipUpdateFunction TraceState TransformInitFn TransformUpdateExtraArgsFn TransformUpdateFn Updates WrappedSchedule ZeroNansState",
    "second-order methods and line searches: they evaluate the loss several times a step":
      "ScaleByBacktrackingLinesearchState ScaleByLBFGSState ScaleByZoomLinesearchState ZoomLinesearchInfo lbfgs scale_by_backtracking_linesearch scale_by_lbfgs scale_by_zoom_linesearch value_and_grad_from_state",
    "noise and privacy": "AddNoiseState add_noise noisy_sgd per_example_global_norm_clip per_example_layer_norm_clip",
    "optimizers that few programs use":
      "LookaheadParams LookaheadState ScaleBySM3State lookahead scale_by_distance_over_gradients scale_by_sm3 sm3",
    "watching gradients: `optax.globalNorm`, and a transformation of the program's own":
      "MonitorState SnapshotState measure_with_ema monitor snapshot",
    "`optax.MultiSteps` gathers gradients": "microbatch",
    "`optax.tree.map` over the state does it": "tree_map_params",
    "every transformation takes extra arguments here": "with_extra_args_support",
    "deprecated upstream": "inject_stateful_hyperparams optimistic_adam",
    "numerical methods beside optimizers": "matrix_inverse_pth_root multi_normal nnls power_iteration",
    "a function of gradients, not of optimizers": "scale_gradient",
    "there are no complex numbers here: updateMoment does it": "update_moment_per_elem_norm",
  },
  contrib: {
    "a type: states are plain objects, and TypeScript's types of these names say what they hold":
      "COCOBState DAdaptAdamWState MadgradState MuonState ProdigyState ScaleByAdemamixState ScheduleFreeState",
    privacy: "DifferentiallyPrivateAggregateState differentially_private_aggregate dpsgd",
    Hessians: "HutchinsonState SophiaState hutchinson_estimator_diag_hessian sophia",
    "complex numbers have no dtype here": "SplitRealAndImaginaryState split_real_and_imaginary",
    "muon takes matrices here": "MuonDimensionNumbers",
    "optimizers that few programs use":
      "DoGState DoWGState GaLoreDimensionNumbers GaLoreState MechanicState MomoAdamState MomoState NormalizeState ReduceLROnPlateauState SAMState ScaleBySimplifiedAdEMAMixState dog dowg galore mechanize momo momo_adam normalize reduce_on_plateau sam scale_by_galore scale_by_simplified_ademamix simplified_ademamix",
  },
  losses: {
    "losses that few programs use":
      "binary_dice_loss dice_loss make_fenchel_young_loss multiclass_generalized_dice_loss multiclass_sparsemax_loss ranking_softmax_loss sparsemax_loss",
  },
  tree: {
    "complex numbers have no dtype here": "conj real update_moment_per_elem_norm",
    "a state is a plain object: its fields are read by name": "get get_all_with_path set",
    "`optax.tree.map` does it": "batch_shape map_params",
    "random.split and `optax.tree.map` do it": "random_like split_key_like unwrap_random_key_data",
  },
};

export type Namespace = "nnx" | "random" | "numpy" | "optax" | "contrib" | "losses" | "tree";
