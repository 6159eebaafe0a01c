import type { Kernels } from "./kernels.ts";

const idle = new WeakMap<Kernels, Kernels>();

/** Kernels that leave alone what has no elements, for arrays of which only the shape is wanted; keys are real there too. */
export function idleOnNothing(real: Kernels): Kernels {
  const known = idle.get(real);
  if (known) return known;
  const made = new Proxy(real, {
    get(target, name) {
      const run: unknown = Reflect.get(target, name);
      if (typeof run !== "function") return run;
      return (...args: unknown[]): unknown =>
        args.some((arg) => ArrayBuffer.isView(arg) && arg.byteLength === 0) ? undefined : run.apply(target, args);
    },
  });
  idle.set(real, made);
  return made;
}
