/**
 * `npx tsx scripts/gigabytes.ts [threads]`: a model of more weights than 4 GiB hold, used three times over. Linear
 * memory fills to its end, what does not fit is read on every call, and every product is the one of weights that are
 * not kept. Needs 10 GB of memory and half a minute, and is not part of the tests.
 */
import { commandLine, wholeNumber } from "./commandline.ts";
import { init, memoryInfo, numpy, random, useBackend } from "../src/index.ts";

const SIDE = 4096;
const WEIGHTS = 66;
const GIB = 2 ** 30;

const { positionals } = commandLine(import.meta.url, {}, 1);
useBackend("wasm");
const { threads } = await init({ threads: wholeNumber(import.meta.url, "threads", positionals[0] ?? "1") });
const values = random.normal(random.key(0), [SIDE * SIDE + WEIGHTS]).data as Float32Array;
const x = random.normal(random.key(1), [SIDE]);
const layers = Array.from({ length: WEIGHTS }, (_, i) =>
  numpy.array(values.slice(i, i + SIDE * SIDE)).reshape([SIDE, SIDE]),
);

const expected = layers.map((w) => x.matmul(w));
report("first use");
let wrong = 0;
for (const which of ["second", "third", "fourth"]) {
  const start = performance.now();
  layers.forEach((w, i) => {
    if (!numpy.arrayEqual(x.matmul(w), expected[i]!)) wrong++;
  });
  report(`${which} use, ${((performance.now() - start) / WEIGHTS).toFixed(1)} ms a product`);
}
process.stdout.write(`${wrong} of ${3 * WEIGHTS} products wrong\n`);
process.exitCode = wrong === 0 && memoryInfo().linearBytes > 3.9 * GIB ? 0 : 1;

function report(what: string): void {
  const { linearBytes, residentBytes, residents } = memoryInfo();
  process.stdout.write(
    `${threads} threads, ${what}: linear memory ${(linearBytes / GIB).toFixed(2)} GiB, ` +
      `${residents} copies in ${(residentBytes / GIB).toFixed(2)} GiB\n`,
  );
}
