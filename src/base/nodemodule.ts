interface ProcessLike {
  getBuiltinModule?: (name: string) => unknown;
  versions?: { node?: string };
}

/** One of the modules of Node, which Bun and Deno have too; undefined in browsers. */
export async function nodeModule<T>(specifier: string): Promise<T | undefined> {
  const { process } = globalThis as { process?: ProcessLike };
  if (process?.versions?.node === undefined) return undefined;
  // Node before 20.16 has no getBuiltinModule. Bundlers leave an import alone whose name they do not see.
  return (process.getBuiltinModule?.(specifier) ??
    (await import(/* @vite-ignore */ /* webpackIgnore: true */ specifier))) as T;
}
