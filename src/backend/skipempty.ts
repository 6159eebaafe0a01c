const skipping = new WeakMap<object, object>();

/**
 * Kernels that do nothing when an array has no elements, for arrays of which only the shape is wanted. Keys have
 * elements there too, and are computed.
 */
export function skipEmpty<K extends object>(real: K): K {
  const known = skipping.get(real);
  if (known) return known as K;
  const made = new Proxy(real, {
    get(target, name) {
      const run: unknown = Reflect.get(target, name);
      if (typeof run !== "function") return run;
      return (...args: unknown[]): unknown =>
        args.some((arg) => ArrayBuffer.isView(arg) && arg.byteLength === 0) ? undefined : run.apply(target, args);
    },
  });
  skipping.set(real, made);
  return made;
}
