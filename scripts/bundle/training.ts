/** The modules that train, and a bundle of the library without them. */
import type { Plugin } from "esbuild";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "../run.ts";

const DIST = join(ROOT, "dist");

/** Gradients, optimizers, metrics: paths in dist/, as esbuild takes patterns. */
export const TRAINING: readonly string[] = [
  "autodiff/*",
  "optim/*",
  "optax.js",
  "nnx/training/*",
  "nnx/transforms/grad.js",
];

/** What of training a forward pass may use. */
const FORWARD = /^autodiff\/(index|stopgradient)\.js$|^nnx\/training\/optvariables\.js$/;
/** Functions over gradients, which are of no use without them. */
const OVER_GRADIENTS = /^nnx\/transforms\/(customvjp|remat|vjp)\.js$/;
const PATTERNS = TRAINING.map((pattern) => new RegExp(`^${pattern.replaceAll(".", "\\.").replace("*", ".*")}$`));

function isTraining(path: string): boolean {
  return (PATTERNS.some((pattern) => pattern.test(path)) && !FORWARD.test(path)) || OVER_GRADIENTS.test(path);
}

/**
 * Puts a function that throws in place of each name of training, and adds to `names` those by which a program gets
 * at them: a program that has none of them in its text runs the same without training.
 */
export function withoutTraining(names: Set<string>): Plugin {
  return {
    name: "without training",
    async setup({ onLoad }) {
      const visible = membersOf(await importBuilt(join(DIST, "index.js")));
      names.add("optax");
      onLoad({ filter: /[\\/]dist[\\/].*\.js$/ }, async ({ path }) => {
        const module = relative(DIST, path).replaceAll("\\", "/");
        if (!isTraining(module)) return undefined;
        const built = await importBuilt(path);
        const exported = Object.keys(built);
        if (!/^opt(im|ax)\b/.test(module)) for (const name of exported) if (visible.has(built[name])) names.add(name);
        return { contents: `${STUB}${exported.map((name) => `export const ${name} = absent("${name}");\n`).join("")}` };
      });
    },
  };
}

async function importBuilt(path: string): Promise<Record<string, unknown>> {
  return (await import(pathToFileURL(path).href)) as Record<string, unknown>;
}

const isSpace = (value: unknown): value is object => Object.prototype.toString.call(value) === "[object Module]";

/** What a module exports, and what the namespaces in it do. */
function membersOf(space: object): Set<unknown> {
  return new Set(
    Object.values(space).flatMap((value: unknown) => [value, ...(isSpace(value) ? membersOf(value) : [])]),
  );
}

const STUB = `
  const absent = (name) => () => {
    throw new Error(name + " is of training, which is fetched when a program has this name in its text");
  };
`;
