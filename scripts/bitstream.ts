/**
 * Writes an endless stream of random words to stdout, for test batteries:
 *
 *   npm run --silent bitstream | dieharder -a -g 200
 *
 * Block i is the uint32 draw of `foldIn(key(0), i)`, so that keys are tested along with counters.
 */
import { once } from "node:events";
import { random } from "flaxen";

const WORDS = 2 ** 20;

process.stdout.on("error", () => process.exit(0));
for (let block = 0; ; block++) {
  const { buffer } = random.bits(random.foldIn(random.key(0), block), [WORDS]).data;
  if (!process.stdout.write(new Uint8Array(buffer))) await once(process.stdout, "drain");
}
