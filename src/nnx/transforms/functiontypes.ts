export type AnyFunction = (...args: never[]) => unknown;

/** A function that may give a list, whose items then keep their own types. */
export type ListFunction = (...args: never[]) => readonly unknown[] | [];
