/** What the probe found in one engine, and how it is judged. */

/** The kernel of ModuleBasics(3, 4), seed 0, as float32 words, recorded from jax 0.10.2 and flax 0.12.8. */
const KERNEL =
  "3f14651d bf05f549 bedd2986 bf2d2147 bf00c508 3eae1000 3ed5ff01 bf1795ca 3f759765 bf8bbf92 bf3e81af 3d9dfa85";

/** The digest of probe.js, recorded on x86-64: another machine's engines agree with it, not only with each other. */
const DIGEST = "77ccbd1d";

/** The digest of weights.js, recorded on x86-64. */
const WEIGHTS = "41ab1796";

/** How flaxen's one warning starts, which says that it fell back. */
const FALLBACK = "flaxen runs on its TypeScript core";

/** What probe.js gives: digests by section, and of them all. */
export interface Bits {
  readonly digest: string;
  readonly sections: Readonly<Record<string, string>>;
  readonly kernel: string;
}

/** The bits, the backend they come from, and the lines the engine warned with meanwhile. */
export interface Found extends Bits {
  readonly backend: string;
  readonly reason: string;
  readonly warnings: readonly string[];
  /** How many threads there were when two were asked for, and whether they gave the bits of one. */
  readonly threads: number;
  readonly sameBits: boolean;
  /** The digest of weights.js; undefined in a shell that has nothing of a host. */
  readonly weights?: string;
}

/**
 * What a platform must show: its backend, how many threads it gives when asked for two, and whether flaxen fell back
 * on it, which it says in exactly one warning.
 */
export interface Expected {
  readonly backend: "core" | "wasm";
  readonly fallsBack: boolean;
  readonly threads: number;
}

/**
 * The default choice where WebAssembly and threads run, without the threads, the same where WebAssembly
 * does not, and the forced core.
 */
export const WASM: Expected = { backend: "wasm", fallsBack: false, threads: 2 };
export const ONE_THREAD: Expected = { ...WASM, threads: 1 };
export const FALLEN_BACK: Expected = { backend: "core", fallsBack: true, threads: 1 };
export const FORCED_CORE: Expected = { backend: "core", fallsBack: false, threads: 1 };

/**
 * Judges what was found by what the platform must show and by the bits of the reference.
 *
 * @returns the backend, the threads and the digest, for the report
 * @throws Error that says all that is wrong
 */
export function judge(found: Found, expected: Expected, reference: Bits): string {
  const wrong = [...wrongBackend(found, expected), ...wrongThreads(found, expected), ...wrongBits(found, reference)];
  if (found.weights !== undefined && found.weights !== WEIGHTS)
    wrong.push(`files of weights: expected the digest ${WEIGHTS}, got ${found.weights}`);
  if (wrong.length > 0) throw new Error(wrong.join("; "));
  const [threads, why] = found.threads === 1 ? ["1 thread", ` (${found.reason})`] : [`${found.threads} threads`, ""];
  return `${found.backend}, ${threads}, digest ${found.digest}${why}`;
}

/**
 * Compares the reference with the record, so that machines are compared too.
 *
 * @throws Error with both digests if they differ
 */
export function judgeReference({ digest }: Bits): string {
  if (digest !== DIGEST)
    throw new Error(`expected ${DIGEST}, got ${digest}; record it in test/platform/result.ts if probe.js has changed`);
  return digest;
}

function wrongBackend({ backend, reason, warnings }: Found, expected: Expected): string[] {
  const fallbacks = warnings.filter((line) => line.startsWith(FALLBACK)).length;
  const wanted = expected.fallsBack ? 1 : 0;
  return [
    ...(backend === expected.backend ? [] : [`expected the backend ${expected.backend}, got ${backend} (${reason})`]),
    ...(fallbacks === wanted ? [] : [`expected ${wanted} warnings of a fallback, got ${fallbacks}`]),
  ];
}

function wrongThreads({ threads, sameBits, reason }: Found, expected: Expected): string[] {
  return [
    ...(threads === expected.threads
      ? []
      : [`expected ${expected.threads} threads of two, got ${threads} (${reason})`]),
    ...(sameBits ? [] : [`${threads} threads gave other bits than one`]),
  ];
}

function wrongBits(found: Bits, reference: Bits): string[] {
  const differ = Object.keys(reference.sections).filter(
    (section) => found.sections[section] !== reference.sections[section],
  );
  return [
    ...(found.digest === reference.digest
      ? []
      : [`expected the digest ${reference.digest}, other bits in ${differ.join(", ")}`]),
    ...(found.kernel === KERNEL ? [] : [`the kernel of seed 0 expected JAX's ${KERNEL}, got ${found.kernel}`]),
  ];
}
