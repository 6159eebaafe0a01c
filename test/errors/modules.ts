/** Every error of modules, states, streams and transforms. */
import type { NDArray } from "../../src/index.ts";
import { nnx, numpy as jnp, random } from "../../src/index.ts";
import type { Failure } from "./failure.ts";

const ones = (...shape: number[]) => jnp.ones(shape);
const linear = () => new nnx.Linear(3, 4, { rngs: new nnx.Rngs(0) });
const identity = (x: NDArray) => x;
const add = (x: NDArray, y: NDArray) => x.add(y);

const shared = linear();
/** The derivative of a Linear in a direction. */
const tangentOf = (direction: unknown) => nnx.jvp((model: nnx.Linear) => model(ones(3)), [linear()], [direction]);

class Bare extends nnx.Module {}

class Holder extends nnx.Module {
  readonly held: unknown;
  constructor(held: unknown) {
    super();
    this.held = held;
  }
}

/** A module that says something about what passes. */
class Sower extends nnx.Module<[], void> {
  seen: unknown = 5;
  override __call__(): void {
    this.sow(nnx.Intermediate, "seen", 1);
  }
}

/** Modules in one another, `depth` of them. */
function nested(depth: number): nnx.List<unknown> {
  let inner: nnx.List<unknown> = new nnx.List([]);
  for (let i = 0; i < depth; i++) inner = new nnx.List([inner]);
  return inner;
}

function cyclic(): object {
  const module = new Bare();
  Object.assign(module, { me: module });
  return module;
}

/** A module with an attribute whose value has state in it that nobody would find. */
function hiding(value: unknown): object {
  return Object.assign(new Bare(), { part: value });
}

function splitOf(model: object): [nnx.GraphDef<object>, nnx.State] {
  return nnx.split(model) as never;
}

