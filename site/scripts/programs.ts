/** Blocks of code in documents and in the reference as programs of the playground. */
import { deflateRawSync } from "node:zlib";
import { parser } from "@lezer/javascript";
type SyntaxNode = ReturnType<typeof parser.parse>["topNode"];

const typescript = parser.configure({ dialect: "ts" });

/** The fragment of a program in a link; the page deflates in the same format. */
export const programLink = (code: string): string =>
  `#code=${deflateRawSync(code, { level: 9 }).toString("base64url")}`;

/** Whether a block runs by itself: it has its names, does something, and needs no file of a machine. */
export const runsAlone = (code: string): boolean =>
  code.split("\n").some((line) => line !== "" && !line.startsWith("import ")) &&
  /^import .* from "flaxen/m.test(code) &&
  !/from "(?!flaxen)|process\.|new URL\(|https?:|"[\w./-]+\.(safetensors|msgpack|npz|npy)"/.test(code) &&
  missingNames(code).length === 0;

/** The names that a program uses without making or importing them, but for the browser's. */
export function missingNames(code: string): string[] {
  const tree = typescript.parse(code);
  const made: { name: string; scope: SyntaxNode }[] = [];
  const used: { name: string; at: number }[] = [];
  tree.iterate({
    enter({ name, from, to, node }) {
      if (name === "VariableDefinition") made.push({ name: code.slice(from, to), scope: scopeOf(node) });
      // `numpy` of `import { numpy as jnp }` is a name of the package.
      else if (name === "VariableName" && node.parent?.name !== "ImportGroup")
        used.push({ name: code.slice(from, to), at: from });
    },
  });
  const isThere = (name: string, at: number): boolean =>
    name in globalThis || made.some(({ name: own, scope }) => own === name && scope.from <= at && at < scope.to);
  return [...new Set(used.filter(({ name, at }) => !isThere(name, at)).map(({ name }) => name))];
}

/** Where the name that is made here can be used: the function of a parameter, the block of anything else. */
function scopeOf(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (at.parent !== null) {
    if (at.name === "ParamList") return at.parent;
    at = at.parent;
    if (at.name === "Block" || at.name === "ForStatement") return at;
  }
  return at;
}

/** A line that is a value with `// =>` is shown when it is exported; without one, what is named is. */
export function showing(code: string): string {
  let count = 0;
  const shown = code.replaceAll(
    /^(?![\s}/]|import|const|let|class|for|if|type|export)(.+?);?\s+\/\/ => (.*)$/gm,
    (_, value, want) => `export const shown${++count} = ${value}; // => ${want}`,
  );
  return count > 0 || /^export /m.test(shown) ? shown : shown.replaceAll(/^const (?=\w+ =)/gm, "export const ");
}
