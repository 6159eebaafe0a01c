import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import * as opcodes from "../../src/base/opcodes.ts";

const ASSEMBLY = readFileSync(new URL("../../assembly/opcodes.ts", import.meta.url), "utf8");

/** The members of an enum of assembly/opcodes.ts, numbered in their order. */
function enumOf(name: string): Record<string, number> {
  const [, members] = new RegExp(`enum ${name} \\{([^}]*)\\}`).exec(ASSEMBLY)!;
  const names = members!.split(",").map((member) => member.trim());
  return Object.fromEntries(names.filter((member) => member !== "").map((member, i) => [member, i]));
}

it.each([
  ["Unary", opcodes.UNARY],
  ["Activation", opcodes.ACTIVATION],
  ["Binary", { ...opcodes.ARITHMETIC, ...opcodes.EXACT_UNARY, ...opcodes.COMPARISON }],
  ["Cell", opcodes.CELL],
  ["CellBack", opcodes.CELL_BACK],
])("the kernels number the operations of %s as the library does", (name, ours) => {
  expect(enumOf(name)).toEqual(ours);
});

it("the kernels have no other enum of operations", () => {
  expect(Array.from(ASSEMBLY.matchAll(/enum (\w+)/g), ([, name]) => name)).toEqual([
    "Unary",
    "Activation",
    "Binary",
    "Cell",
    "CellBack",
  ]);
});
