import { nodeModule } from "../base/index.ts";
import { LoadError } from "../weights/index.ts";
import type { ConvertOptions } from "./convert.ts";
import { convert } from "./convert.ts";
import { inspect } from "./inspect.ts";
import type { Terminal } from "./terminal.ts";
import { packageVersion } from "./terminal.ts";

const HELP = `Files of weights: safetensors (also sharded), Flax msgpack, NumPy .npy and .npz, Orbax checkpoints.

  flaxen inspect FILE [--json]      what is in FILE: names, types, shapes, sizes, metadata
  flaxen convert IN OUT [options]   writes OUT, by its ending .safetensors, .msgpack, .npz or .npy

FILE and IN are a path, or an http or https address.

  --json                    prints JSON
  --dtype DTYPE             casts floats: float32, bfloat16 or float16
  --format FORMAT           the format of OUT, whatever its ending
  --max-shard-bytes BYTES   writes safetensors of at most BYTES each and their index, into the folder OUT
  --void-as bfloat16        reads the raw bytes that NumPy makes of bfloat16
  --help, --version

Exits with 0, with 1 if a file cannot be read or written, with 2 if the arguments are wrong.
`;

/** Arguments that make no sense. */
class UsageError extends Error {}

interface ParseArgs {
  parseArgs(config: object): { values: Record<string, string | boolean | undefined>; positionals: string[] };
}

/**
 * Runs the command that `args` are.
 *
 * @returns the exit code
 */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await run(args, terminal);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.error(`flaxen: ${error.message}. See flaxen --help\n`);
      return 2;
    }
    const isExpected = error instanceof LoadError || error instanceof RangeError || error instanceof TypeError;
    const { message, stack, code } = error as Error & { code?: string };
    // Errors of the system, such as a full disk, have a code too.
    terminal.error(`flaxen: ${isExpected || code !== undefined ? message : (stack ?? message)}\n`);
    return 1;
  }
}

async function run(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values, positionals } = await parse(args);
  if (values.help || args.length === 0) return terminal.out(HELP);
  if (values.version) return terminal.out(`${await packageVersion()}\n`);
  const [command, ...files] = positionals;
  const voidAs = values["void-as"] as "bfloat16" | undefined;
  if (voidAs !== undefined && voidAs !== "bfloat16") throw new UsageError("--void-as expected bfloat16");
  if (command === "inspect") {
    checkOptions(values, ["json", "void-as"], command);
    if (files.length !== 1) throw new UsageError(`inspect expected one file, got ${files.length}`);
    return await inspect(files[0]!, { json: values.json === true, voidAs }, terminal);
  }
  if (command === "convert") {
    checkOptions(values, ["dtype", "format", "max-shard-bytes", "void-as"], command);
    if (files.length !== 2) throw new UsageError(`convert expected two files, got ${files.length}`);
    return await convert(files[0]!, files[1]!, convertOptions(values, files[1]!, voidAs), terminal);
  }
  throw new UsageError(`expected inspect or convert, got ${command}`);
}

type Values = Readonly<Record<string, string | boolean | undefined>>;

async function parse(args: readonly string[]): Promise<{ values: Values; positionals: string[] }> {
  const { parseArgs } = (await nodeModule<ParseArgs>("node:util"))!;
  const text = { type: "string" };
  const flag = { type: "boolean" };
  const options = {
    json: flag,
    help: { ...flag, short: "h" },
    version: flag,
    dtype: text,
    format: text,
    "max-shard-bytes": text,
    "void-as": text,
  };
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message.split(". ")[0]);
  }
}

function checkOptions(values: Values, allowed: readonly string[], command: string): void {
  const wrong = Object.keys(values).find((name) => !allowed.includes(name));
  if (wrong !== undefined) throw new UsageError(`${command} has no option --${wrong}`);
}

const DTYPES = ["float32", "bfloat16", "float16"] as const;
const FORMATS = ["safetensors", "msgpack", "npz", "npy"] as const;

function convertOptions(values: Values, out: string, voidAs: "bfloat16" | undefined): ConvertOptions {
  const size = values["max-shard-bytes"];
  const maxShardBytes = size === undefined ? undefined : Number(size);
  if (maxShardBytes !== undefined && !(maxShardBytes > 0))
    throw new UsageError(`--max-shard-bytes expected a number of bytes, got ${size}`);
  const ending = /\.(\w+)$/.exec(out)?.[1] ?? "none";
  const format = values.format ?? (maxShardBytes === undefined ? ending : "safetensors");
  return {
    dtype: values.dtype === undefined ? undefined : oneOf(values.dtype, DTYPES, "--dtype"),
    format: oneOf(format, FORMATS, values.format === undefined ? "the ending of OUT" : "--format"),
    maxShardBytes,
    voidAs,
  };
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[], what: string): T {
  const found = allowed.find((item) => item === value);
  if (found === undefined) throw new UsageError(`${what} expected ${allowed.join(", ")}, got ${String(value)}`);
  return found;
}
