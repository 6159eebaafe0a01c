/** Every public name of flax.nnx, JAX's namespaces and optax with what stands for it here, or why nothing does. */
import { readFileSync } from "node:fs";
import * as flaxen from "../../src/index.ts";
import type { Namespace } from "./absent.ts";
import { ABSENT } from "./absent.ts";
import { calledNames, isAbsent } from "./absentnames.ts";
import { camelCase } from "./camelcase.ts";
import { parameterTable } from "./parameters.ts";

const NAMESPACES: readonly (readonly [Namespace, string])[] = [
  ["nnx", "flax.nnx"],
  ["jax", "jax"],
  ["random", "jax.random"],
  ["numpy", "jax.numpy"],
  ["nn", "jax.nn"],
  ["lax", "jax.lax"],
  ["linalg", "jax.numpy.linalg"],
  ["jaxtree", "jax.tree"],
  ["image", "jax.image"],
  ["ops", "jax.ops"],
  ["optax", "optax"],
  ["contrib", "optax.contrib"],
  ["losses", "optax.losses"],
  ["schedules", "optax.schedules"],
  ["tree", "optax.tree"],
];

/** Python's names, from test/golden/oracle_surface.py. */
const PYTHON = JSON.parse(readFileSync(new URL("../../test/golden/surface.json", import.meta.url), "utf8")) as Record<
  Namespace,
  string[]
>;

const { image, lax, linalg, nn, nnx, numpy, optax, random, tree: jaxtree } = flaxen;
const { contrib, losses, schedules, tree } = optax;
const OURS = {
  nnx,
  jax: { ...flaxen, ...flaxen.jax },
  numpy,
  random,
  nn,
  lax,
  linalg,
  jaxtree,
  image,
  ops: flaxen.jax.ops,
  optax,
  contrib,
  losses,
  schedules,
  tree,
};

/** Whether a namespace has a name, and not as a function that says that it does not. */
function isHere(ours: Readonly<Record<string, unknown>>, name: string): boolean {
  return Object.hasOwn(ours, name) && !isAbsent(ours[name]);
}

/** The fate of every public name of Python's namespace. */
export interface Surface {
  /** Python's name and ours. */
  readonly present: readonly (readonly [string, string])[];
  /** Names by the reason of their absence. */
  readonly absent: ReadonlyMap<string, readonly string[]>;
  /** Names that are neither here nor have a reason. */
  readonly unexplained: readonly string[];
  /** Names that have a reason not to be here, and are here. */
  readonly stale: readonly string[];
}

/** Compares what is exported with what Python's library has. */
export function surfaceOf(namespace: Namespace): Surface {
  const ours: Record<string, unknown> = OURS[namespace];
  const reasons = new Map(
    Object.entries(ABSENT[namespace]).flatMap(([reason, names]) =>
      names.split(" ").map((name) => [name, reason] as const),
    ),
  );
  const present: [string, string][] = [];
  const absent = new Map<string, string[]>();
  const unexplained: string[] = [];
  for (const name of PYTHON[namespace]) {
    const camel = camelCase(name);
    const reason = reasons.get(name);
    if (isHere(ours, camel)) present.push([name, camel]);
    else if (reason === undefined) unexplained.push(name);
    else absent.set(reason, [...(absent.get(reason) ?? []), name]);
  }
  const stale = present.map(([name]) => name).filter((name) => reasons.has(name));
  return { present, absent, unexplained, stale };
}

/** The text of docs/surface.md. */
export function surfaceTable(): string {
  const sections = NAMESPACES.map(([namespace, python]) => {
    const { present, absent } = surfaceOf(namespace);
    const called = new Set(calledNames(namespace).flatMap(([, names]) => names));
    const shown = (name: string): string => (called.has(name) ? `**\`${name}\`**` : `\`${name}\``);
    const count = [...absent.values()].reduce((sum, names) => sum + names.length, 0);
    return [
      `## ${python}: ${present.length} names here, ${count} not`,
      "",
      present.map(([name, camel]) => (name === camel ? `\`${camel}\`` : `\`${name}\` → \`${camel}\``)).join(" · "),
      "",
      "| not here | why |",
      "| --- | --- |",
      ...[...absent].map(([reason, names]) => `| ${names.map(shown).join(" ")} | ${reason} |`),
    ].join("\n");
  });
  return [
    "# The surface, name by name",
    "",
    "Made from the exports by `npm run surface`; names of Python's libraries as in flax 0.12.8, jax 0.10.2 and " +
      "optax 0.2.8.",
    "A call of a name in **bold** does not compile, and throws the reason in JavaScript. " +
      "The other names that are not here",
    "give undefined: dtypes, types and values, which a program reads, and what few programs call.",
    "",
    sections.join("\n\n"),
    "",
    parameterTable(),
  ].join("\n");
}
