/** Command lines of the programs in scripts/ and bench/. Their usage is the comment at the head of their file. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type { ParseArgsConfig } from "node:util";
import { parseArgs } from "node:util";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Parsed<O extends Options> = ReturnType<typeof parseArgs<{ options: O; allowPositionals: true }>>;

/**
 * The options, and at most so many other words, that the program at `url` was given. Prints the usage and exits with 0
 * for `--help`; says what there is and exits with 2 for an option that it does not know, or a word too many.
 */
export function commandLine<const O extends Options>(
  url: string,
  options: O,
  words: number,
  args: readonly string[] = process.argv.slice(2),
): Parsed<O> {
  const parsed = parse(url, options, args);
  const surplus = parsed.positionals[words];
  if (surplus !== undefined) failUsage(url, `unexpected "${surplus}"`, options);
  return parsed;
}

/** The first word, and behind it what is another program's to read. What stands in front is read as `commandLine`. */
export function commandAndRest(url: string): [command: string | undefined, rest: readonly string[]] {
  const args = process.argv.slice(2);
  const at = args.findIndex((arg) => !arg.startsWith("-"));
  const own = at < 0 ? args : args.slice(0, at + 1);
  return [commandLine(url, {}, 1, own).positionals[0], args.slice(own.length)];
}

/** A whole number that is not negative; exits with 2 if `text` is none. */
export function wholeNumber(url: string, name: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isSafeInteger(value) && value >= 0) return value;
  return failUsage(url, `${name} expected a whole number, got "${text}"`);
}

/** Whether `label` has one of the words; every label has, if there are none. */
export function hasWord(label: string, words: readonly string[]): boolean {
  return words.length === 0 || words.some((word) => label.toLowerCase().includes(word.toLowerCase()));
}

/** Prints what is wrong, the usage, and the options; exits with 2. */
export function failUsage(url: string, message: string, options: Options = {}): never {
  const names = [...Object.keys(options), "help"].map((name) => `--${name}`).join(", ");
  process.stderr.write(`${basename(fileURLToPath(url))}: ${message}\n\n${usage(url)}\nOptions: ${names}\n`);
  process.exit(2);
}

function parse<O extends Options>(url: string, options: O, args: readonly string[]): Parsed<O> {
  try {
    const all = { ...options, help: { type: "boolean" } } as const;
    const parsed = parseArgs({ args: [...args], options: all, allowPositionals: true });
    if ((parsed.values as { help?: boolean }).help !== true) return parsed as Parsed<O>;
  } catch (error) {
    // The rest of the sentence is about positional arguments that begin with a dash.
    failUsage(url, (error as Error).message.split(/[.\n]/)[0]!, options);
  }
  process.stdout.write(usage(url));
  process.exit(0);
}

/** The comment at the head of the file, without its stars. */
function usage(url: string): string {
  const [, comment = ""] = /^\/\*\*([^]*?)\*\//.exec(readFileSync(fileURLToPath(url), "utf8")) ?? [];
  const lines = comment.split("\n").map((line) => line.replace(/^ \* ?/, "").trimEnd());
  return `${lines.join("\n").trim()}\n`;
}
