/**
 * `npm run test:ecosystem`: flaxen's tarball under other people's tools. Deep equality and proxies in jest, by
 * `require`; `import` and `require` in one process; the declarations under the oldest TypeScript that is promised and
 * a newer one, in every way in which it looks for modules.
 */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../scripts/run.ts";
import { command, npm } from "../platform/command.ts";
import { pack } from "../platform/install.ts";
import { attw, publint } from "./lint.ts";
import { Report } from "../platform/report.ts";

const HERE = join(ROOT, "test", "ecosystem");
const MODULES = join(HERE, "node_modules");

/** `--module`, `--moduleResolution` and the programs that are compiled so. */
const RESOLUTIONS = [
  ["commonjs", "node10", "module.ts"],
  ["esnext", "node10", "module.ts"],
  ["node16", "node16", "module.ts", "commonjs.cts"],
  ["esnext", "bundler", "module.ts"],
] as const;

const temporary = mkdtempSync(join(tmpdir(), "flaxen-ecosystem-"));
const report = new Report("ecosystem");
try {
  await ecosystem();
} catch (error) {
  report.fail("set-up", error);
} finally {
  rmSync(temporary, { recursive: true, force: true, maxRetries: 3 });
}
process.exitCode = report.end() ? 0 : 1;

async function ecosystem(): Promise<void> {
  if (!existsSync(MODULES)) npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"], HERE);
  const tarball = pack(temporary);
  const app = join(temporary, "app");
  mkdirSync(app);
  writeFileSync(join(app, "package.json"), '{ "private": true, "type": "module" }\n');
  npm(["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", tarball], app);
  for (const file of ["equality.jest.cjs", "onelibrary.mjs"]) copyFileSync(join(HERE, file), join(app, file));
  for (const file of readdirSync(join(HERE, "types"))) copyFileSync(join(HERE, "types", file), join(app, file));

  await report.line("publint --strict", () => publint(tarball));
  await report.line("attw", () => attw(tarball));
  await report.line("import and require", () => {
    command(process.execPath, ["onelibrary.mjs"], app);
    return "one library";
  });
  await report.line("jest, lodash, Vue, MobX", () => {
    const jest = ["--rootDir", app, "--testMatch", "**/*.jest.cjs", "--modulePaths", MODULES];
    const { stderr } = command(process.execPath, [join(MODULES, "jest", "bin", "jest.js"), ...jest], app);
    return /^Tests: +(.*)$/m.exec(stderr)![1]!;
  });
  for (const compiler of ["typescript54", "typescript59"])
    for (const [module, resolution, ...files] of RESOLUTIONS)
      for (const lib of ["es2022", "es2022,dom"])
        await report.line(`${compiler} ${module} ${resolution} ${lib}`, () => {
          const flags = ["--noEmit", "--strict", "--skipLibCheck", "false", "--target", "es2022", "--lib", lib];
          const modules = ["--module", module, "--moduleResolution", resolution];
          command(process.execPath, [join(MODULES, compiler, "bin", "tsc"), ...flags, ...modules, ...files], app);
          return "clean";
        });
}
