/** Objects of names. */

/** Whether an object is a plain one, of this realm or another. */
export function isNamed(x: object): boolean {
  const prototype = Object.getPrototypeOf(x) as object | null;
  if (prototype === Object.prototype || prototype === null) return true;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "isPrototypeOf");
}
