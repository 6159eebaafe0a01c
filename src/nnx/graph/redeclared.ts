import { BRAND } from "../../base/index.ts";

/** The fields of a class that its base classes set, and that it declares again without a value. */
const redeclared = new WeakMap<object, readonly string[]>();

/** A field without a value, as it is written or compiled, or what looks like one. */
const FIELD = /[{};\s](\w+)\s*(?=[;}\n])|\(this, *"(\w+)"/g;

/**
 * Stops a use of a module whose class declares a field again that a base class sets: the field is undefined then. It is
 * told by the texts of the classes, for nothing runs between their constructors.
 *
 * @throws TypeError that names the field
 */
export function assertFields(node: object): void {
  const type = node.constructor;
  let fields = redeclared.get(type);
  if (fields === undefined) redeclared.set(type, (fields = redeclaredBy(type)));
  for (const field of fields)
    if (Object.hasOwn(node, field) && (node as Record<string, unknown>)[field] === undefined)
      throw redeclaredError(type.name, field);
}

function redeclaredBy(type: { readonly prototype: object }): string[] {
  const texts: string[] = [];
  let prototype: object | null = type.prototype;
  while (prototype !== null && !Object.hasOwn(prototype, BRAND)) {
    texts.push(Function.prototype.toString.call(prototype.constructor));
    prototype = Object.getPrototypeOf(prototype) as object | null;
  }
  return texts.flatMap((text, i) => {
    const above = texts.slice(i + 1).join("\n");
    const names = above === "" ? [] : Array.from(text.matchAll(FIELD), ([, name, compiled]) => (name ?? compiled)!);
    return names.filter((name) => new RegExp(`\\bthis\\.${name}\\s*=[^=]`).test(above));
  });
}

function redeclaredError(name: string, field: string): TypeError {
  return new TypeError(
    `${name}.${field}: expected what the base class set, got undefined: a field that a subclass declares again ` +
      "is set " +
      `to undefined.\n  wrong: ${field};\n  right: declare ${field}: ...; in TypeScript, or leave it out`,
  );
}
