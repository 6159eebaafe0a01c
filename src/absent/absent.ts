/**
 * A name of Python's that flaxen does not have. The type has no call: `nnx.pmap(f)` does not compile, and says why.
 *
 * @internal
 */
export interface Absent<Reason extends string> {
  /** Why it is not here. */
  readonly absent: Reason;
}

/**
 * Makes a name that is absent for a reason.
 *
 * @internal
 */
export type Because<Reason extends string> = (name: string) => Absent<Reason>;

/**
 * Makes the names of a namespace that are absent for one reason: functions that say so when they are called, made with
 * `new` or extended.
 *
 * @internal
 */
export function absent<const Reason extends string>(namespace: string, reason: Reason): Because<Reason> {
  return (name) => {
    const named = {
      [name]: function (): never {
        throw new TypeError(`${namespace}.${name} is not in flaxen: ${reason}`);
      },
    };
    return Object.assign(named[name]!, { absent: reason });
  };
}
