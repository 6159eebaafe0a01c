/** A program as a small project that runs in Node: a zip without compression, written by hand. */

export function download(name: string, blob: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** The files of the project. `npm install && npm start` runs it. */
export function projectFiles(program: string): Record<string, string> {
  const manifest = {
    name: "flaxen-program",
    private: true,
    type: "module",
    scripts: { start: "tsx show.ts" },
    dependencies: { flaxen: "0.1.0" },
    devDependencies: { tsx: "4.23.15" },
  };
  return {
    "package.json": `${JSON.stringify(manifest, undefined, 2)}\n`,
    "main.ts": program,
    "show.ts": `/** Runs main.ts and prints what it exports. */
const shown = await import("./main.ts");
for (const [name, value] of Object.entries(shown))
  console.log(name, "=", typeof value === "object" ? String(value) : value);
`,
    "README.md": `# A program from flaxen's playground

    npm install && npm start

Node 20 or later. If flaxen is not on the registry yet, pack it from a clone (npm ci && npm pack) and install the
tarball:

    npm install path/to/flaxen-0.1.0.tgz
`,
  };
}

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) crc = (crc >>> 8) ^ CRC[(crc ^ byte) & 255]!;
  return ~crc >>> 0;
}

/** A zip of texts, each stored as it is. Its date is 1980-01-01, so equal programs give equal files. */
export function zip(files: Readonly<Record<string, string>>): Blob {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const [nameBytes, bytes] = [name, text].map((value) => new TextEncoder().encode(value) as Uint8Array<ArrayBuffer>);
    const shared = (view: DataView, from: number): void => {
      view.setUint16(from, 20, true);
      view.setUint16(from + 8, 0x21, true);
      view.setUint32(from + 10, crc32(bytes!), true);
      view.setUint32(from + 14, bytes!.length, true);
      view.setUint32(from + 18, bytes!.length, true);
      view.setUint16(from + 22, nameBytes!.length, true);
    };
    const local = new DataView(new ArrayBuffer(30));
    local.setUint32(0, 0x04034b50, true);
    shared(local, 4);
    const central = new DataView(new ArrayBuffer(46));
    central.setUint32(0, 0x02014b50, true);
    central.setUint16(4, 20, true);
    shared(central, 6);
    central.setUint32(42, at, true);
    parts.push(new Uint8Array(local.buffer), nameBytes!, bytes!);
    directory.push(new Uint8Array(central.buffer), nameBytes!);
    at += 30 + nameBytes!.length + bytes!.length;
  }
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, directory.length / 2, true);
  end.setUint16(10, directory.length / 2, true);
  end.setUint32(
    12,
    directory.reduce((sum, part) => sum + part.length, 0),
    true,
  );
  end.setUint32(16, at, true);
  return new Blob([...parts, ...directory, new Uint8Array(end.buffer)], { type: "application/zip" });
}
