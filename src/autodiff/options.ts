import { assertNames, describe } from "../base/index.ts";

/** @throws TypeError if there is an option that is none of `names`: it would be ignored silently */
export function assertOptions(options: unknown, names: readonly string[], fn: string): void {
  assertNames(options, fn, names);
}

/** @throws TypeError if `argnum` is not a whole number */
export function toArgnum(argnum: unknown, fn: string): number {
  if (Number.isInteger(argnum)) return argnum as number;
  throw new TypeError(`${fn}: "argnums" expected a whole number or a list of these, got ${describe(argnum)}`);
}

/** @throws RangeError if one comes twice */
export function assertDifferent(argnums: readonly number[], fn: string): void {
  const twice = argnums.find((argnum, i) => argnums.indexOf(argnum) !== i);
  if (twice !== undefined) throw new RangeError(`${fn}: "argnums" expected each argument once, got ${twice} twice`);
}
