/**
 * How many public NNX programs use no name that flaxen lacks: `npx tsx scripts/frequency.ts [FOLDER]` prints them, and
 * the names that are missing, most used first. FOLDER (or FLAXEN_FREQUENCY) has frequency.tsv and frequency-files.tsv;
 * default test/golden.
 */
import { join } from "node:path";
import { commandLine } from "./commandline.ts";
import { frequencyOf } from "./frequency/names.ts";
import { ROOT } from "./run.ts";

const { positionals } = commandLine(import.meta.url, {}, 1);
const folder = positionals[0] ?? process.env.FLAXEN_FREQUENCY ?? join(ROOT, "test/golden");
const { files, names } = frequencyOf(folder);
const whole = [...files.values()].filter((missing) => missing.length === 0).length;
const uses = new Map<string, number>();
for (const missing of files.values()) for (const name of missing) uses.set(name, (uses.get(name) ?? 0) + 1);
const lines = [...uses]
  .toSorted(([, a], [, b]) => b - a)
  .map(
    ([name, count]) =>
      `${count} files, ${names.get(name)!.repositories} repositories: ${name} (${names.get(name)!.note})`,
  );
process.stdout.write(`${whole} of ${files.size} files use no name that is missing\n${lines.join("\n")}\n`);
