/** The whole text of the error about a file that does not fit: lists, their separators and their ends. */
import { expect, it } from "vitest";
import { nnx, numpy as jnp } from "../../src/index.ts";
import { loadInto, readSafetensors, save } from "../../src/weights.ts";

const listOf = (count: number, name: string): string[] =>
  Array.from({ length: count }, (_, i) => name + String(i).padStart(2, "0"));

/** The message about a file with arrays of one element by these names, for a model of such parameters. */
async function messageOf(model: readonly string[], file: readonly string[]): Promise<string> {
  const params = model.map((name) => [name, new nnx.Param(jnp.zeros([1]))] as const);
  const arrays = file.map((name) => [name, jnp.ones([1])] as const);
  return loadInto(
    new nnx.Dict<unknown>(Object.fromEntries(params)),
    readSafetensors(save(Object.fromEntries(arrays))),
  ).then(
    () => "none",
    (error: Error) => error.message,
  );
}

it.each<[what: string, model: readonly string[], file: readonly string[], sections: readonly string[]]>([
  ["names with commas", ["p", "q"], [], ["missing in the file: p, q"]],
  [
    "names beside what is near them with semicolons",
    ["kernel", "q"],
    ["kernal", "zzz"],
    ["missing in the file: kernel, q", "unexpected in the file: kernal (kernel?); zzz"],
  ],
  ["names with spaces with semicolons", ["q"], ["q", "x y", "zzz"], ["unexpected in the file: x y; zzz"]],
  ["20 names", listOf(20, "p"), [], [`missing in the file: ${listOf(20, "p").join(", ")}`]],
  [
    "20 names of 21, and says how many more there are",
    ["q"],
    ["q", ...listOf(21, "zzz")],
    [`unexpected in the file: ${listOf(20, "zzz").join(", ")} and 1 more`],
  ],
  ["names of 23", listOf(23, "p"), [], [`missing in the file: ${listOf(20, "p").join(", ")} and 3 more`]],
])("lists %s", async (_, model, file, sections) => {
  const code = sections[0]!.startsWith("missing") ? "MissingKeys" : "UnexpectedKeys";
  const lines = [`${code}: loadInto: the file bytes does not fit the model`, ...sections];
  expect(await messageOf(model, file)).toBe(lines.join("\n  "));
});

it.each<[what: string, model: readonly string[], file: readonly string[], hint: string]>([
  ["all that is missing", ["p", "q"], ["module.p", "module.q", "head.x"], "module"],
  ["it between slashes", ["p", "q"], ["ck/model/p", "ck/model/q"], "ck/model"],
  ["every name, where none is known", ["p", "q"], ["module.weight", "module.bias"], "module"],
])("says which names come before %s", async (_, model, file, hint) => {
  const lines = (await messageOf(model, file)).split("\n");
  expect(lines.at(-1)).toBe(`  the names begin with ${hint}: { under: "${hint}" }`);
});

it.each<[what: string, model: readonly string[], file: readonly string[]]>([
  ["have different beginnings", ["p"], ["a.x", "b.x"]],
  ["have none", ["p"], ["x"]],
  ["are of what is there, too", ["p", "q"], ["p", "module.x"]],
  ["have only some of it behind them", ["p", "q"], ["a.p", "b.x"]],
])("says nothing where the names %s", async (_, model, file) => {
  expect(await messageOf(model, file)).not.toContain("begin with");
});
