import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect, it } from "vitest";
import { vitest } from "../../scripts/mutation/vitest.ts";

it("mutants are tried on the Node that runs the program, whichever is in the PATH", async () => {
  const folder = mkdtempSync(join(tmpdir(), "flaxen-"));
  try {
    for (const path of ["bin", "node_modules/.bin", "node_modules/vitest"])
      mkdirSync(join(folder, path), { recursive: true });
    const program = `#!/usr/bin/env node\nprocess.exit(process.version === ${JSON.stringify(process.version)} ? 5 : 6)`;
    for (const path of [".bin/vitest", "vitest/vitest.mjs"])
      writeFileSync(join(folder, "node_modules", path), program, { mode: 0o755 });
    writeFileSync(join(folder, "bin/node"), "#!/bin/sh\nexit 7\n", { mode: 0o755 });
    const PATH = `${join(folder, "bin")}${delimiter}${process.env.PATH}`;
    expect(await vitest(folder, [], [], { PATH }, () => false)).toBe(5);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
