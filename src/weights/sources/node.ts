interface ProcessLike {
  getBuiltinModule?: (name: string) => unknown;
  versions?: { node?: string };
}

/** Node's `process`, which Bun and Deno have too; undefined in browsers. */
export function nodeProcess(): ProcessLike | undefined {
  const { process } = globalThis as { process?: ProcessLike };
  return process?.versions?.node === undefined ? undefined : process;
}

/** One of Node's own modules; undefined in browsers. */
export async function nodeModule<T>(specifier: string): Promise<T | undefined> {
  const process = nodeProcess();
  if (process === undefined) return undefined;
  // Node before 20.16 has no getBuiltinModule. Bundlers leave an import alone whose name they do not see.
  return (process.getBuiltinModule?.(specifier) ??
    (await import(/* @vite-ignore */ /* webpackIgnore: true */ specifier))) as T;
}
