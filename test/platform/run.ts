/**
 * `npm run test:platforms`: flaxen's tarball, installed in an empty folder, gives the same bits in every engine and
 * set-up here as Node's TypeScript core. `--without-chromium`, `--without-firefox`, `--without-jsc` and
 * `--without-emulated` leave out what comes from the system.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "../../scripts/run.ts";
import { chromium } from "./chromium.ts";
import { command } from "./command.ts";
import { emulatedNodes } from "./emulated.ts";
import type { Engine } from "./engines.ts";
import {
  bun,
  deno,
  fusingNode,
  newerNodes,
  nodeEngines,
  nodeScript,
  onCommandLine,
  REFERENCE,
  runEngine,
} from "./engines.ts";
import { firefox } from "./firefox.ts";
import { bundle, installTarball, pack } from "./install.ts";
import { jscEngines } from "./jsc.ts";
import type { Platform } from "./platform.ts";
import { Report } from "./report.ts";
import { judge, judgeReference } from "./result.ts";

const WITHOUT = ["chromium", "firefox", "jsc", "emulated"] as const;
const { values: options } = parseArgs({
  options: Object.fromEntries(WITHOUT.map((name) => [`without-${name}`, { type: "boolean", default: false }] as const)),
});
const temporary = mkdtempSync(join(tmpdir(), "flaxen-platforms-"));
const report = new Report("platforms");
try {
  await platforms();
} catch (error) {
  report.fail("set-up", error);
} finally {
  rmSync(temporary, { recursive: true, force: true, maxRetries: 3 });
}
process.exitCode = report.end() ? 0 : 1;

async function platforms(): Promise<void> {
  const tarball = pack(temporary);
  const app = installTarball(tarball, temporary);
  const reference = runEngine(REFERENCE, app);
  const onAll = async (list: readonly Platform[]): Promise<void> => {
    for (const { name, run, expected } of list)
      await report.line(name, async () => judge(await run(), expected, reference));
  };
  const probe = (engine: Engine): string => judge(runEngine(engine, app), engine.expected, reference);

  await report.line("the recorded digest", () => judgeReference(reference));
  await onAll(onCommandLine([...nodeEngines(), ...newerNodes(), bun(), deno(temporary)], app));
  await report.line("node 24, contract of the kernels that the processor fuses", fusedContract);
  await report.line("node 24, contract of the kernels of products, fused", fusedProducts);
  await report.line("node, every entry point", () => probe(nodeScript("entries.js")));
  await report.line("node, bundled by esbuild", async () => probe(nodeScript(await bundle(app, temporary))));
  const fromTheSystem = {
    chromium: chromium(app, temporary),
    firefox: firefox(app, temporary),
    jsc: onCommandLine(jscEngines(), app),
    emulated: onCommandLine(emulatedNodes(), app),
  };
  for (const name of WITHOUT) {
    if (options[`without-${name}`]) report.note(`${name} is left out: --without-${name}`);
    else await onAll(fromTheSystem[name]);
  }
}

/** The tests of what the oldest Node, which runs all others, cannot compile. */
function fusedContract(): string {
  return contract(["test/contract/fused"], {});
}

/** The tests of all kernels that add up products, with each multiply-add rounded once. */
function fusedProducts(): string {
  const gradients = ["attentionback", "convolvekernel", "matmultransposed", "outer"];
  const files = [
    "matmul",
    "matvec",
    "convolution",
    "attention",
    "recurrent",
    ...gradients.map((name) => `gradients/${name}`),
  ];
  return contract(
    files.map((name) => `test/contract/${name}`),
    { FLAXEN_PRODUCTS: "fused" },
  );
}

function contract(files: readonly string[], variables: Readonly<Record<string, string>>): string {
  const vitest = join(ROOT, "node_modules/vitest/vitest.mjs");
  const { stdout } = command(fusingNode(), [vitest, "run", ...files], ROOT, { NO_COLOR: "1", ...variables });
  return /Tests +(\d+ passed)/.exec(stdout)![1]!;
}
