/**
 * `npm run conformance`: replays every golden case of jax 0.10.2 and flax 0.12.8 on both backends and writes
 * docs/conformance.md, a row a function.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { config, random, useBackend } from "../src/index.ts";
import type { NDArray } from "../src/index.ts";
import { wordsOf } from "../test/bits.ts";
import { FUNCTIONS } from "../test/array/elementarycases.ts";
import type { ElementwiseCase } from "../test/array/elementarycases.ts";
import type { Encoded } from "../test/golden/load.ts";
import { decode, golden } from "../test/golden/load.ts";
import type { Case as InitializerCase, MoreCase } from "../test/nnx/initializercases.ts";
import { initializerOf, more } from "../test/nnx/initializercases.ts";
import type { BitsCase, Case, HalfCase, KeyCase, SamplerCase } from "../test/random/cases.ts";
import { draw, drawKey, NEAR, SAMPLERS } from "../test/random/cases.ts";
import { gradientTables } from "./conformance/gradients.ts";
import { ROOT } from "./run.ts";

const PROFILES = ["fma", "nofma"] as const;
type Profile = (typeof PROFILES)[number];

/** One golden case: what it calls, and what the real library gave. */
interface Replay {
  readonly fn: string;
  readonly original?: boolean;
  readonly run: () => ArrayLike<number>;
  readonly out: Encoded;
}

/** The results of all cases of a function. */
interface Row {
  cases: number;
  values: number;
  different: number;
  largest: number;
}

const SECTIONS: Record<string, (folder: string) => Replay[]> = {
  "Keys and bits": (folder) => (folder === "" ? [...keys(), ...bits()] : []),
  Samplers: (folder) => [...samplers(folder), ...distributions(folder), ...(folder === "" ? halves() : [])],
  "Elementary functions": elementary,
  Initializers: (folder) => [...initializers(folder), ...(folder === "" ? moreInitializers() : [])],
};

function keys(): Replay[] {
  return golden<KeyCase>("keys").map((c) => ({
    fn: camel(c.fn),
    original: c.mode === "original",
    run: () => drawKey(c),
    out: c.out,
  }));
}

function bits(): Replay[] {
  return golden<BitsCase>("bits").map((c) => ({
    fn: "bits",
    original: c.mode === "original",
    run: () => random.bits(random.key(BigInt(c.seed)), c.shape, c.dtype).data,
    out: c.out,
  }));
}

function samplers(folder: string): Replay[] {
  const all = { ...SAMPLERS, ...NEAR };
  return golden<SamplerCase>(`${folder}samplers`).map((c) => ({
    fn: camel(c.fn),
    original: c.mode === "original",
    run: () => all[c.fn]!(random.key(BigInt(c.seed)), c.args).data,
    out: c.out,
  }));
}

function distributions(folder: string): Replay[] {
  return golden<Case>(`${folder}random_more`).map((c) => ({
    fn: c.fn,
    original: c.mode === "original",
    run: () => draw(c).data,
    out: c.out,
  }));
}

/** uniform in 16-bit floats, compared by their words. */
function halves(): Replay[] {
  return golden<HalfCase>("uniform_half").map(({ seed, shape, original, dtype, result, ...bounds }) => ({
    fn: `uniform, ${dtype}`,
    original,
    run: () => random.uniform(random.key(seed), shape, { ...bounds, dtype }).data,
    out: { ...result, dtype: "uint16" },
  }));
}

function elementary(folder: string): Replay[] {
  return golden<ElementwiseCase>(`${folder}elementwise`).map((c) => ({
    fn: camel(c.fn),
    run: () => FUNCTIONS[c.fn as keyof typeof FUNCTIONS](decode(c.x)).data,
    out: c.out,
  }));
}

function initializers(folder: string): Replay[] {
  return golden<InitializerCase>(`${folder}initializers`).map((c) => ({
    fn: camel(c.fn),
    run: () => initializerOf(c)(random.key(BigInt(c.seed)), c.shape).data,
    out: c.out,
  }));
}

function moreInitializers(): Replay[] {
  return golden<MoreCase>("initializers_more").flatMap((c) =>
    c.out === undefined ? [] : [{ fn: camel(c.fn), run: (): NDArray["data"] => more(c).data, out: c.out }],
  );
}

function camel(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Runs a case on both backends, and adds what differs from the real library to its row. */
function measure({ run, original = false, out }: Replay, profile: Profile, row: Row): void {
  config.threefryPartitionable = !original;
  config.profile = profile;
  const [core, wasm] = (["core", "wasm"] as const).map((backend) => {
    useBackend(backend);
    return Array.from(run());
  });
  const expected = decode(out);
  row.cases++;
  row.values += expected.length;
  for (let i = 0; i < expected.length; i++) {
    if (!Object.is(core![i], wasm![i])) throw new Error(`the backends differ: ${core![i]} and ${wasm![i]}`);
    if (sameBits(core![i]!, expected[i]!)) continue;
    row.different++;
    row.largest = Math.max(row.largest, Math.abs(core![i]! - expected[i]!) / Math.max(1, Math.abs(expected[i]!)));
  }
}

function sameBits(a: number, b: number): boolean {
  return wordsOf(Float32Array.of(a))[0] === wordsOf(Float32Array.of(b))[0];
}

/** The rows of a section under one profile, by function. */
function rowsOf(section: string, profile: Profile): Map<string, Row> {
  const rows = new Map<string, Row>();
  for (const replay of SECTIONS[section]!(profile === "fma" ? "" : "nofma/")) {
    const row = rows.get(replay.fn) ?? { cases: 0, values: 0, different: 0, largest: 0 };
    rows.set(replay.fn, row);
    measure(replay, profile, row);
  }
  return rows;
}

function verdict(row: Row | undefined): string {
  if (row === undefined) return "";
  return row.different === 0 ? "exact" : `${row.largest.toExponential(1)} (${row.different} of ${row.values} differ)`;
}

function table(section: string): string {
  const [fma, nofma] = PROFILES.map((profile) => rowsOf(section, profile)) as [Map<string, Row>, Map<string, Row>];
  const rows = [...fma]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([fn, row]) =>
        `| ${fn} | ${row.cases + (nofma.get(fn)?.cases ?? 0)} | ${verdict(row)} | ${verdict(nofma.get(fn))} |`,
    );
  return [
    `## ${section}`,
    "",
    "| function | cases | profile `fma` | profile `nofma` |",
    "| --- | --: | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

const INTRODUCTION = `# Conformance with JAX and Flax

Made by \`npm run conformance\`; never edited. Every golden case of jax 0.10.2 and flax 0.12.8 in \`test/golden\`, \
replayed
on the TypeScript core and on WebAssembly, which must agree to the last bit. "exact" is: every value of every case has
the same bits. Otherwise the largest error, relative for magnitudes above 1, absolute below. An empty cell has no
golden cases: where no float arithmetic is done, the profiles are the same.

What is not exact depends on JAX's own host: its C library (cauchy, weibullMin, a power in gamma and others), an
estimate instruction of its processor (gamma and all made of it), LAPACK (orthogonal, multivariateNormal), or an order
of summation that JAX chooses by shape (maxwell, ball). The keys used and the number of draws are exact there too.
`;

mkdirSync(join(ROOT, "docs"), { recursive: true });
const sections = Object.keys(SECTIONS).map(table);
config.threefryPartitionable = true;
config.profile = "fma";
writeFileSync(join(ROOT, "docs", "conformance.md"), [INTRODUCTION, ...sections, gradientTables()].join("\n"));
useBackend("auto");
process.stdout.write("docs/conformance.md\n");
