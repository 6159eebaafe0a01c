/**
 * The namespaces of a bundle as plain frozen objects. esbuild makes each export a getter, of which flaxen has 425;
 * defining them takes a twentieth of the load time.
 */

const SPACE = /^var (\w+) = \{\};\n__export\(\1, (\{[^}]*\})\);\n/gm;

/**
 * The bundle, not minified, with its namespaces at the end, where all that they hold is there. One that the modules
 * themselves use stays.
 */
export function freezeNamespaces(text: string): string {
  const rest = text.replace(SPACE, "").replace(/^(?:export|import) \{[^}]*\}/gm, "");
  const found = Array.from(text.matchAll(SPACE), ([whole, name, entries]) => ({
    whole: whole!,
    name: name!,
    entries: entries!.replaceAll("() => ", ""),
  }));
  const moved = found.filter(({ name }) => !new RegExp(`\\b${name}\\b`).test(rest));
  // A namespace that holds others comes after them.
  const depth = ({ name, entries }: (typeof found)[number]): number =>
    1 +
    Math.max(
      0,
      ...found.filter((other) => other.name !== name && new RegExp(`\\b${other.name}\\b`).test(entries)).map(depth),
    );
  const ordered = moved.toSorted((a, b) => depth(a) - depth(b));
  const without = moved.reduce((code, { whole }) => code.replace(whole, ""), text);
  return without.replace(
    /^export \{/m,
    `${ordered.map(({ name, entries }) => `var ${name} = Object.freeze(${entries});\n`).join("")}export {`,
  );
}
