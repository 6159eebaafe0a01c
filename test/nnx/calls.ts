import type { NDArray, nnx } from "../../src/index.ts";
import { random } from "../../src/index.ts";

/** JAX's name in the form it has here. */
export function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

type Call = (...args: unknown[]) => unknown;

/** Calls a sampler or an initializer method of an Rngs or a stream: the latter with `make` first, then with `args`. */
export function call(
  source: nnx.Rngs | nnx.RngStream,
  name: string,
  make: readonly unknown[],
  args: readonly unknown[],
): NDArray {
  const method = (source as unknown as Record<string, Call>)[name]!.bind(source);
  const samples = name in random;
  return (samples ? method(...args) : (method(...make) as Call)(...args)) as NDArray;
}
