/** What the page, the frame and the worker say to each other. */

/** JavaScript in pieces: text, and the names of entries of the package where their addresses belong. */
export type Pieces = readonly (string | { readonly entry: string })[];

/** Numbers of an array, sampled if there are many. */
export interface ArrayCard {
  readonly kind: "array";
  readonly name: string;
  /** Array, Param, ... */
  readonly type: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** In row-major order; `step` apart if sampled. Absent for keys. */
  readonly values?: Float64Array;
  readonly step: number;
  readonly stats?: { readonly min: number; readonly max: number; readonly mean: number; readonly deviation: number };
  readonly print: string;
}

/** A line of a tree: a module, a Variable, a list, or a plain attribute. */
export interface TreeNode {
  readonly name: string;
  readonly type: string;
  /** What stands beside the type: sizes, counts, a value. */
  readonly note: string;
  readonly children: readonly TreeNode[];
  readonly array?: ArrayCard;
}

export interface TreeCard {
  readonly kind: "tree";
  readonly name: string;
  readonly type: string;
  readonly note: string;
  readonly root: TreeNode;
  /** nnx.tabulate's, when an input is exported as x. */
  readonly table?: string;
}

export interface TextCard {
  readonly kind: "text";
  readonly name: string;
  readonly type: string;
  readonly text: string;
  /** One line, folded away. */
  readonly folded?: boolean;
}

export interface PlotCard {
  readonly kind: "plot";
  readonly name: string;
  readonly type: string;
  readonly values: readonly number[];
}

export type Card = ArrayCard | TreeCard | TextCard | PlotCard;

/** Something thrown. */
export interface Thrown {
  readonly name: string;
  readonly message: string;
  /** In the program, from 1. */
  readonly line?: number;
  readonly stack: string;
}

/** One case of a lesson, judged. */
export interface Row {
  readonly name: string;
  readonly call: string;
  readonly passed: boolean;
  /** As text, with the first difference between \u2402 and \u2403. */
  readonly got?: string;
  readonly want?: string;
}

export interface Verdict {
  readonly rows: readonly Row[];
  /** What to say first; empty when everything passes. */
  readonly feedback: string;
  readonly thrown?: Thrown;
  readonly passed: number;
  readonly total: number;
}

/** What a lesson is graded by. */
export interface LessonData {
  readonly slug: string;
  readonly golden: Golden;
  readonly feedback: Feedback;
  readonly checks: Pieces;
  readonly solution: Pieces;
}

export interface Golden {
  readonly entry: string;
  readonly compare: "exact" | "close";
  readonly tolerance: { readonly rtol: number; readonly atol: number } | null;
  readonly cases: readonly { readonly name: string; readonly args: readonly unknown[]; readonly want: unknown }[];
  readonly mistakes: readonly { readonly mistake: string; readonly case: string; readonly got: unknown }[];
}

export interface Feedback {
  readonly missing: string;
  readonly kind?: Readonly<Record<string, string>>;
  readonly shape?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, string>>;
  readonly bits?: string;
}

export interface Engine {
  readonly name: string;
  readonly reason: string;
}

/** To the worker. */
export type Order =
  | { readonly type: "start"; readonly library: string; readonly backend: "auto" | "core" }
  | { readonly type: "run"; readonly id: number; readonly code: Pieces; readonly more: Libraries }
  | {
      readonly type: "check";
      readonly id: number;
      readonly code: Pieces;
      readonly more: Libraries;
      readonly lesson: LessonData;
    };

/** Texts of the entries that are fetched when a program imports them. */
export type Libraries = Readonly<Record<string, string>>;

/** From the worker. */
export type Report =
  | { readonly type: "ready"; readonly engine: Engine }
  | { readonly type: "log"; readonly id: number; readonly level: string; readonly text: string }
  | { readonly type: "left-out"; readonly id: number; readonly count: number }
  | { readonly type: "done"; readonly id: number; readonly ms: number; readonly cards: readonly Card[] }
  | { readonly type: "thrown"; readonly id: number; readonly error: Thrown }
  | { readonly type: "case"; readonly id: number }
  | { readonly type: "verdict"; readonly id: number; readonly verdict: Verdict; readonly ms: number }
  | { readonly type: "broken"; readonly message: string };

/** To the frame: what makes its worker, or an order for it. */
export type Box =
  | { readonly type: "make"; readonly library: string; readonly backend: "auto" | "core" }
  | { readonly type: "stop" }
  | Order;
