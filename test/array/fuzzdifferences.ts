/** Where flaxen differs from JAX on purpose in the corpus of random calls, each with its reason. */
interface Difference {
  readonly names: readonly string[];
  readonly reason: string;
  /** What of the arguments or of the line that says what differs tells such a case. */
  readonly is: (args: string, line: string) => boolean;
}

const DIFFERENCES: readonly Difference[] = [
  {
    names: ["power", "pow"],
    reason: "JAX reads the number out of an integer scalar array as exponent; here its dtype takes part in promotion",
    is: (args, line) => /,\{"a":\["u?int\d+",\[\],\[\d\]\]\}\]$/.test(args) && /expected u?int/.test(line),
  },
  {
    names: ["divide", "trueDivide"],
    reason: "XLA makes a choice of false times the infinite reciprocal of 0, and so 0; IEEE 754 has NaN",
    is: (args, line) => args.startsWith('[{"a":["bool"') && /expected 0 at \d+, got NaN/.test(line),
  },
  {
    names: ["take"],
    reason: "JAX forgets the shape of empty indices into an axis of size 0; NumPy and flaxen keep it",
    is: (args, line) => args.includes(",[]]}]") && /expected \w+ \[0\], got/.test(line),
  },
];

/** Why a case differs; undefined if it should not. `line` says what differs. */
export function reasonFor(name: string, args: unknown, line: string): string | undefined {
  const text = JSON.stringify(args);
  return DIFFERENCES.find((difference) => difference.names.includes(name) && difference.is(text, line))?.reason;
}
