/** Serves a folder of plain files on localhost, as any host of static files does. */
import { readFileSync, statSync } from "node:fs";
import type { IncomingMessage, Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

export interface Served {
  readonly address: string;
  readonly server: Server;
  close(): void;
}

/** `seen` is told of every request; `pages` are served beside the files, as they are. */
export async function serve(
  folder: string,
  port = 0,
  seen: (request: IncomingMessage) => void = () => {},
  pages: Readonly<Record<string, string>> = {},
): Promise<Served> {
  const packed = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    seen(request);
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    let file = join(folder, normalize(path));
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
      if (!path.endsWith("/")) return void response.writeHead(301, { location: `${path}/` }).end();
      file = join(file, "index.html");
    }
    const own = pages[path];
    if (own !== undefined) return void response.writeHead(200, { "content-type": "text/html" }).end(own);
    const found = file.startsWith(folder) && statSync(file, { throwIfNoEntry: false })?.isFile() === true;
    if (!found) file = join(folder, "404.html");
    const exists = statSync(file, { throwIfNoEntry: false })?.isFile() === true;
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    const head: Record<string, string> = { "content-type": type, "cache-control": "no-cache" };
    if (!exists) return void response.writeHead(404).end();
    // A file that was built anew is packed anew.
    const version = `${file} ${statSync(file).mtimeMs}`;
    let body = packed.get(version);
    const zips = String(request.headers["accept-encoding"]).includes("gzip") && extname(file) in TYPES;
    if (zips) {
      body ??= gzipSync(readFileSync(file));
      packed.set(version, body);
      head["content-encoding"] = "gzip";
    } else body = readFileSync(file);
    response.writeHead(found ? 200 : 404, head).end(body);
  });
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    server,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
