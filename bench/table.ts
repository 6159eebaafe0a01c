/** A markdown table, its columns aligned for reading as it is: text to the left, figures to the right. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headings.map((heading, column) => Math.max(heading.length, ...rows.map((row) => row[column]!.length)));
  const padded = (cell: string, column: number): string =>
    column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!);
  const line = (cells: readonly string[]): string => `| ${cells.map(padded).join(" | ")} |`;
  const rule = widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [headings, rule, ...rows].map(line).join("\n");
}

/** Prints a titled table. */
export function printTable(title: string, headings: readonly string[], rows: readonly (readonly string[])[]): void {
  process.stdout.write(`\n### ${title}\n\n${table(headings, rows)}\n`);
}

/** Three significant digits, without an exponent. */
export function formatFigure(x: number): string {
  return x >= 100 ? x.toFixed(0) : x.toPrecision(3);
}
