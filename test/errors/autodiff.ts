/** Every error of gradients. */
import { apply, DATA } from "../../src/array/index.ts";
import type { ArrayData, Operation } from "../../src/array/index.ts";
import { currentTape } from "../../src/autodiff/index.ts";
import {
  checkpoint,
  customVjp,
  debugInfs,
  debugNans,
  grad,
  jacfwd,
  jacrev,
  jvp,
  NDArray,
  nnx,
  numpy as jnp,
  vjp,
} from "../../src/index.ts";
import type { Failure } from "./failure.ts";

const double = (x: NDArray): NDArray => x.mul(2);
const square = (x: NDArray): NDArray => x.mul(x).sum();
const ints = jnp.array([1], "int32");
const tree = (t: { a: NDArray; b: NDArray[] }) => ({ a: t.a.mul(2), b: [t.b[0]!.mul(2)] });
const treeVjp = (ct: unknown) => vjp(tree, { a: jnp.ones([2]), b: [jnp.ones([1])] } as never)[1](ct as never);

/** The gradient of a function with the backward pass `bwd`, and the forward pass `fwd`. */
function withRule(bwd: (...args: never[]) => unknown, fwd: unknown = (x: NDArray) => [x, null]): unknown {
  const f = customVjp(double);
  f.defvjp(fwd as never, bwd as never);
  return grad((x: NDArray) => f(x).sum())([1, 2]);
}

const ECHO: Operation<undefined, [x: ArrayData]> = { name: "echo", forward: (_, x) => x };

/** A call on the tape whose pullback is a mistake of whoever wrote it. */
function wrong(x: NDArray): NDArray {
  const value = x[DATA];
  const { level } = value as ArrayData & { level: number };
  const [out] = currentTape()!.addCall([value], () => [jnp.ones([3])], [{ value, level }]);
  return new NDArray(out!).sum();
}

