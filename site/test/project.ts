/** "Download as a small project": the zip, unpacked, runs in Node. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import zlib from "node:zlib";
import { EXAMPLES } from "../scripts/examples.ts";
import { ROOT, SITE } from "../scripts/places.ts";
import { projectFiles, zip } from "../src/pages/project.ts";
import type { Suite } from "./suite.ts";

export async function projectInNode(suite: Suite): Promise<void> {
  const files = projectFiles(EXAMPLES[0]!.code);
  const bytes = Buffer.from(await zip(files).arrayBuffer());
  const unpacked = unzip(bytes, suite);
  suite.equal("the zip has the files of the project", unpacked, files);
  const folder = mkdtempSync(join(tmpdir(), "flaxen-project-"));
  try {
    for (const [name, text] of Object.entries(unpacked)) writeFileSync(join(folder, name), text);
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(ROOT, join(folder, "node_modules/flaxen"));
    // What `npm start` runs, with the packages that are here.
    const tsx = join(SITE, "node_modules/tsx/dist/cli.mjs");
    const printed = execFileSync(process.execPath, [tsx, "show.ts"], { cwd: folder, encoding: "utf8" });
    suite.ok("the project prints what the program exports", /^y = \[\[/m.test(printed), printed);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The texts of a zip that stores them as they are, by its directory. */
function unzip(bytes: Buffer, suite: Suite): Record<string, string> {
  const end = bytes.length - 22;
  suite.equal("the zip ends with its directory", bytes.readUInt32LE(end), 0x06054b50);
  const files: Record<string, string> = {};
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 8); count > 0; count--) {
    const [size, nameLength, local] = [
      bytes.readUInt32LE(at + 24),
      bytes.readUInt16LE(at + 28),
      bytes.readUInt32LE(at + 42),
    ];
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    const data = bytes.subarray(local + 30 + nameLength, local + 30 + nameLength + size);
    suite.equal(`the checksum of ${name}`, bytes.readUInt32LE(at + 16), zlib.crc32(data));
    files[name] = data.toString("utf8");
    at += 46 + nameLength;
  }
  return files;
}
