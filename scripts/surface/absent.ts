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
    "a dtype that no array here has, or a class of Python's type system; `jnp.float32` and its like are strings":
      "character complex_ flexible float4_e2m1fn float6_e2m3fn float6_e3m2fn float8_e3m4 float8_e4m3 float8_e4m3b11fnuz float8_e4m3fn float8_e4m3fnuz float8_e5m2 float8_e5m2fnuz float8_e8m0fnu int1 int2 int4 object_ uint1 uint2 uint4 ComplexWarning",
    "complex numbers have no dtype here": "sort_complex",
    "the parts and neighbours of a float; `x.data` has the bits": "spacing",
    "Python's syntax of slices: an index is text here, as 1:3": "c_ index_exp mgrid ogrid r_ s_",
    "roots and eigenvalues may be complex": "roots",
    "files, buffers and strings": "from_dlpack frombuffer fromfile fromstring load save savez",
    "printing: `String(x)` and `console.log(x)` are NumPy's":
      "array_repr array_str get_printoptions printoptions set_printoptions",
    "functions over functions: JavaScript's own do": "frompyfunc ufunc",
    "Python's own protocols": "iterable",
    "the order of contraction is written in the string, from left to right": "einsum_path",
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
