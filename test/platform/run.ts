/**
 * `npm run test:platforms`: flaxen's tarball, installed in an empty folder, gives the same bits in every engine and
 * set-up here as Node's TypeScript core. `--without-chromium` leaves the browser out.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { browserPlatforms } from "./chromium.ts";
import type { Engine } from "./engines.ts";
import { bun, deno, newerNodes, nodeEngines, nodeScript, REFERENCE, runEngine } from "./engines.ts";
import { bundle, installTarball, pack } from "./install.ts";
import { attw, publint } from "./lint.ts";
import { Report } from "./report.ts";
import { judge, judgeReference } from "./result.ts";

const { values: options } = parseArgs({ options: { "without-chromium": { type: "boolean", default: false } } });
const temporary = mkdtempSync(join(tmpdir(), "flaxen-platforms-"));
const report = new Report();
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
  const probe = (engine: Engine): string => judge(runEngine(engine, app), engine.expected, reference);

  await report.line("the recorded digest", () => judgeReference(reference));
  for (const engine of [...nodeEngines(), ...newerNodes(), bun(), deno(temporary)]) await report.line(engine.name, () => probe(engine));
  await report.line("node, every entry point", () => probe(nodeScript("entries.js")));
  await report.line("node, bundled by esbuild", async () => probe(nodeScript(await bundle(app, temporary))));
  if (options["without-chromium"]) report.note("chromium is left out: --without-chromium");
  else for (const { name, visit } of browserPlatforms(app, temporary)) await report.line(name, async () => judge(...(await visit()), reference));
  await report.line("publint --strict", () => publint(tarball));
  await report.line("attw --profile esm-only", () => attw(tarball));
}
