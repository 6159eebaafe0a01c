/** Serves page.html over loopback HTTP, and takes what it posts. */
import { readFileSync, statSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { text } from "node:stream/consumers";

const TYPES: Readonly<Record<string, string>> = { ".html": "text/html", ".js": "text/javascript" };
const ISOLATED = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

/** One opening of the page. */
export interface Page {
  /** Served as the root of the site. */
  readonly folder: string;
  /** The address of the package's module. */
  readonly module: string;
  /** The Content-Security-Policy of every answer. */
  readonly policy?: string;
  /** Whether the page is cross-origin isolated, and so may share memory. */
  readonly isolated?: boolean;
}

/** A server of the page's folder: the page's address, and what it posted. */
export interface Site {
  readonly address: string;
  readonly posted: Promise<string>;
  close(): void;
}

export async function serve(page: Page): Promise<Site> {
  let post: (body: string) => void;
  const posted = new Promise<string>((resolve) => (post = resolve));
  const server = createServer((request, response) => {
    if (request.method === "POST") void text(request).then(post);
    answer(request.method === "POST" ? undefined : request.url, response, page);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/page.html?${page.module}`,
    posted,
    close,
  };
}

function answer(url: string | undefined, response: ServerResponse, { folder, policy, isolated }: Page): void {
  const { pathname } = new URL(url ?? "/nothing", "http://localhost");
  const file = join(folder, pathname);
  const found = statSync(file, { throwIfNoEntry: false })?.isFile() === true;
  const type = TYPES[extname(file)] ?? "application/octet-stream";
  response.writeHead(found ? 200 : 404, {
    "content-type": type,
    ...(policy === undefined ? {} : { "content-security-policy": policy }),
    ...(isolated ? ISOLATED : {}),
  });
  response.end(found ? readFileSync(file) : undefined);
}
