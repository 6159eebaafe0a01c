/** Why a public name of Python's is not here, by namespace. A name has one reason; `docs/surface.md` shows it. */
export const ABSENT: Record<Namespace, Record<string, string>> = {
  nnx: {
    "gradients are out of scope: flaxen runs forward passes": "grad value_and_grad vjp jvp custom_vjp DiffState Perturbation Optimizer ModelAndOptimizer OptState OptArray OptVariable TrainState",
    "one device, no sharding": "pmap shard_map StateSharding PARTITION_NAME abstract_with_sharding get_named_sharding get_partition_spec logical_axis_rules use_eager_sharding using_eager_sharding with_partitioning",
    "there is no tracer: code runs as it is written": "make_jaxpr checkify jit_partial cached_partial transform_metadata",
    "plumbing of Flax's own transforms": "MergeContext SplitContext UpdateContext NodeStates merge_context split_context update_context current_update_context prefix flatten unflatten to_tree from_tree",
    "graph mode is the only mode": "set_graph_mode set_graph_updates",
    "a typing or dataclass helper of Python": "A M dataclass Initializer",
    "deprecated upstream": "Data Static pure VariableMetadata with_metadata GraphState PureState unpack FlatState",
    "JAX's mutable references": "var_defaults vars_as with_vars",
    "training metrics": "Metric MultiMetric",
    "a proxy for pure functions under jit: nnx.merge, a call and nnx.split say the same": "call",
    "a Module is the only tracked object": "Object Pytree check_pytree register_data_type",
  },
  random: {
    "JAX's primitive, not a function for users": "random_gamma_p",
    "there is one generator, threefry2x32": "key_impl key_dtype",
  },
  numpy: {
    "dtypes are strings here": "bfloat16 bool bool_ cdouble character complex128 complex64 complex_ complexfloating csingle double dtype flexible float16 float32 float4_e2m1fn float64 float6_e2m3fn float6_e3m2fn float8_e3m4 float8_e4m3 float8_e4m3b11fnuz float8_e4m3fn float8_e4m3fnuz float8_e5m2 float8_e5m2fnuz float8_e8m0fnu float_ floating generic inexact int1 int16 int2 int32 int4 int64 int8 int_ integer number object_ signedinteger single uint uint1 uint16 uint2 uint32 uint4 uint64 uint8 unsignedinteger ComplexWarning",
  },
};

export type Namespace = "nnx" | "random" | "numpy";
