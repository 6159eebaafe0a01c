/**
 * Whose a Variable is, while a step of `nnx.vmap` runs: all steps stand for one program, so that a step may write to
 * Variables that it made or was given, and not to one that its function captured.
 */
let own: WeakSet<object> | undefined;

/** Calls `f`, which may write to the Variables that are made meanwhile, and to no others. */
export function asStep<T>(f: () => T): T {
  const outer = own;
  own = new WeakSet();
  try {
    return f();
  } finally {
    own = outer;
  }
}

/** Calls `f`, which puts other values into Variables for a while and takes them out again, whosesoever they are. */
export function lending(f: () => void): void {
  const outer = own;
  own = undefined;
  try {
    f();
  } finally {
    own = outer;
  }
}

/** Notes that a Variable is made. */
export function noteMade(variable: object): void {
  own?.add(variable);
}

/**
 * @param fn the function that would write; `.name` for a method of the Variable's
 * @throws TypeError if a step of `nnx.vmap` runs that has neither made the Variable nor was given it
 */
export function assertOwn(variable: object, fn: string): void {
  if (own !== undefined && !own.has(variable)) throw capturedError(variable, fn);
}

function capturedError(variable: object, fn: string): TypeError {
  const kind = variable.constructor.name;
  return new TypeError(
    `${fn.startsWith(".") ? kind : ""}${fn}: a function under nnx.vmap expected to write to what it makes or ` +
      `is given, got a ${kind} that it captured. ` +
      `Pass what has it as an argument: nnx.vmap(f, { inAxes: [null, 0] })(model, x)`,
  );
}
