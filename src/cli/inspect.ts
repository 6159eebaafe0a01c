import { bitsOf } from "../weights/index.ts";
import type { WeightsFile } from "../weights/index.ts";
import type { ReadingOptions } from "./source.ts";
import { openAny } from "./source.ts";
import type { Terminal } from "./terminal.ts";
import { sizeText } from "./terminal.ts";

export interface InspectOptions extends ReadingOptions {
  readonly json: boolean;
}

/** Prints what is in the file at `path`, without reading its arrays. */
export async function inspect(path: string, options: InspectOptions, terminal: Terminal): Promise<void> {
  const file = await openAny(path, { voidAs: options.voidAs });
  try {
    terminal.out(options.json ? jsonText(file) : tableText(file));
  } finally {
    await file.close();
  }
}

function jsonText(file: WeightsFile): string {
  const { format, source, names, metadata, extra } = file;
  const value = {
    format,
    source,
    tensors: names.map((name) => ({ name, ...file.info(name) })),
    metadata: [...metadata].map(([name, text]) => ({ name, value: text })),
    extra: [...extra].map(([name, leaf]) => ({ name, value: leaf })),
  };
  return `${JSON.stringify(value, plain, 2)}\n`;
}

/** What JSON has not, as what it has: a bigint as text, bytes and maps as what they hold. */
function plain(_: string, value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (value instanceof Uint8Array) return [...value];
  return value instanceof Map ? Object.fromEntries(value as Map<string, unknown>) : value;
}

function tableText(file: WeightsFile): string {
  const infos = file.names.map((name) => [name, file.info(name)] as const);
  const rows = infos.map(([name, { dtype, shape, bytes }]) => [
    JSON.stringify(name).slice(1, -1),
    dtype,
    `[${shape.join(", ")}]`,
    sizeText(bytes),
  ]);
  const widths = [0, 1, 2].map((column) => rows.reduce((width, row) => Math.max(width, row[column]!.length), 0));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
  const bytes = infos.reduce((sum, [, info]) => sum + info.bytes, 0);
  const numbers = infos.reduce((sum, [, info]) => sum + (info.bytes * 8) / bitsOf(info.dtype), 0);
  lines.push(`${infos.length} arrays, ${numbers} numbers, ${sizeText(bytes)}, ${file.format}`);
  for (const [name, text] of file.metadata) lines.push(`metadata ${name}: ${JSON.stringify(text)}`);
  for (const [name, leaf] of file.extra) lines.push(`other ${name}: ${JSON.stringify(leaf, plain)}`);
  return `${lines.join("\n")}\n`;
}
