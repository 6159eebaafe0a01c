/**
 * `tsx scripts/record.ts`: runs the mistakes of each lesson whose sentence goes by values, and keeps what they give in
 * golden.json. Lesson 1's come from JAX itself.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as flaxen from "flaxen";
import { compare } from "../src/runner/compare.ts";
import { decode } from "../src/runner/grade.ts";
import type { Checks } from "../src/runner/grade.ts";
import { readLessons } from "./lessons.ts";

const encode = (value: unknown): unknown => {
  if (value instanceof flaxen.NDArray) return { shape: value.shape, dtype: value.dtype, array: value.ravel().tolist() };
  return Array.isArray(value) ? value.map(encode) : value;
};

for (const { number, folder, golden, feedback } of readLessons()) {
  if (number === 1) continue;
  const checks = (await import(join(folder, "checks.ts"))) as Checks;
  const prepare = checks.prepare ?? ((args: unknown[]) => args);
  const mistakes: unknown[] = [];
  for (const mistake of Object.keys(feedback.values ?? {})) {
    const file = join(folder, "mistakes", `${mistake.replaceAll(" ", "-")}.ts`);
    if (!existsSync(file)) throw new Error(`there is no ${file}`);
    const wrong = (await import(file)) as Record<string, (...args: unknown[]) => unknown>;
    for (const { name, args, want } of golden.cases) {
      let got: unknown;
      try {
        got = await wrong[golden.entry]!(...prepare(args.map((value) => decode(value, flaxen))));
      } catch {
        continue;
      }
      if (compare(got, decode(want, flaxen), golden.tolerance, flaxen) !== undefined)
        mistakes.push({ mistake, case: name, got: encode(got) });
    }
  }
  const file = join(folder, "golden.json");
  const whole = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  writeFileSync(file, `${JSON.stringify({ ...whole, mistakes }, undefined, 1)}\n`);
  console.log(folder, mistakes.length);
}