export const MODULES: readonly Failure[] = [
  // Modules and what they are made of.
  [
    "TypeError: Bare is not callable: it has no __call__. Write its forward pass as a method",
    () => (new Bare() as never as () => void)(),
  ],
  [
    "TypeError: Bare.init does not exist: an NNX module owns its parameters, which are made in its constructor.",
    () => (new Bare() as never as { init(): void }).init(),
  ],
  [
    "TypeError: Bare.apply does not exist: an NNX module owns its parameters, which are made in its constructor.",
    () => (new Bare() as never as { apply(): void }).apply(),
  ],
  [
    'TypeError: Sower.sow: "name" expected one that is free or a Intermediate, got "seen", which is 5',
    () => new Sower()(),
  ],
  [
    'TypeError: nnx.capture: "fn" expected a module or a function, got 5',
    () => nnx.capture(5 as never, nnx.Intermediate),
  ],
  [
    'TypeError: nnx.capture: "node" expected a module or an Rngs, got undefined',
    () => nnx.capture((() => 1) as never, nnx.Intermediate)(),
  ],
  [
    'TypeError: nnx.data: "x" expected an array, a module, a Variable or a plain container of these, got 5. jnp.array(x) makes an array of numbers',
    () => nnx.data(5 as never),
  ],
  [
    'TypeError: nnx.static: "x" expected configuration, got an array of length 1 that is or holds arrays, Variables or modules. They are state: leave nnx.static out, or wrap a container in nnx.data',
    () => nnx.static([ones(1)]),
  ],
  [
    "TypeError: Bare.part: expected a module, a Variable or an array, got a plain array that holds some: a model would lose them.",
    () => nnx.state(hiding([linear()])),
  ],
  [
    "TypeError: Bare.part: expected a module, a Variable or an array, got a plain object that holds some: a model would lose them.",
    () => nnx.state(hiding({ a: { b: ones(1) } })),
  ],
  [
    "LimitError: nnx: expected a model at most 1000 deep, got more at 0/0/0/0/0/0/0/0/...",
    () => nnx.state(nested(1001)),
  ],
  ['RangeError: nnx.List.get: "index" expected -3 to 2, got 3', () => new nnx.List([1, 2, 3]).get(3)],
  ['RangeError: nnx.Dict.get: "name" expected one of a, got "z"', () => new nnx.Dict({ a: 1 }).get("z" as never)],
  [
    'RangeError: nnx.Dict.get: "name" expected one of none (it is empty), got "z"',
    () => new nnx.Dict().get("z" as never),
  ],
  [
    'TypeError: nnx.Dict: "name" expected a string that is no method\'s name, got "constructor"',
    () => new nnx.Dict().set("constructor" as never, 1 as never),
  ],
  [
    'RangeError: setAttributes: "attributes" expected names that a module has, got speed. { raiseIfNotFound: false } allows it',
    () => linear().setAttributes({ speed: 3 }),
  ],
  [
    'TypeError: setAttributes: "attributes" expected an object of attributes as the last argument, got function Dropout.',
    () => linear().setAttributes(nnx.Dropout as never),
  ],
  [
    'RangeError: nnx.view: "options" expected flags that a layer knows, got determinstic. There are:',
    () => nnx.view(new nnx.Dropout(0.5), { determinstic: true } as never),
  ],
  [
    'RangeError: nnx.view: "options" expected flags that a layer knows, got deterministic. No layer here has any',
    () => nnx.view(linear(), { deterministic: true }),
  ],
  [
    'TypeError: nnx.view: "setView" of (root) expected a method, got number',
    () => nnx.view(Object.assign(new Bare(), { setView: 5 }), {}),
  ],
  [
    'RangeError: nnx.recursiveMap: "node" expected a model without cycles, got one at me',
    () => nnx.recursiveMap((_, value) => value, cyclic()),
  ],
  ['TypeError: nnx.iterChildren: "node" expected a module, got 5', () => [...nnx.iterChildren(5 as never)]],
  ['TypeError: nnx.tabulate: "model" expected a module, got Object', () => nnx.tabulate({} as never)],
  [
    'TypeError: nnx.tabulate: "method" expected one of Linear\'s, got "none"',
    () => nnx.tabulate(linear(), { method: "none" }),
  ],
  ['TypeError: nnx.evalShape: "f" expected a function, got 5.', () => nnx.evalShape(5 as never)],
  [
    'TypeError: nnx.evalShape: "f" expected a function that is not asynchronous, got a promise',
    () => nnx.evalShape(async () => 1),
  ],
  [
    "TypeError: expected an array with values, got one that has a shape but no values, made under nnx.evalShape. Load values first: nnx.update(model, state)",
    () => nnx.evalShape(() => ones(2)).data,
  ],
  [
    "TypeError: expected an array with values, got one that has a shape but no values, made under nnx.evalShape. Load values first: nnx.update(model, state)",
    () => nnx.evalShape(linear)(ones(3)),
  ],

  // Variables.
  [
    'TypeError: RngKey.mul: "value" expected an array, got Key key<fry>[]',
    () => (new nnx.RngKey(random.key(0)) as unknown as NDArray).mul(2),
  ],
  [
    'ShapeError: Param.set: "value" expected shape [2], got [3]. setValue() may change the shape',
    () => new nnx.Param(ones(2)).set([1, 2, 3]),
  ],
  [
    'TypeError: asarray: "x" expected an array, a typed array, a number or nested numbers, got "a"',
    () => new nnx.Variable("a" as never).get(0),
  ],
  [
    'TypeError: Variable.get: "value" expected an array, got Key key<fry>[]',
    () => new nnx.Variable(random.key(0)).get(0),
  ],
  [
    'RangeError: Param.getMetadata: "name" expected one of a, got "z"',
    () => new nnx.Param(ones(1), { a: 1 }).getMetadata("z"),
  ],
  [
    'RangeError: Param.getMetadata: "name" expected one of none (there is no metadata), got "z"',
    () => new nnx.Param(ones(1)).getMetadata("z"),
  ],
  [
    'TypeError: Param.copyFrom: "other" expected a Param, got BatchStat float32[1]',
    () => new nnx.Param(ones(1)).copyFrom(new nnx.BatchStat(ones(1)) as never),
  ],
  [
    'RangeError: nnx.variableTypeFromName: "name" expected one of params, batch_stats, cache, intermediates, perturbations, got "nothing". nnx.registerVariableName(name, type) adds one',
    () => nnx.variableTypeFromName("nothing"),
  ],
  [
    'RangeError: nnx.variableNameFromType: "type" expected a registered class, got function Own. nnx.registerVariableName(name, type) adds one',
    () => nnx.variableNameFromType(class Own extends nnx.Param {}),
  ],
  [
    'RangeError: nnx.registerVariableName: "name" expected a new name, got "params", which is taken. { overwrite: true } replaces it',
    () => nnx.registerVariableName("params", nnx.Cache),
  ],
  ['TypeError: nnx.EMA: "decay" expected a number, got "0.5"', () => new nnx.EMA(linear(), "0.5" as never)],
  [
    'StateError: MissingKeys: nnx.EMA.update: "updates" expected a Variable at bias, got none',
    () => new nnx.EMA(linear(), 0.5).update(new nnx.Linear(3, 4, { useBias: false, rngs: new nnx.Rngs(0) })),
  ],
  [
    'TypeError: nnx.EMA: "params" expected arrays, got Key key<fry>[] at rngs/key. { only: nnx.Param } leaves out the rest',
    () => new nnx.EMA(new nnx.Dropout(0.5, { rngs: new nnx.Rngs(0) }), 0.5),
  ],

  // Split, merge and state.
  [
    "TypeError: nnx filter: expected a class, a tag, a boolean, null, a predicate or a list of these, got 5",
    () => nnx.state(linear(), 5 as never),
  ],
  [
    'RangeError: nnx.split: "filters" expected nnx.Rest (or true) last, got it at 0 of 2: the filters after it would get nothing',
    () => nnx.split(linear(), nnx.Rest, nnx.Param),
  ],
  [
    'StateError: UnexpectedKeys: nnx.split: "filters" expected to match every leaf, got none for bias, kernel. End with nnx.Rest to take what is left',
    () => nnx.split(linear(), nnx.BatchStat),
  ],
  ['TypeError: nnx.split: "node" expected a module or an Rngs, got 5', () => nnx.split(5 as never)],
  ['TypeError: nnx.view: "node" expected a module or an Rngs, got 5', () => nnx.view(5 as never, {})],
  ['TypeError: nnx.findDuplicates: "node" expected a module or an Rngs, got 5', () => nnx.findDuplicates(5 as never)],
  ['TypeError: nnx.update: "node" expected a module or an Rngs, got 5', () => nnx.update(5 as never, {})],
  [
    'TypeError: nnx.update: "state" expected an object, a Map or a State, got GraphDef',
    () => nnx.update(linear(), nnx.graphdef(linear())),
  ],
  [
    'TypeError: nnx.replaceByPureDict: "pureDict" expected an object, a Map or a State, got GraphDef',
    () => nnx.replaceByPureDict(nnx.state(linear()), nnx.graphdef(linear()) as never),
  ],
  [
    'TypeError: nnx.State: "a/b" expected a Variable, an array or a key, got 1',
    () => new nnx.State({ a: { b: 1 } } as never),
  ],
  [
    'TypeError: nnx.Param: "onGetValue" is not supported. Override getValue or setValue in a subclass of Param',
    () => new nnx.Param([1], { onGetValue: () => 0 }),
  ],
  [
    'TypeError: nnx.Param: "on_set_value" is not supported. Override getValue or setValue in a subclass of Param',
    () => new nnx.Param([1]).setMetadata("on_set_value", () => 0),
  ],
  ['RangeError: nnx.List.index: "item" expected one of the list\'s, got 3', () => new nnx.List([1, 2]).index(3)],
  ['TypeError: nnx.graphdef: "node" expected a module or an Rngs, got 5', () => nnx.graphdef(5 as never)],
  ['TypeError: nnx.setMetadata: "node" expected a module or an Rngs, got 5', () => nnx.setMetadata(5 as never, {})],
  ['TypeError: nnx.state: "node" expected a module or an Rngs, got 5', () => nnx.state(5 as never)],
  ['TypeError: nnx.pop: "node" expected a module or an Rngs, got 5', () => nnx.pop(5 as never, nnx.Param)],
  [
    'TypeError: nnx.recursiveMap: "node" expected a module or an Rngs, got 5',
    () => nnx.recursiveMap((_, value) => value, 5 as never),
  ],
  ['TypeError: nnx.clone: "node" expected a module or an Rngs, got 5', () => nnx.clone(5 as never)],
  ['TypeError: nnx.clone: "node" expected a module or an Rngs, got Object', () => nnx.clone({})],
  [
    'TypeError: nnx.clone: "node" expected a module or an Rngs, got an array of length 1',
    () => nnx.clone([1] as never),
  ],
  [
    'RangeError: nnx.clone: "arrays" expected false where "variables" is false, got true: shared Variables share their arrays',
    () => nnx.clone(linear(), { variables: false, arrays: true }),
  ],
  [
    'TypeError: nnx.merge: "graphdef" expected a GraphDef, got Object. nnx.split(model) gives [graphdef, state]',
    () => nnx.merge({} as never, nnx.state(linear())),
  ],
  [
    'StateError: MissingKeys: nnx.merge: "state" expected a leaf for every path of the structure, got none for bias, kernel',
    () => nnx.merge(splitOf(linear())[0], new nnx.State([])),
  ],
  [
    'StateError: UnexpectedKeys: nnx.merge: "state" expected no leaf that the structure does not have, got bias, kernel',
    () => nnx.merge(splitOf(new nnx.List([]))[0], nnx.state(linear())),
  ],
  [
    'StateError: PathConflict: nnx.merge: "state" expected one leaf for every path of the structure, got more for bias, kernel. nnx.mergeState takes the last of each',
    () => nnx.merge(splitOf(linear())[0], nnx.state(linear()), nnx.state(linear())),
  ],
  [
    'StateError: ShapeMismatch: nnx.update: "kernel" expected shape [3, 4], got [4, 3]',
    () => nnx.update(linear(), { kernel: ones(4, 3) }),
  ],
  // All that a state can have that the model or the State does not take: each with its code.
  [
    'StateError: GraphMismatch: nnx.update: "kernel/a" expected a leaf at kernel, got a mapping',
    () => nnx.update(linear(), { kernel: { a: ones(1) } }),
  ],
  [
    'StateError: GraphMismatch: nnx.update: "inFeatures/a/b" expected a leaf at inFeatures, got a mapping',
    () => nnx.update(linear(), { inFeatures: { a: { b: ones(1) } } }),
  ],
  [
    'StateError: GraphMismatch: nnx.update: "part/a/b/c" expected a leaf at part, got a mapping',
    () => nnx.update(hiding({ a: { b: 1 } }), { part: { a: { b: { c: ones(1) } } } }),
  ],
  [
    'StateError: GraphMismatch: nnx.update: "inFeatures" expected no value, for it is configuration, got NDArray float32[1]',
    () => nnx.update(linear(), { inFeatures: ones(1) }),
  ],
  [
    'StateError: GraphMismatch: nnx.update: "layers" expected a mapping for List, got NDArray float32[1]',
    () => nnx.update(new nnx.Sequential(linear()), { layers: ones(1) }),
  ],
  [
    'StateError: GraphMismatch: nnx.update: "layers/0" expected a mapping for Linear, got NDArray float32[1]',
    () => nnx.update(new nnx.Sequential(linear()), { layers: [ones(1)] }),
  ],
  [
    'StateError: GraphMismatch: nnx.update: "kernel" expected a Param, got a BatchStat',
    () => nnx.update(linear(), nnx.fromFlatState([[["kernel"], new nnx.BatchStat(ones(3, 4))]])),
  ],
  [
    'StateError: GraphMismatch: nnx.update: "(root)" expected a mapping, got a leaf',
    () => nnx.update(linear(), new nnx.State([[[], new nnx.Param(ones(1))]])),
  ],
  [
    'StateError: UnexpectedKeys: nnx.update: "layers/1/a" expected to be in the model, got nothing at layers/1',
    () => nnx.update(new nnx.Sequential(linear()), { layers: { 1: { a: ones(1) } } }),
  ],
  [
    'StateError: DtypeMismatch: nnx.update: "kernel" expected float32, got int32. Cast it with .astype("float32")',
    () => nnx.update(linear(), { kernel: ones(3, 4).astype("int32") }),
  ],
  [
    'StateError: DtypeMismatch: nnx.update: "rngs/key" expected key<fry>, got float32',
    () => nnx.update(new nnx.Dropout(0.5, { rngs: new nnx.Rngs(0) }), { rngs: { key: ones() } }),
  ],
  [
    'StateError: AliasConflict: nnx.update: "0/bias" and "1/bias" expected one value, for they are one Param, got two that differ',
    () => nnx.update(new nnx.List([shared, shared]), { 0: { bias: ones(4) }, 1: { bias: ones(4).mul(2) } }),
  ],
  [
    'StateError: UnexpectedKeys: nnx.replaceByPureDict: "weight" expected to be in the state',
    () => nnx.replaceByPureDict(nnx.state(linear()), { weight: ones(1) }),
  ],
  [
    'StateError: ShapeMismatch: nnx.replaceByPureDict: "bias" expected shape [4], got [1]; "kernel" expected shape [3, 4], got [2]',
    () => nnx.replaceByPureDict(nnx.state(linear()), { bias: ones(1), weight: ones(1), kernel: ones(2) }),
  ],
  [
    'TypeError: nnx.update: "state" expected an object, a Map or a State, got 5',
    () => nnx.update(linear(), 5 as never),
  ],
  [
    "TypeError: Bare.part: expected a module, a Variable or an array, got a plain array that holds some: a model would lose them.",
    () => nnx.update(hiding([linear()]), nnx.fromFlatState([[["part"], ones(1)]])),
  ],
  [
    'RangeError: nnx.pop: "filters" expected at least one, got none. nnx.pop(model, nnx.Intermediate) takes these',
    () => nnx.pop(linear(), ...([] as never as [nnx.Filter])),
  ],
  ['RangeError: State.get: "path" expected one of bias, kernel, got c', () => nnx.state(linear()).get("c")],
  ['RangeError: State.get: "path" expected one of none (the state is empty), got c', () => new nnx.State([]).get("c")],
  [
    'TypeError: nnx.toFlatState: "state" expected a State, got Object. nnx.state(model) gives one',
    () => nnx.toFlatState({} as never),
  ],
  [
    "LimitError: nnx: expected paths of at most 1000 parts, got 1001 at a/a/a/a/a/a/a/a/...",
    () => nnx.fromFlatState([[Array.from({ length: 1001 }, () => "a"), ones(1)]]),
  ],
  [
    "StateError: PathConflict: expected a path of at least one part, got an empty one",
    () => nnx.fromFlatState([[[], ones(1)]]),
  ],
  [
    "StateError: PathConflict: a is a leaf and has others below it (a/b)",
    () =>
      nnx.fromFlatState([
        [["a"], ones(1)],
        [["a", "b"], ones(1)],
      ]),
  ],
  [
    "StateError: PathConflict: a is a leaf and has others below it (a)",
    () =>
      nnx.fromFlatState([
        [["a", "b"], ones(1)],
        [["a"], ones(1)],
      ]),
  ],
  [
    "StateError: PathConflict: the path 0 stands twice, once with a number and once with a name. A plain object cannot tell them apart",
    () =>
      nnx.toPureDict(
        nnx.fromFlatState([
          [[0], ones(1)],
          [["0"], ones(1)],
        ]),
      ),
  ],
  [
    'TypeError: nnx.traversals.flattenMapping: "xs" expected an object, a Map or a State, got 5',
    () => nnx.traversals.flattenMapping(5 as never),
  ],
  [
    'LimitError: nnx.traversals.flattenMapping: "xs" expected at most 1000 levels, got more at a/a/a/a/a/a/a/a/...',
    () => {
      let deep: object = {};
      for (let i = 0; i < 1001; i++) deep = { a: deep };
      nnx.traversals.flattenMapping(deep as never);
    },
  ],

  // Streams.
  [
    'TypeError: nnx.Rngs: "fork" expected another name for a stream, got the name of a method',
    () => new nnx.Rngs({ fork: 0 } as never),
  ],
  [
    'TypeError: nnx.Rngs: the seed of "default" expected a number, a bigint, a key or a stream, got "0"',
    () => new nnx.Rngs("0" as never),
  ],
  [
    'RngError: nnx.Rngs: expected a stream "dropout" or a default stream, got Rngs with the streams params. new nnx.Rngs(0) has a default, new nnx.Rngs({ dropout: 0 }) this stream',
    () => new nnx.Rngs({ params: 0 }).dropout,
  ],
  [
    'RngError: nnx.Rngs: expected a stream "dropout" or a default stream, got Rngs with no streams at all. new nnx.Rngs(0) has a default, new nnx.Rngs({ dropout: 0 }) this stream',
    () => new nnx.Rngs({}).dropout,
  ],
  [
    'TypeError: Own: "rngs" expected an nnx.Rngs, got a key: keys are used once, an Rngs hands out as many as the model needs.',
    () => nnx.assertRngs(random.key(0) as never, "Own"),
  ],
  [
    'TypeError: Rngs.split: "num" expected a number, a shape, or sizes by filter, got null',
    () => new nnx.Rngs(0).split(null as never),
  ],
  [
    'TypeError: nnx.splitRngs: "node" expected a module, an Rngs or a stream, got 5',
    () => nnx.splitRngs(5 as never, { splits: 1 }),
  ],
  [
    'TypeError: nnx.splitRngs: "splits" expected an array of sizes, got undefined',
    () => nnx.splitRngs(new nnx.Rngs(0) as never),
  ],
  [
    'RangeError: nnx.splitRngs: "splits" expected 1 with squeeze, got 2',
    () => nnx.splitRngs(new nnx.Rngs(0), { splits: 2, squeeze: true }),
  ],
  [
    'RangeError: nnx.withRngs: "options" expected one rule for the stream params, got split and fork',
    () => nnx.withRngs(new nnx.Rngs({ params: 0 }), { split: { params: 4 }, fork: "params" } as never),
  ],
  ['TypeError: nnx.reseed: "node" expected a module, an Rngs or a stream, got 5', () => nnx.reseed(5 as never, {})],
  [
    'TypeError: nnx.reseed: "streams" expected seeds by stream, { dropout: 0 }, got 42',
    () => nnx.reseed(new nnx.Rngs(0), 42 as never),
  ],
  [
    'RangeError: nnx.reseed: "policy" expected "scalars_only", "match_shape" or a function, got "other"',
    () => nnx.reseed(new nnx.Rngs(0), "other" as never, { default: 1 }),
  ],
  [
    'ShapeError: nnx.reseed: the stream default expected one key, got keys of shape [2]. If they are to differ: nnx.reseed(model, "match_shape", { ... })',
    () => {
      const rngs = new nnx.Rngs(0);
      nnx.splitRngs(rngs, { splits: 2 });
      nnx.reseed(rngs, { default: 1 });
    },
  ],

  // Transforms.
  ['TypeError: nnx.remat: "f" expected a function, got 5', () => nnx.remat(5 as never)],
  ["TypeError: nnx.jvp: tangent 0 expected a State of 2 leaves, got 5", () => tangentOf(5)],
  [
    "TypeError: nnx.jvp: tangent 0 expected a State of the leaves bias, kernel, got 0 leaves without bias, kernel",
    () => tangentOf(nnx.fromFlatState([])),
  ],
  ['TypeError: nnx.jit: "f" expected a function, got 5', () => nnx.jit(5 as never)],
  ...(
    [
      ["an asynchronous function", () => nnx.jit(async () => 1)],
      ["one that returns a promise", () => nnx.jit(() => Promise.resolve(1))()],
      ["one that returns an iterator", () => nnx.jit(() => [1].values())()],
    ] as const
  ).map(([got, call]): Failure => [
    `TypeError: nnx.jit: "f" expected a function that has ended when it returns, got ${got}. Its arrays end with the call: await, or iterate, outside of the function`,
    call,
  ]),
  ['TypeError: nnx.warmUp: "model" expected a module or a function, got 5', () => nnx.warmUp(5 as never)],
  [
    'TypeError: nnx.cond: "pred" expected a boolean or an array of one element, got NDArray float32[2]',
    () => nnx.cond(ones(2), identity, identity, ones(1)),
  ],
  [
    'TypeError: nnx.switch: "branches" expected at least one function, got an array of length 0',
    () => nnx.switch(0, []),
  ],
  [
    "TypeError: Variable.set: a function under nnx.vmap expected to write to what it makes or is given, got a Variable that it captured. Pass what has it as an argument: nnx.vmap(f, { inAxes: [null, 0] })(model, x)",
    () => {
      const count = new nnx.Variable(0);
      nnx.vmap((x: NDArray) => (count.set(1), x))(ones(2));
    },
  ],
  ['TypeError: nnx.vmap: "f" expected a function, got 5', () => nnx.vmap(5 as never)],
  [
    'TypeError: nnx.vmap: "inAxes" expected numbers, null or StateAxes, got nnx.Carry, which is for nnx.scan',
    () => nnx.vmap(identity, { inAxes: nnx.Carry as never })(ones(2)),
  ],
  [
    'TypeError: nnx.vmap: "inAxes" expected a number, null, nnx.Carry or an nnx.StateAxes, got "0"',
    () => nnx.vmap(identity, { inAxes: "0" as never })(ones(2)),
  ],
  [
    'RangeError: nnx.vmap: "inAxes" expected one axis an argument, 2, got 1',
    () => nnx.vmap(add, { inAxes: [0] })(ones(2), ones(2)),
  ],
  [
    "ShapeError: nnx.vmap: argument 1 expected an array with an axis 0, got a scalar. An axis of null passes it to every step",
    () => nnx.vmap(add)(ones(2), ones()),
  ],
  ["ShapeError: nnx.vmap: expected axes of one length, got 2 and 3", () => nnx.vmap(add)(ones(2), ones(3))],
  [
    "RangeError: nnx.vmap: expected at least one step, got no argument with an axis. { axisSize: n } says how many steps there are",
    () => nnx.vmap(add, { inAxes: null })(ones(2), ones(2)),
  ],
  ["RangeError: nnx.vmap: expected at least one step, got axes of length 0", () => nnx.vmap(identity)(ones(0))],
  [
    'ShapeError: nnx.vmap: argument 0: "axis" expected an axis of the shape [2], got 3',
    () => nnx.vmap(identity, { inAxes: 3 })(ones(2)),
  ],
  [
    "ShapeError: nnx.vmap: the result expected an axis of results of shape [], got 3",
    () => nnx.vmap(identity, { outAxes: 3 })(ones(2)),
  ],
  [
    'TypeError: nnx.vmap: "outAxes" expected one axis for a result that is no plain array, got 2',
    () => nnx.vmap(identity, { outAxes: [0, 0] as never })(ones(2)),
  ],
  [
    "TypeError: nnx.vmap: the result expected arrays from every step and an axis that is a number",
    () => nnx.vmap((x: NDArray) => (x.item() === 1 ? x : "text"))(jnp.array([1, 2])),
  ],
  [
    "TypeError: nnx.vmap: argument 0 expected an array, a key, a module or a plain container of these, got Map",
    () => nnx.vmap((x: unknown) => x)(new Map()),
  ],
  [
    "ShapeError: nnx.vmap: the result expected results of one shape, got [1] and [2]",
    () => nnx.vmap((x: NDArray) => ones(x.item()))(jnp.array([1, 2])),
  ],
  [
    "StateError: GraphMismatch: nnx.vmap: the result expected modules of one structure from every step, got different ones",
    () => {
      let last = 0;
      nnx.vmap((x: NDArray) => new nnx.List(Array.from({ length: ++last }, () => x)))(ones(2));
    },
  ],
  [
    "StateError: GraphMismatch: nnx.vmap: the result expected States of the same paths from every step, got others",
    () =>
      nnx.vmap((x: NDArray) => nnx.state(linear(), x.item() === 1 ? nnx.Param : nnx.PathContains("bias")))(
        jnp.array([1, 2]),
      ),
  ],
  [
    'RangeError: nnx.StateAxes: "axes" expected a filter that matches bias, got none. End with [nnx.Rest, null]',
    () => nnx.vmap((layer: nnx.Linear) => layer, { inAxes: new nnx.StateAxes([[nnx.BatchStat, 0]]) })(linear()),
  ],
  ['TypeError: nnx.scan: "f" expected a function, got 5', () => nnx.scan(5 as never)],
  [
    'TypeError: nnx.scan: "inAxes" and "outAxes" expected nnx.Carry in both or in neither, got it in one',
    () => nnx.scan(identity, { inAxes: 0, outAxes: nnx.Carry })(ones(2)),
  ],
  [
    'TypeError: nnx.scan: "f" expected to return a plain array of 2, as "outAxes" says, got NDArray float32[]',
    () => nnx.scan(add)(ones(), ones(2)),
  ],
  // Messages to other threads.
  [
    'TypeError: nnx.toTransferable: "x" expected arrays, keys, Variables, States and plain data, got Linear.',
    () => nnx.toTransferable({ model: linear() }),
  ],
  [
    'TypeError: nnx.fromTransferable: "types" expected to have the class of Variables "Mine", got none of it. nnx.fromTransferable(message, { types: [Mine] })',
    () => nnx.fromTransferable({ ...(nnx.toTransferable(new nnx.Param(1)) as object), kind: "Mine" }),
  ],
  [
    'TypeError: fromTransferable: "message" expected a Float32Array of [2] elements, got Uint8Array of length 8',
    () => nnx.fromTransferable({ ...(nnx.toTransferable(ones(2)) as object), data: new Uint8Array(8) }),
  ],
  // What a model would lose.
  [
    "TypeError: Holder.held: expected a module, a Variable or an array, got Float32Array of length 2, which no state has.",
    () => nnx.state(new Holder(new Float32Array(2))),
  ],
  [
    "TypeError: Holder.held: expected a module, a Variable or an array, got Map that holds some: a model would lose them.",
    () => nnx.state(new Holder(new Map([["a", new nnx.Param(1)]]))),
  ],
  [
    'RangeError: nnx.List: "index" expected one below the length 1, got an item at 1.',
    () => {
      const list = new nnx.List([1]);
      list[1] = 2;
      return [...list];
    },
  ],
  [
    'RangeError: nnx.List: "index" expected one below the length 0, got an item at 5.',
    () => nnx.state(Object.assign(new nnx.List([]), { 5: linear() })),
  ],
  [
    "TypeError: Holder.__call__: expected a method, got a function of the instance, which a copy cannot have: it would read the original's attributes.",
    () => nnx.clone(Object.assign(new Holder(1), { __call__: identity })),
  ],
  [
    "TypeError: Again.kernel: expected what the base class set, got undefined: a field that a subclass declares again is set to undefined.",
    () => {
      const Again = new Function("Linear", "return class Again extends Linear { kernel; }")(
        nnx.Linear,
      ) as typeof nnx.Linear;
      return new Again(3, 4, { rngs: new nnx.Rngs(0) })(ones(3));
    },
  ],
  [
    "RangeError: nnx.vmap: argument 0 expected no step to write what others do not to a module that is passed whole, got different values of mean. Give it an axis, or leave it as it is: { useRunningAverage: true }",
    () =>
      nnx.vmap((norm: nnx.BatchNorm, x: NDArray) => norm(x), { inAxes: [null, 0] })(
        new nnx.BatchNorm(1, { rngs: new nnx.Rngs(0) }),
        jnp.arange(4).reshape([2, 2, 1]),
      ),
  ],
];
