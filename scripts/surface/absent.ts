/** Why a public name of Python's is not here, by namespace. A name has one reason; `docs/surface.md` shows it. */
export const ABSENT: Record<Namespace, Record<string, string>> = {
  nnx: {
    "one device, no sharding":
      "pmap shard_map StateSharding PARTITION_NAME abstract_with_sharding get_named_sharding " +
      "get_partition_spec logical_axis_rules use_eager_sharding using_eager_sharding with_partitioning",
    "there is no tracer: code runs as it is written": "make_jaxpr checkify jit_partial transform_metadata",
    "plumbing of Flax's own transforms":
      "MergeContext SplitContext UpdateContext NodeStates merge_context split_context update_context " +
      "current_update_context prefix flatten unflatten to_tree from_tree",
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
      "character complex_ flexible float4_e2m1fn float6_e2m3fn float6_e3m2fn float8_e3m4 float8_e4m3 " +
      "float8_e4m3b11fnuz float8_e4m3fn float8_e4m3fnuz float8_e5m2 float8_e5m2fnuz float8_e8m0fnu int1 int2 " +
      "int4 object_ uint1 uint2 uint4 ComplexWarning",
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
  jax: {
    "an older name of `jacrev`": "jacobian",
    "`jvp` is made of two reverse passes and needs no rules of its own": "custom_jvp softmax_custom_jvp",
    "another spelling of `customVjp`": "closure_convert custom_gradient",
    "`vjp` is linear in its cotangent": "fwd_and_bwd linear_transpose linearize",
    "`checkpoint` keeps the inputs, and no policy chooses more": "checkpoint_policies",
    "an array's `shape` and `dtype`, of `nnx.evalShape` too": "typeof",
    "there is no tracer: code runs as it is written":
      "ad check_tracer_leaks checking_leaks disable_jit ensure_compile_time_eval explain_cache_misses log_compiles " +
      "make_jaxpr make_user_context named_call named_scope no_execution no_tracing pure_callback clear_caches",
    "arrays are there when the call returns": "copy_to_host_async device_get",
    "one device, no sharding":
      "Device NamedSharding P Shard auto_pcast default_backend default_device device_count device_put devices " +
      "host_count host_id host_ids local_device_count local_devices make_array_from_callback " +
      "make_array_from_process_local_data make_array_from_single_device_arrays make_mesh memory pmap process_count " +
      "process_index process_indices remove_size_one_mesh_axis_from_type reshard set_mesh shard_map smap " +
      "transfer_guard transfer_guard_device_to_device transfer_guard_device_to_host transfer_guard_host_to_device",
    "JAX's mutable references": "Ref ds empty_ref free_ref freeze new_ref",
    "arrays are collected as other objects are": "array_garbage_collection_guard live_arrays",
    "64 bits are off for good; products are in full float32; one generator":
      "allow_f16_reductions default_matmul_precision default_prng_impl enable_custom_prng enable_x64 legacy_prng_key",
    "`config.threefryPartitionable`": "threefry_partitionable",
    "a check of JAX's own":
      "debug_key_reuse enable_checks numpy_dtype_promotion numpy_rank_promotion print_environment_info thread_guard",
    "integers have no gradient: null, with `allowInt`": "float0",
    TensorFlow: "jax2tf_associative_scan_reductions",
  },
  nn: {
    "scaled products of 8-bit floats, which no array here has":
      "get_scaled_dot_general_config scaled_dot_general scaled_matmul",
  },
  lax: {
    "JAX's primitives, not functions for users":
      "abs_p acos_p acosh_p add_p after_all_p all_gather_p all_to_all_p and_p approx_top_k_p argmax_p " +
      "argmin_p asin_p asinh_p atan2_p atan_p atanh_p axis_index_p bessel_i0e_p bessel_i1e_p " +
      "bitcast_convert_type_p broadcast_in_dim_p cbrt_p ceil_p clamp_p clz_p complex_p concatenate_p cond_p " +
      "conj_p conv_general_dilated_p convert_element_type_p copy_p cos_p cosh_p create_token_p cumlogsumexp_p " +
      "cummax_p cummin_p cumprod_p cumsum_p dce_sink_p device_put_p digamma_p div_p dot_general_p " +
      "dynamic_slice_p dynamic_update_slice_p eq_p eq_to_p erf_inv_p erf_p erfc_p exp2_p exp_p expm1_p fft_p " +
      "floor_p gather_p ge_p gt_p igamma_grad_a_p igamma_p igammac_p imag_p integer_pow_p iota_p is_finite_p " +
      "le_p le_to_p lgamma_p linear_solve_p log1p_p log_p logistic_p lt_p lt_to_p max_p min_p mul_p mulhi_p " +
      "ne_p neg_p nextafter_p not_p optimization_barrier_p or_p pad_p pmax_p pmin_p polygamma_p " +
      "population_count_p pow_p ppermute_p psum_p ragged_all_to_all_p real_p reduce_and_p reduce_max_p " +
      "reduce_min_p reduce_or_p reduce_p reduce_precision_p reduce_prod_p reduce_sum_p reduce_window_max_p " +
      "reduce_window_min_p reduce_window_p reduce_window_sum_p reduce_xor_p regularized_incomplete_beta_p " +
      "rem_p reshape_p rev_p rng_bit_generator_p rng_uniform_p round_p rsqrt_p scan_p scatter_add_p " +
      "scatter_max_p scatter_min_p scatter_mul_p scatter_p scatter_sub_p select_and_gather_add_p " +
      "select_and_scatter_add_p select_and_scatter_p select_n_p sharding_constraint_p shift_left_p " +
      "shift_right_arithmetic_p shift_right_logical_p sign_p sin_p sinh_p slice_p sort_p split_p sqrt_p " +
      "square_p squeeze_p stack_p stage_p stop_gradient_p sub_p tan_p tanh_p tile_p top_k_p transpose_p " +
      "unstack_p while_p xor_p zeta_p",
    "a type or an enumeration; options are texts here":
      "AccuracyMode ConvDimensionNumbers ConvGeneralDilatedDimensionNumbers DotAlgorithm DotAlgorithmPreset " +
      "DotDimensionNumbers FftType GatherDimensionNumbers GatherScatterMode PrecisionLike " +
      "RaggedDotDimensionNumbers RandomAlgorithm RoundingMethod ScatterDimensionNumbers Tolerance",
    "one device: nothing to send or to gather":
      "all_gather all_to_all axis_index axis_size pbroadcast pcast pmax pmean pmin ppermute precv psend " +
      "pshuffle psum psum_scatter pswapaxes ragged_all_to_all with_sharding_constraint",
    "there is no tracer: calls are made in their order":
      "after_all composite create_token dce_sink platform_dependent stage shape_as_value",
    "shapes are computed where they are needed":
      "conv_dimension_numbers conv_general_permutations conv_general_shape_tuple conv_shape_tuple " +
      "conv_transpose_shape_tuple padtype_to_pads reduce_window_shape_tuple",
    "`convGeneralDilated` or nnx.ConvTranspose does it":
      "conv_general_dilated_local conv_general_dilated_patches conv_transpose conv_with_general_padding",
    "`x.slice`, `x.at` and jnp.take read and write":
      "gather index_take scatter scatter_add scatter_apply scatter_max scatter_min scatter_mul scatter_sub",
    "numpy's functions of these names, or `logicalAnd` and its like, do it":
      "batch_matmul broadcast_like broadcast_shapes broadcast_to_rank conj dtype reduce_and reduce_or " +
      "reduce_xor round select_n sort sort_key_val split stack tile unstack",
    "`lax.topK` is exact": "approx_max_k approx_min_k",
    "no kernel has it: special functions of few programs":
      "bessel_i0e bessel_i1e betainc digamma erfc igamma igamma_grad_a igammac lgamma polygamma random_gamma_grad zeta",
    "the bits of elements: `x.data` has them": "bitcast_convert_type clz mulhi population_count shift_right_logical",
    "complex numbers have no dtype here": "complex fft",
    "jax.random draws": "rng_bit_generator rng_uniform",
    "a solver of equations, or a product of rows of different lengths: few programs":
      "custom_linear_solve custom_root ragged_dot ragged_dot_general scaled_dot",
    "`reduceWindow` and `x.sum` do it": "reduce",
  },
  linalg: {
    "eigenvalues and singular values: no kernel has them":
      "cond eig eigh eigvals eigvalsh lstsq matrix_rank pinv svd svdvals",
    "`linalg.norm` does it": "matrix_norm vector_norm",
    "`linalg.solve` and `linalg.inv` of a matrix do it": "tensorinv tensorsolve",
  },
  jaxtree: {
    "`reduce` does it, one leaf after the other": "reduce_associative",
    "there is no tracer, so that nothing must be said to be static": "static",
  },
  image: {
    "methods are texts here": "ResizeMethod",
  },
  ops: {},
  optax: {
    "a type: states are plain objects, and TypeScript's types of these names say what they hold":
      "AdaptiveGradClipState AddDecayedWeightsState ApplyEvery ApplyIfFiniteState ClipByGlobalNormState " +
      "ClipState ConditionallyMaskState ConditionallyTransformState EmaState FactoredState " +
      "GradientTransformation GradientTransformationExtraArgs InjectHyperparamsState " +
      "InjectStatefulHyperparamsState LookaheadState MaskOrFn MaskedState MultiStepsState MultiTransformState " +
      "NonNegativeParamsState OptState Params PartitionState ScalarOrSchedule ScaleByAdaDeltaState " +
      "ScaleByAdamState ScaleByAdanState ScaleByAmsgradState ScaleByBeliefState ScaleByLionState " +
      "ScaleByNovogradState ScaleByRStdDevState ScaleByRmsState ScaleByRpropState ScaleByRssState " +
      "ScaleByScheduleState ScaleByTrustRatioState ScaleState Schedule ShouldSkipUpdateFunction TraceState " +
      "TransformInitFn TransformUpdateExtraArgsFn TransformUpdateFn Updates WrappedSchedule ZeroNansState",
    "second-order methods and line searches: they evaluate the loss several times a step":
      "ScaleByBacktrackingLinesearchState ScaleByLBFGSState ScaleByZoomLinesearchState ZoomLinesearchInfo " +
      "lbfgs scale_by_backtracking_linesearch scale_by_lbfgs scale_by_zoom_linesearch " +
      "value_and_grad_from_state",
    "noise and privacy": "AddNoiseState add_noise noisy_sgd per_example_global_norm_clip per_example_layer_norm_clip",
    "optimizers that few programs use": "ScaleBySM3State scale_by_distance_over_gradients scale_by_sm3 sm3",
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
      "COCOBState DAdaptAdamWState MadgradState MuonState NormalizeState ProdigyState ReduceLROnPlateauState " +
      "SAMState ScaleByAdemamixState ScheduleFreeState",
    privacy: "DifferentiallyPrivateAggregateState differentially_private_aggregate dpsgd",
    Hessians: "HutchinsonState SophiaState hutchinson_estimator_diag_hessian sophia",
    "complex numbers have no dtype here": "SplitRealAndImaginaryState split_real_and_imaginary",
    "muon takes matrices here": "MuonDimensionNumbers",
    "optimizers that few programs use":
      "DoGState DoWGState GaLoreDimensionNumbers GaLoreState MechanicState MomoAdamState MomoState " +
      "ScaleBySimplifiedAdEMAMixState dog dowg galore mechanize momo momo_adam scale_by_galore " +
      "scale_by_simplified_ademamix simplified_ademamix",
  },
  losses: {
    "losses that few programs use":
      "binary_dice_loss dice_loss make_fenchel_young_loss multiclass_generalized_dice_loss " +
      "multiclass_sparsemax_loss ranking_softmax_loss sparsemax_loss",
  },
  schedules: {
    "a type: states are plain objects, and TypeScript's types of these names say what they hold":
      "InjectHyperparamsState InjectStatefulHyperparamsState Schedule StatefulSchedule WrappedSchedule",
    "deprecated upstream": "inject_stateful_hyperparams",
  },
  tree: {
    "complex numbers have no dtype here": "conj real update_moment_per_elem_norm",
    "a state is a plain object: its fields are read by name": "get get_all_with_path set",
    "`optax.tree.map` does it": "batch_shape map_params",
    "random.split and `optax.tree.map` do it": "random_like split_key_like unwrap_random_key_data",
  },
};

export type Namespace =
  | "nnx"
  | "jax"
  | "random"
  | "numpy"
  | "nn"
  | "lax"
  | "linalg"
  | "jaxtree"
  | "image"
  | "ops"
  | "optax"
  | "contrib"
  | "losses"
  | "schedules"
  | "tree";
