/** Which files vitest runs, and which of them have a process of their own. */

/** All files of vitest: the kernels have as-pect, and a platform its own run. */
export const TESTS = ["test/**/*.test.ts"];
export const NO_TESTS = ["**/node_modules/**", "test/kernels/**", "test/platform/**"];

/**
 * Files that count memory, warnings or kernel calls of their process, that damage it, or whose errors list names which
 * others register.
 */
export const ALONE = [
  "test/environment/**/*.test.ts",
  "test/longrun/**/*.test.ts",
  "test/backend/**/*.test.ts",
  "test/errors/**/*.test.ts",
  "test/array/badinputs.test.ts",
  "test/array/unfilled.test.ts",
  "test/nnx/nn/badinputs-modules.test.ts",
  "test/weights/large.test.ts",
];

/** Whether a file, by its path from the project's root on, has a process of its own. */
export function isAlone(file: string): boolean {
  return ALONE.some((pattern) => {
    const [folder, rest] = pattern.split("**/");
    return rest === undefined ? file === pattern : file.startsWith(folder!);
  });
}
