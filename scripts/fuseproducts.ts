import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./run.ts";

/** The sources whose sums of products the second module has with fused multiply-adds. */
export const PRODUCTS: readonly string[] = ["matmul.ts", "matmulhalf.ts", "matvec.ts", "thinproducts.ts"];

/**
 * Copies assembly/ to build/assembly, with each product that `PRODUCTS` add to a sum as a fused multiply-add:
 * `f32x4.add(sum, f32x4.mul(x, w))` becomes `fma(x, w, sum)`, and a sum of scalars the like.
 *
 * @throws Error if a product of scalars is left that is written in another way
 */
export function fuseProducts(): void {
  const target = join(ROOT, "build", "assembly");
  rmSync(target, { recursive: true, force: true });
  cpSync(join(ROOT, "assembly"), target, { recursive: true });
  for (const name of PRODUCTS) {
    const file = join(target, name);
    const text = fuseScalars(fuseVectors(readFileSync(file, "utf8")));
    if (/\* load<f32>/.test(text)) throw new Error(`fuseproducts: ${name} has a product that it does not fuse`);
    writeFileSync(file, `import { fma, fmaOfScalars } from "./fused/fma";\n${text}`);
  }
}

const SUM = "f32x4.add(";
const PRODUCT = "f32x4.mul(";

function fuseVectors(text: string): string {
  let at = text.indexOf(SUM);
  while (at >= 0) {
    const [sum, product, end] = argumentsFrom(text, at + SUM.length);
    if (product?.startsWith(PRODUCT) && argumentsFrom(product, PRODUCT.length)[2] === product.length) {
      const [x, w] = argumentsFrom(product, PRODUCT.length);
      text = `${text.slice(0, at)}fma(${x}, ${w}, ${sum})${text.slice(end)}`;
    }
    at = text.indexOf(SUM, at + 1);
  }
  return text;
}

/** The two arguments of a call that begin at `at`, and where the call ends. */
function argumentsFrom(text: string, at: number): [first: string, second: string, end: number] {
  const parts: string[] = [];
  let depth = 0;
  let from = at;
  for (let i = at; ; i++) {
    const letter = text[i];
    if (letter === undefined) throw new Error("fuseproducts: a call does not end");
    if (letter === "(") depth++;
    else if (depth > 0 && letter === ")") depth--;
    else if (depth === 0 && (letter === "," || letter === ")")) {
      parts.push(text.slice(from, i).trim());
      from = i + 1;
      if (letter === ")") return [parts[0] ?? "", parts[1] ?? "", i + 1];
    }
  }
}

const LOAD = String.raw`load<f32>\([^;]*?\)`;
const ADDED = new RegExp(String.raw`(\w+) \+= (${LOAD}) \* (${LOAD});`, "g");
const STORED = new RegExp(String.raw`(${LOAD}) \+ (${LOAD}) \* (${LOAD})\);`, "g");

function fuseScalars(text: string): string {
  return text.replaceAll(ADDED, "$1 = fmaOfScalars($2, $3, $1);").replaceAll(STORED, "fmaOfScalars($2, $3, $1));");
}
