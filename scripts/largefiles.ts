/**
 * `npx tsx scripts/largefiles.ts write FOLDER` writes files of over 4 GiB, which test/golden/oracle_large.py reads with
 * the real libraries; `read FOLDER` reads those that it wrote. Needs 9 GB on disk and a minute, and is not part of the
 * tests.
 */
import { statSync } from "node:fs";
import { join } from "node:path";
import { commandLine, failUsage } from "./commandline.ts";
import { numpy } from "../src/index.ts";
import { open, saveTo } from "../src/weights.ts";

const LENGTH = 225_000_000;
const COUNT = 5;
const FORMATS = ["safetensors", "npz"] as const;

const [command, folder] = commandLine(import.meta.url, {}, 2).positionals;
if (folder === undefined || (command !== "write" && command !== "read"))
  failUsage(import.meta.url, `expected "write FOLDER" or "read FOLDER"`);
const large = numpy.arange(LENGTH).astype("float32");
const last = numpy.array([1, 2, 3, 4]);
const arrays = new Map([...Array.from({ length: COUNT }, (_, i) => [`a${i}`, large] as const), ["z", last] as const]);

for (const format of FORMATS) {
  const path = join(folder, `large.${format}`);
  if (command === "write") await saveTo(path, arrays, { format });
  else await check(path);
  console.log(`${path}: ${(statSync(path).size / 2 ** 30).toFixed(2)} GiB, ${command}`);
}

async function check(path: string): Promise<void> {
  const file = await open(path);
  if ([...file.names].sort().join() !== [...arrays.keys()].join()) throw new Error(`${path}: has ${file.names.join()}`);
  for (const [name, array] of arrays)
    if (!numpy.arrayEqual(await file.get(name), array)) throw new Error(`${path}: ${name} is another`);
  await file.close();
}
