/**
 * Lines of a table of at most `width` columns: columns as wide as their widest cell, the widest narrowed, their cells
 * wrapped, until the table fits. Numbers, and so the last two columns, stand at the right.
 *
 * @internal
 */
export function layOut(headings: readonly string[], rows: readonly (readonly string[])[], width: number): string[] {
  const widths = headings.map((heading, i) => Math.max(heading.length, ...rows.map((row) => row[i]!.length)));
  const wrappable = headings.length - 2;
  const total = (): number => widths.reduce((sum, w) => sum + w, GAP.length * (widths.length - 1));
  while (total() > width) {
    const widest = widths.slice(0, wrappable).reduce((best, w, i) => (w > widths[best]! ? i : best), 0);
    if (widths[widest]! <= NARROWEST) break;
    widths[widest]!--;
  }
  const line = (cells: readonly string[]): string[] => {
    const wrapped = cells.map((cell, i) => wrap(cell, widths[i]!));
    const height = Math.max(...wrapped.map((lines) => lines.length));
    return Array.from({ length: height }, (_, y) =>
      wrapped
        .map((lines, i) => pad(lines[y] ?? "", widths[i]!, i >= wrappable))
        .join(GAP)
        .trimEnd(),
    );
  };
  const rule = "-".repeat(Math.min(width, total()));
  return [...line(headings), rule, ...rows.flatMap(line), rule];
}

const GAP = "  ";
const NARROWEST = 6;

function pad(text: string, width: number, right: boolean): string {
  return right ? text.padStart(width) : text.padEnd(width);
}

/**
 * The text in lines of at most `width`, broken behind a slash, comma or space where there is one in the last half.
 *
 * @internal
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const at = Math.max(...["/", ",", " "].map((mark) => rest.lastIndexOf(mark, width - 1))) + 1;
    const cut = at > width / 2 ? at : width;
    lines.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  return [...lines, rest];
}
