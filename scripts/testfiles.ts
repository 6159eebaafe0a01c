/** Which files vitest runs, and which of them have a process of their own. */

export const TESTS = ["test/**/*.test.ts"];

/** The kernels have as-pect, and a platform its own run. */
export const NO_TESTS = ["**/node_modules/**", "test/kernels/**", "test/platform/**"];

/**
 * Folders and files of tests that count memory, warnings or kernel calls of their process, that damage it, or whose
 * errors list names which others register, or that want fresh modules, which `vi.resetModules` gives here alone.
 */
const OWN_PROCESS = [
  "test/environment/",
  "test/longrun/",
  "test/backend/",
  "test/errors/",
  "test/array/badinputs.test.ts",
  "test/array/unfilled.test.ts",
  "test/nnx/nn/badinputs-modules.test.ts",
  "test/nnx/sow.test.ts",
  "test/weights/large.test.ts",
];

/** The patterns of the files that have a process of their own. */
export const ALONE = OWN_PROCESS.map((path) => (path.endsWith("/") ? `${path}**/*.test.ts` : path));

/** Whether a file, by its path from the project's root on, has a process of its own. */
export function isAlone(file: string): boolean {
  return OWN_PROCESS.some((path) => file.startsWith(path));
}
