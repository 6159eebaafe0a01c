/**
 * TypeScript rewrites the ending of every relative name that is imported, of one that is known at run time alone by a
 * function that it writes into the module. The names that flaxen imports so are those of Node's modules.
 */

const HELPER = /^var (__rewriteRelativeImportExtension) = [^]*?\n};\n/m;

/**
 * The built module without that function; its lines stay where they are, so that its source map is right.
 *
 * @throws Error if it is not there
 */
export function keepSpecifiers(text: string): string {
  const [helper, name] = HELPER.exec(text) ?? [];
  if (helper === undefined) throw new Error("expected TypeScript's function for relative imports, got none");
  return text.replace(helper, helper.replace(/.*/g, "")).replace(new RegExp(`${name}\\(([^()]*)\\)`), "$1");
}
