/**
 * Restores the names of what a bundle exports. Printed models, structures and errors show the names of classes and
 * functions; bundling makes `tanh` a `tanh2` where two modules have one, and minifying a `b`. (esbuild's --keep-names
 * wraps every closure, which makes building a model five times as slow: this names each thing once, at load.)
 */

/** The name that something has in its source, and the one that it has in the bundle. */
type Named = readonly [name: string, local: string];

/** A namespace of the bundle: what it exports under which key. */
interface Space {
  readonly variable: string;
  readonly entries: readonly Named[];
}

/**
 * The last statement of a bundle that is not minified yet: it names what bundling renamed, of all that the bundled
 * `library` exports.
 */
export function nameRenamed(text: string, library: object): string {
  const names = renamedOf(library, exportsOf(text), spacesOf(text));
  if (names.size === 0) return "";
  const list = Array.from(names, ([local, name]) => `[${local}, "${name}"]`);
  return `for (const [value, name] of [${list.join(", ")}]) Object.defineProperty(value, "name", { value: name });\n`;
}

/** Local names of functions in a bundle, each with the name that it has in the source. */
function renamedOf(library: object, entries: readonly Named[], spaces: readonly Space[]): Map<string, string> {
  const locals = new Map(entries);
  return new Map(
    Object.entries(library).flatMap(([key, value]: [string, unknown]): (readonly [string, string])[] => {
      const local = locals.get(key);
      if (local === undefined) return [];
      if (typeof value === "function") return value.name === local ? [] : [[local, value.name]];
      const space = isNamespace(value) ? spaces.find(({ variable }) => variable === local) : undefined;
      return space ? [...renamedOf(value as object, space.entries, spaces)] : [];
    }),
  );
}

/**
 * The minified bundle with the names of its classes in their own syntax, as the list at its end tells: an instance of a
 * class whose name is set later takes 10 ns more to make and to tell (Node 20, 2026-11).
 */
export function nameClasses(text: string): string {
  const [list, entries] = new RegExp(`${LIST}\\(\\{([^}]*)\\}\\);?`).exec(text)!;
  return Array.from(entries!.matchAll(/(\w+):([\w$]+)/g)).reduce(
    (code, [, name, local]) => {
      const named = code.replace(
        new RegExp(`(?<![\\w$.])${local!.replaceAll("$", "\\$")}=class(?=[ {])`),
        (start) => `${start} ${name}`,
      );
      if (named === code) throw new Error(`class ${name} expected in the minified bundle as ${local}=class, got none`);
      return named;
    },
    text.replace(list, ""),
  );
}

/**
 * A class that names itself in its body is bundled as `var Name = class _Name`: makes it call itself by the variable.
 */
export function nameOwnClasses(text: string): string {
  const names = Array.from(text.matchAll(/\b(\w+)\s*=\s*class\s+_\1\b/g), ([, name]) => name!);
  return names.reduce(
    (code, name) =>
      code.replace(new RegExp(`(=\\s*class)\\s+_${name}\\b`), "$1").replaceAll(new RegExp(`\\b_${name}\\b`, "g"), name),
    text,
  );
}

/** Stands before the list of classes until they are named. */
const LIST = "FLAXEN_CLASSES";

/**
 * The last statement of a bundle that is to be minified: it names all functions that the `library` exports or shows.
 */
export function nameEverything(text: string, library: object): string {
  const spaces = spacesOf(text);
  const exported = spaces.flatMap(({ entries }) => entries);
  const inSpaces = new Set(exported.map(([, local]) => local));
  const classes = classesOf(text);
  const others = [...defaultsOf(text).map((name): Named => [name, name]), ...exportsOf(text)].filter(
    ([name, local]) => name === local && !inSpaces.has(name) && !classes.includes(name),
  );
  const names = aliasesOf(library, exportsOf(text), spaces);
  return `${naming(spaces, new Map([...others, ...names]))}${LIST}({ ${classes.join(", ")} });\n`;
}

/**
 * The functions of a library that have another name than their key in it, with their local names: `tree.sum` may be
 * `treeSum` where `numpy.sum` is `sum`. What two keys lead to has the name of its source, not that of the last key.
 */
function aliasesOf(library: object, entries: readonly Named[], spaces: readonly Space[]): Named[] {
  const locals = new Map(entries);
  return Object.entries(library).flatMap(([key, value]: [string, unknown]): Named[] => {
    const local = locals.get(key);
    if (local === undefined) return [];
    if (typeof value === "function") return value.name === key ? [] : [[value.name, local]];
    const space = isNamespace(value) ? spaces.find(({ variable }) => variable === local) : undefined;
    return space ? aliasesOf(value as object, space.entries, spaces) : [];
  });
}

function isNamespace(value: unknown): value is object {
  return Object.prototype.toString.call(value) === "[object Module]";
}

function naming(spaces: readonly Space[], names: ReadonlyMap<string, string>): string {
  if (spaces.length === 0 && names.size === 0) return "";
  const table = `{ ${Array.from(names, ([name, local]) => (name === local ? name : `${name}: ${local}`)).join(", ")} }`;
  return `for (const names of [${[...spaces.map(({ variable }) => variable), table].join(", ")}])
  for (const name in names)
    if (typeof names[name] === "function" && names[name].name !== name)
      Object.defineProperty(names[name], "name", { value: name });
`;
}

function spacesOf(text: string): Space[] {
  return Array.from(text.matchAll(/^__export\((\w+), \{([^}]*)\}\);$/gm), ([, variable, entries]) => ({
    variable: variable!,
    entries: Array.from(entries!.matchAll(/(\w+): \(\) => (\w+)/g), ([, key, local]): Named => [key!, local!]),
  }));
}

/** What the bundle exports: each with its local name. */
function exportsOf(text: string): Named[] {
  return Array.from(text.matchAll(/^export \{([^}]*)\};$/gm), ([, list]) => pairs(list!))
    .flat()
    .map(([local, key]) => [key, local]);
}

/** The left and the right side of each `a as b` of a list; `a` alone is both. */
function pairs(list: string): Named[] {
  return Array.from(list.matchAll(/(\w+)(?: as (\w+))?/g), ([, left, right = left]) => [left!, right!]);
}

/** The classes at the top of the bundle, except those whose names are set. */
function classesOf(text: string): string[] {
  const names = Array.from(
    text.matchAll(/^(?:var |class |.*, )(\w+)(?: = class\b| (?:extends \w+ )?\{$)/gm),
    ([, name]) => name!,
  );
  return names.filter((name) => !text.includes(`Object.defineProperty(${name}, "name"`));
}

/** The functions at the top of the bundle that are a default for something: a layer shows those that it was given. */
function defaultsOf(text: string): string[] {
  // Those that are compiled early are expressions.
  const found = text.matchAll(/^(?:function (\w+)|var (\w+) = \(function\()/gm);
  const functions = new Set(Array.from(found, ([, name, early]) => name ?? early!));
  return Array.from(text.matchAll(/(?: = |\?\? )(\w+)(?=[\s,;)}])/g), ([, name]) => name!).filter((name) =>
    functions.has(name),
  );
}
