/** The modules of src/absent: functions that throw, for names that programs of Flax call and that are not here. */
import { format } from "prettier";
import type { Namespace } from "./absent.ts";
import { ABSENT } from "./absent.ts";
import { camelCase } from "./camelcase.ts";

/**
 * The names that get such a function. The others give undefined, as any name that is not there: dtypes and values,
 * which a program reads, and what few programs have called, since each costs every program that keeps a whole
 * namespace.
 */
const CALLED: Readonly<Record<Namespace, string>> = {
  nnx:
    "Object Pytree StateSharding call checkify flatten from_tree get_named_sharding get_partition_spec jit_partial " +
    "logical_axis_rules make_jaxpr pmap pure shard_map to_tree unflatten use_eager_sharding var_defaults " +
    "with_metadata with_partitioning with_vars",
  jax:
    "NamedSharding P custom_gradient custom_jvp default_device device_count device_get device_put devices jacobian " +
    "linearize local_devices make_jaxpr make_mesh named_scope pmap process_count process_index pure_callback " +
    "set_mesh shard_map",
  random: "",
  numpy: "frombuffer load roots save savez",
  nn: "",
  lax:
    "all_gather axis_index conv_transpose gather lgamma pmax pmean pmin ppermute psum scatter scatter_add select_n " +
    "sort split with_sharding_constraint",
  linalg: "eig eigh eigvalsh lstsq matrix_norm matrix_rank pinv svd vector_norm",
  jaxtree: "",
  image: "",
  ops: "",
  optax: "lbfgs noisy_sgd scale_by_lbfgs tree_map_params value_and_grad_from_state with_extra_args_support",
  contrib: "dpsgd mechanize sophia",
  losses: "",
  schedules: "",
  tree: "",
};

/** As in .prettierrc. */
const COLUMNS = 120;

const NAMESPACES = Object.keys(ABSENT) as Namespace[];

/** The namespaces that a program calls by other names. */
const SPOKEN: Partial<Record<Namespace, string>> = { contrib: "optax.contrib" };

/** Whether a value stands for a name that is not here. */
export function isAbsent(value: unknown): boolean {
  return typeof value === "function" && Object.hasOwn(value, "absent");
}

/** The names of a namespace that get a function, as they are in Python, by the reason of their absence. */
export function calledNames(namespace: Namespace): [reason: string, names: string[]][] {
  const called = new Set(CALLED[namespace].split(" "));
  called.delete("");
  return Object.entries(ABSENT[namespace])
    .map(([reason, names]): [string, string[]] => [reason, names.split(" ").filter((name) => called.delete(name))])
    .filter(([, names], i, { length }) => {
      if (i === length - 1 && called.size > 0)
        throw new Error(`${namespace}: ${[...called].join(" ")} expected in absent.ts`);
      return names.length > 0;
    });
}

/** The files of src/absent with their texts. */
export async function absentModules(): Promise<ReadonlyMap<string, string>> {
  const modules = new Map<string, string>();
  for (const namespace of NAMESPACES)
    if (CALLED[namespace] !== "")
      modules.set(`${namespace}.ts`, await format(moduleOf(namespace), { parser: "typescript", printWidth: COLUMNS }));
  return modules;
}

function moduleOf(namespace: Namespace): string {
  const spoken = SPOKEN[namespace] ?? namespace;
  const blocks = calledNames(namespace).map(([marked, names], i) => {
    const reason = marked.replaceAll("`", "");
    // The compiler prints it as Absent and the reason, and an alias by its name.
    const type = `ReturnType<typeof because${i}>`;
    const lines = names.map(camelCase).map((name) => {
      const made = `/* @__PURE__ */ because${i}("${name}")`;
      // A constant called Object would hide the global one.
      const constant =
        name === "Object"
          ? `const Object_: ${type} = ${made};\nexport { Object_ as Object };\n`
          : `export const ${name}: ${type} = ${made};\n`;
      return `${comment(`@deprecated Not in flaxen: ${reason}.`, "@internal")}\n${constant}`;
    });
    const text = JSON.stringify(reason);
    return `const because${i}: Because<${text}> = /* @__PURE__ */ absent("${spoken}", ${text});\n${lines.join("")}`;
  });
  return [
    `/** Names of ${spoken} that are not in flaxen, by \`npm run surface\` from scripts/surface/absentnames.ts. */`,
    'import type { Because } from "./absent.ts";',
    'import { absent } from "./absent.ts";',
    "",
    blocks.join("\n"),
  ].join("\n");
}

/** Tags as a comment on one line, or on one each where that is too wide. */
function comment(...tags: readonly string[]): string {
  const line = `/** ${tags.join(" ")} */`;
  return line.length <= COLUMNS ? line : `/**\n${tags.map((tag) => ` * ${tag}\n`).join("")} */`;
}
