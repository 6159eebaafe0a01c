import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const SRC = fileURLToPath(new URL("../../src", import.meta.url));

/** The floors of ARCHITECTURE.md. A folder may import only from lower floors, and through their index. */
const FLOORS: Record<string, number> = {
  absent: 0,
  base: 0,
  core: 1,
  wasm: 1,
  backend: 2,
  data: 3,
  array: 4,
  random: 5,
  autodiff: 5,
  weights: 5,
  orbax: 6,
  nnx: 6,
  "modulebasics.ts": 7,
  "numpy.ts": 7,
  lax: 7,
  nn: 7,
  image: 5,
  pytree: 4.5,
  "tree.ts": 6,
  "treeutil.ts": 6,
  "traverseutil.ts": 7,
  "shapedtypestruct.ts": 5,
  "ops.ts": 5,
  "jax.ts": 8,
  "linalg.ts": 6,
  optim: 5,
  "optax.ts": 7,
  "batches.ts": 7,
  loading: 7,
  "weights.ts": 8,
  cli: 8,
  "index.ts": 9,
};

/** The floors inside nnx; index.ts is above all. */
const NNX_FLOORS: Record<string, number> = {
  initializers: 0,
  tree: 0,
  variables: 1,
  graph: 2,
  states: 3,
  modules: 4,
  streams: 4,
  nn: 5,
  transforms: 5,
  training: 6,
  transfer: 7,
  "index.ts": 8,
};

/** What nnx may take of the raw floor through the door of src/array: shapes, dtypes and text, no elements. */
const NO_ELEMENTS = new Set([
  "TO_ARRAY",
  "assertFits",
  "broadcastShapes",
  "checkDType",
  "formatFloat32",
  "formatShape",
  "isDType",
  "isFloat",
  "namedPads",
  "parseSubscripts",
  "promote",
  "reducedAxes",
  "sameShape",
  "sizeOf",
  "spanOf",
  "toAxis",
  "toShape",
]);

/** What one file takes from another: values or types, by whatever syntax. */
interface Import {
  readonly file: string;
  readonly target: string;
}

const IMPORT = /^(?:import|export)\b[^"']*?\bfrom "([^"]+)"|^import "([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)/gm;

function filesOf(): string[] {
  return readdirSync(SRC, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.replaceAll("\\", "/"));
}

function importsOf(): Import[] {
  return filesOf().flatMap((file) =>
    Array.from(readFileSync(join(SRC, file), "utf8").matchAll(IMPORT), ([, from, bare, dynamic]) => ({
      file,
      target: (from ?? bare ?? dynamic)!,
    })),
  );
}

const IMPORTS = importsOf();

/**
 * The values that a file imports or re-exports from a module, by the names that they have there; types are left out.
 */
function namesFrom(file: string, target: string): string[] {
  const text = readFileSync(join(SRC, file), "utf8");
  return Array.from(text.matchAll(/^(?:import|export) \{([^}]*)\} from "([^"]+)"/gm))
    .filter(([, , from]) => from === target)
    .flatMap(([, list]) => list!.split(","))
    .map((name) => name.trim().split(" as ")[0]!)
    .filter((name) => name !== "");
}

function room(file: string): string {
  return file.split("/")[0]!;
}

/** The file that is imported, by its path in src. */
function fileOf({ file, target }: Import): string {
  return relative(SRC, resolve(dirname(join(SRC, file)), target)).replaceAll("\\", "/");
}

it("every import of src is relative: there are no runtime dependencies", () => {
  expect(IMPORTS.length).toBeGreaterThan(50);
  expect(IMPORTS.filter(({ target }) => !target.startsWith("."))).toEqual([]);
});

it("every file lives on a floor", () => {
  expect([...new Set(filesOf().map(room))].filter((name) => !(name in FLOORS))).toEqual([]);
});

it("imports go down the floors only, types too, through the folder's index", () => {
  const wrong = IMPORTS.filter((edge) => {
    const path = fileOf(edge);
    const [from, to] = [room(edge.file), room(path)];
    if (to === from) return false;
    // Each file there is for one namespace, which has all of it.
    const throughIndex = to === "absent" || to.endsWith(".ts") || path === `${to}/index.ts`;
    return FLOORS[to]! >= FLOORS[from]! || !throughIndex;
  });
  expect(wrong).toEqual([]);
});

it("imports inside nnx go down its floors only, types too", () => {
  const inside = IMPORTS.map((edge) => [edge.file, fileOf(edge)])
    .filter((pair) => pair.every((file) => room(file) === "nnx"))
    .map((pair) => pair.map((file) => file.split("/")[1]!) as [from: string, to: string]);
  expect([...new Set(inside.flat())].filter((name) => !(name in NNX_FLOORS))).toEqual([]);
  expect(inside.filter(([from, to]) => from !== to && NNX_FLOORS[to]! >= NNX_FLOORS[from]!)).toEqual([]);
});

it("nnx sees arrays and operations, and nothing raw: no storage, no function on elements", () => {
  const raw = namesFrom("array/index.ts", "../data/index.ts");
  expect(raw.length).toBeGreaterThan(50);
  const taken = filesOf()
    .filter((file) => room(file) === "nnx")
    .flatMap((file) => namesFrom(file, relative(dirname(file), "array/index.ts")));
  expect(taken.length).toBeGreaterThan(50);
  expect([...new Set(taken)].filter((name) => raw.includes(name) && !NO_ELEMENTS.has(name))).toEqual([]);
});

it("only backend/ knows both implementations", () => {
  const knowing = IMPORTS.filter(({ target }) => /\/(core|wasm)\/index\.ts$/.test(target));
  expect([...new Set(knowing.map(({ file }) => room(file)))]).toEqual(["backend"]);
});
