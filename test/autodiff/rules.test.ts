import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { rules } from "../../src/autodiff/rules/index.ts";

const SRC = fileURLToPath(new URL("../../src", import.meta.url));
const FILES = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));

/** What operations compute with; it is never applied itself. */
const INTERNAL = ["ROUND (data/elementwise/unary.ts)"];

/** What JAX has no derivative of either: differentiating it throws. */
const WITHOUT_RULE = ["NEXTAFTER (array/operations/elementwise.ts)"];

/** Every record of an operation that a file of src exports, with the name of its constant. */
async function operations(): Promise<Map<object, string>> {
  const found = new Map<object, string>();
  for (const file of FILES) {
    if (!/\bOperation<|Ufunc\(/.test(readFileSync(join(SRC, file), "utf8"))) continue;
    const exported = (await import(join(SRC, file))) as Record<string, unknown>;
    for (const [name, value] of Object.entries(exported))
      if (typeof value === "object" && value !== null && "forward" in value && "name" in value)
        found.set(value, `${name} (${file})`);
  }
  return found;
}

it("every operation has a rule, is a constant to gradients, or is listed as one that throws", async () => {
  const all = await operations();
  expect(all.size).toBeGreaterThan(80);
  const known = rules();
  expect(
    [...all]
      .filter(([operation]) => !known.has(operation))
      .map(([, name]) => name)
      .sort(),
  ).toEqual([...WITHOUT_RULE, ...INTERNAL]);
});

it("every rule is that of an operation", async () => {
  const all = await operations();
  expect(
    [...rules().keys()]
      .filter((operation) => !all.has(operation))
      .map((operation) => (operation as { name: string }).name),
  ).toEqual([]);
});

it("every record is exported, so that it is found", () => {
  const hidden = FILES.flatMap((file) =>
    [
      ...readFileSync(join(SRC, file), "utf8").matchAll(
        /^const (\w+)(?:: Operation<| = (?:\/\*.*\*\/ )?new (?:Unary|Binary)Ufunc\()/gm,
      ),
    ].map(([, name]) => `${file}: ${name}`),
  );
  expect(hidden).toEqual([]);
});

it("every file's rules are pairs of an operation and a function, or of one without a derivative and null", async () => {
  for (const file of FILES.filter((name) => /^autodiff\/rules\/(?!index)\w+\.ts$/.test(name))) {
    const exported = (await import(join(SRC, file))) as Record<string, unknown>;
    for (const [name, list] of Object.entries(exported)) {
      if (!name.endsWith("Rules") || name === "layerNormRules") continue;
      for (const [operation, rule] of (list as () => readonly (readonly [object, unknown])[])()) {
        expect(operation, name).toEqual(
          expect.objectContaining({
            name: expect.stringMatching(/\w/) as string,
            forward: expect.any(Function) as object,
          }),
        );
        if (rule !== null) expect(rule, name).toBeTypeOf("function");
      }
    }
  }
});

it("every operation has a name", async () => {
  const names = [...(await operations()).keys()].map((operation) => (operation as { name: string }).name);
  expect(names.filter((name) => !/^\w/.test(name))).toEqual([]);
});

/** Constants whose names are not those of the functions that users call, which errors name. */
const CALLED: Readonly<Record<string, string>> = {
  ACOS: "arccos",
  ACOSH: "arccosh",
  ASIN: "arcsin",
  ASINH: "arcsinh",
  ATAN: "arctan",
  ATAN2: "arctan2",
  ATANH: "arctanh",
  CAST: "astype",
  CHOLESKY: "linalg.cholesky",
  COPY: "array",
  DETERMINANT: "linalg.det",
  DETERMINANT_SIGN: "linalg.slogdet",
  EXPONENT: "frexp",
  INTEGER_POWER: "power",
  LOG_DETERMINANT: "linalg.slogdet",
  SCATTER_ADD: "at().add",
  SCATTER_MAX: "at().max",
  SCATTER_MIN: "at().min",
  SCATTER_MULTIPLY: "at().multiply",
  SCATTER_SET: "at().set",
  SOLVE: "linalg.solve",
};

it("every operation is called as its constant is, or as the function that users call", async () => {
  for (const [operation, place] of await operations()) {
    const constant = place.replace(/ .*/, "");
    const camel = constant.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    expect((operation as { name: string }).name, place).toBe(CALLED[constant] ?? camel);
  }
});