export const AUTODIFF: readonly Failure[] = [
  // Arguments.
  ['TypeError: grad: "f" expected a function, got 1', () => grad(1 as never)],
  ['TypeError: vjp: "f" expected a function, got 1', () => vjp(1 as never, 1)],
  ['TypeError: checkpoint: "f" expected a function, got 1', () => checkpoint(1 as never)],
  ['TypeError: grad: "options" expected an object, got 5', () => grad(square, 5 as never)],
  [
    'TypeError: grad: "options" expected argnums, hasAux, allowInt, got "argnum". Did you mean "argnums"?',
    () => grad(square, { argnum: 0 } as never),
  ],
  [
    'TypeError: grad: "argnums" expected a whole number or a list of these, got 1.5',
    () => grad(square, { argnums: 1.5 }),
  ],
  ['RangeError: grad: "argnums" expected each argument once, got 0 twice', () => grad(square, { argnums: [0, 0] })],
  [
    'RangeError: grad: "argnums" expected places of the 1 arguments, got 1',
    () => grad(square, { argnums: 1 as number })(jnp.array(1)),
  ],
  [
    'TypeError: grad: argument 0 expected a float to differentiate, got NDArray int32[1]. x.astype("float32") makes one; argnums chooses other arguments',
    () => grad(square)(ints),
  ],
  [
    'TypeError: jacrev: argument 0 expected a float to differentiate, got NDArray int32[1]. x.astype("float32") makes one; argnums chooses other arguments',
    () => jacrev(square)(ints),
  ],
  [
    'TypeError: jacfwd: argument 0 expected a float to differentiate, got NDArray int32[1]. x.astype("float32") makes one; argnums chooses other arguments',
    () => jacfwd(square)(ints),
  ],
  [
    'TypeError: grad: argument 0.a expected an array, or a plain array or object of arrays, got "text"',
    () => grad((t: { a: NDArray }) => t.a.sum())({ a: "text" as never }),
  ],
  ['TypeError: jvp: "primals" expected a list of arguments, got 1', () => jvp(double, 1 as never, [1])],
  ['TypeError: jvp: "tangents" expected a list of arguments, got 1', () => jvp(double, [1], 1 as never)],
  ['RangeError: jvp: "tangents" expected one for each of 1 primals, got 0', () => jvp(double, [1], [])],
  ["ShapeError: jvp: tangent 0 expected shape [], got [2]", () => jvp(double, [1], [[1, 2]])],

  // Results.
  ['TypeError: grad: "f" expected to return a scalar, got shape [2]. Sum or average it', () => grad(double)([1, 2])],
  ['TypeError: grad: "f" expected to return a scalar, got undefined', () => grad((() => undefined) as never)(1)],
  [
    'TypeError: grad: "f" expected to return a scalar, got Promise. A function that is differentiated cannot be asynchronous',
    () => grad((async () => 1) as never)(1),
  ],
  [
    'TypeError: grad: "f" expected to return a float scalar, got int32. Cast it to float32',
    () => grad(((x: NDArray) => x.astype("int32")) as never)(1),
  ],
  [
    'TypeError: grad: "f" expected to return [loss, aux] because hasAux is true, got NDArray float32[]',
    () => grad(square as never, { hasAux: true })(1),
  ],
  [
    'TypeError: vjp: "f" expected to return [out, aux] because hasAux is true, got NDArray float32[]',
    () => vjp(double as never, 1, { hasAux: true }),
  ],
  [
    'TypeError: vjp: the result of "f" expected an array, or a plain array or object of arrays, got "text"',
    () => vjp((() => "text") as never, 1),
  ],
  [
    "TypeError: this function has no gradient: it reads the elements of an array that is being differentiated. Give it lax.stopGradient(x) if no gradient is wanted",
    () => grad((x: NDArray) => jnp.array(x[DATA].storage.data[0]!))(1),
  ],
  [
    "TypeError: echo has no gradient. Give it lax.stopGradient(x) if none is wanted, or write one with nnx.customVjp",
    () => grad((x: NDArray) => apply(ECHO, undefined, x[DATA]))(1),
  ],
  [
    "Error: the gradient of call has shape [3] where input 0 has [2]. This is a mistake of flaxen: please report it",
    () => grad(wrong)([1, 2]),
  ],

  // Cotangents.
  [
    "TypeError: vjp: the cotangent expected an object with the keys a, b, got undefined",
    () => (treeVjp as () => unknown)(),
  ],
  [
    "TypeError: vjp: vjpFn expected one cotangent of the form of the result, got 0",
    () => (vjp(double, [1])[1] as () => unknown)(),
  ],
  [
    "TypeError: vjp: the cotangent expected an object with the keys a, b, got an array of length 2",
    () => treeVjp([1, 2]),
  ],
  [
    "TypeError: vjp: the cotangent.b expected a plain array of length 1, got an array of length 0",
    () => treeVjp({ a: [1, 2], b: [] }),
  ],
  ["ShapeError: vjp: the cotangent.a expected shape [2], got [1]", () => treeVjp({ a: [1], b: [[1]] })],
  [
    "TypeError: vjp: the cotangent.a expected float32, got int32",
    () => treeVjp({ a: jnp.ones([2], "int32"), b: [[1]] }),
  ],
  ["TypeError: vjp: the cotangent.a expected an array, got null", () => treeVjp({ a: null, b: [[1]] })],
  [
    "TypeError: vjp: the cotangent[1] expected null for int32, which has no derivative, got an array of length 1",
    () => vjp((x: NDArray) => [x, x.astype("int32")] as never, [1])[1]([[1], [1]] as never),
  ],

  // Operations and rules.
  [
    'TypeError: nnx.pool: "reduceFn" has no gradient. nnx.avgPool, nnx.maxPool and nnx.minPool have one, in the gradient of pool',
    () => grad((x: NDArray) => nnx.pool(x, 0, (a, b) => a + b, [2]).sum())(jnp.ones([1, 4, 1])),
  ],
  ['TypeError: customVjp: "bwd" expected to return 1 cotangents, one an argument, got 1', () => withRule(() => 1)],
  [
    "ShapeError: customVjp: the cotangent of argument 0 expected shape [2], got [3]",
    () => withRule(() => [jnp.ones([3])]),
  ],
  [
    'TypeError: customVjp: "fwd" expected to return [out, residuals], got NDArray float32[2]',
    () =>
      withRule(
        () => [1],
        (x: NDArray) => x,
      ),
  ],
  [
    "TypeError: customVjp: expected a gradient, got none. Call defvjp(fwd, bwd) before differentiating",
    () => grad((x: NDArray) => customVjp(double)(x).sum())([1]),
  ],
  [
    'TypeError: customVjp: "fwd" expected to use its arguments alone, got an array from outside that is being differentiated. Make it an argument',
    () =>
      grad((x: NDArray) => {
        const f = customVjp(double);
        f.defvjp(
          (y) => [y.mul(x), null],
          () => [null],
        );
        return f(x.mul(2)).sum();
      })([1]),
  ],
  [
    "RangeError: at().multiply: expected each place once where the values are differentiated, got one twice, in the gradient of at().multiply",
    () => grad((x: NDArray) => jnp.ones([2]).at([0, 0]).multiply(x).sum())([1, 2]),
  ],
  [
    "TypeError: this array was computed inside a checkpointed function and left it other than through its result, so that its gradient is lost. Return it from the function, or store it in a Variable of a module that is an argument",
    () => {
      let escaped: NDArray | undefined;
      const f = checkpoint((x: NDArray) => {
        escaped = x.mul(3);
        return x.mul(2);
      });
      grad((x: NDArray) => f(x).add(escaped!))(2);
    },
  ],
  ['TypeError: debugNans: "f" expected a function, got 1', () => debugNans(1 as never)],
  ['TypeError: debugNans: "f" expected a function that is not asynchronous', () => debugNans((async () => 1) as never)],
  [
    "FloatingPointError: sqrt gave NaN at element 1 of float32[3], from float32[3]",
    () => debugNans(() => jnp.sqrt([4, -1, 9])),
  ],
  [
    "FloatingPointError: multiply gave NaN at element 0 of float32[1], from float32[1], one of which has it already",
    () => debugNans(() => jnp.array([NaN]).mul(2)),
  ],
  [
    "FloatingPointError: exp gave an infinity at element 1 of float32[2], from float32[2]",
    () => debugInfs(() => jnp.exp([1, 200])),
  ],
];
