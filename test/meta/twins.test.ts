import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  core,
  coreAttention,
  coreConvolution,
  coreGradients,
  coreNorms,
  coreRecurrent,
  coreSoftmax,
} from "../../src/core/index.ts";

const ROOT = new URL("../../", import.meta.url);

/**
 * The file of a kernel: its method without the dtype, a draw with its transform from bits, all widths of bits in one.
 */
function stemOf(method: string): string {
  if (/^bits\d/.test(method)) return "bits";
  return method.replace(/(FromBits)?F32$/, "").toLowerCase();
}

/** The contracts, each with its folder, its file and the kernels that have it. */
const CONTRACTS = [
  ["", "kernels", core],
  ["", "softmaxkernels", coreSoftmax],
  ["", "normkernels", coreNorms],
  ["gradients/", "gradientkernels", coreGradients],
  ["convolution/", "convolutionkernels", coreConvolution],
  ["attention/", "attentionkernels", coreAttention],
  ["recurrent/", "recurrentkernels", coreRecurrent],
] as const;

const METHODS = CONTRACTS.flatMap(([folder, contract, kernels]) =>
  Object.keys(kernels)
    .filter((name) => name !== "name")
    .map((method) => [method, folder, `src/base/${contract}.ts`] as const),
);

function text(path: string): string {
  return readFileSync(new URL(path, ROOT), "utf8");
}

describe("a kernel has one name everywhere", () => {
  it("there are kernels", () => expect(METHODS.length).toBeGreaterThan(20));

  it.each(METHODS)("%s", (method, folder, contract) => {
    const stem = folder + stemOf(method);
    const files = [
      `src/core/${stem}.ts`,
      `src/wasm/${stem}.ts`,
      `assembly/${stem}.ts`,
      `test/contract/${stem}.test.ts`,
      `test/kernels/${stem}.spec.ts`,
    ];
    expect(files.filter((file) => !existsSync(new URL(file, ROOT)))).toEqual([]);
    // The method in the contract, the host function without the dtype, and a row of the bench.
    expect(text(contract)).toMatch(new RegExp(`^  ${method}\\(`, "m"));
    expect(text(`src/wasm/${stem}.ts`)).toMatch(new RegExp(`^export function ${method.replace(/F32$/, "")}\\(`, "m"));
    expect(text("bench/kernels.ts")).toMatch(new RegExp(`^  ${method}: `, "m"));
  });
});
