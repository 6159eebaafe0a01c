/** A server of one file, with the faults of real ones. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Served {
  readonly url: string;
  /** The `Range` headers of the requests, "" where there was none. */
  readonly requests: string[];
  /** The most requests that were answered at once. */
  peak(): number;
  close(): Promise<void>;
}

export type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void;

/** Starts a server that answers by `handler`; `count` is the number of the request, from 0. */
export async function serve(handler: Handler): Promise<Served> {
  const requests: string[] = [];
  let [active, peak] = [0, 0];
  const server = createServer((request, response) => {
    peak = Math.max(peak, ++active);
    response.on("close", () => active--);
    requests.push(request.headers.range ?? "");
    handler(request, response, requests.length - 1);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    peak: () => peak,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The bytes that a `Range` header asks for. */
export function rangeOf(request: IncomingMessage, size: number): [begin: number, end: number] | undefined {
  const match = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "");
  return match === null ? undefined : [Number(match[1]), Math.min(Number(match[2]) + 1, size)];
}

/** Answers ranges of `bytes`. */
export function withRanges(bytes: Uint8Array, headers: Record<string, string> = { ETag: '"1"' }): Handler {
  return (request, response) => {
    const range = rangeOf(request, bytes.length);
    if (range === undefined) {
      response.writeHead(200, { "Content-Length": bytes.length, ...headers }).end(bytes);
    } else if (range[0] >= bytes.length) {
      response.writeHead(416, { "Content-Range": `bytes */${bytes.length}` }).end();
    } else {
      const [begin, end] = range;
      const contentRange = `bytes ${begin}-${end - 1}/${bytes.length}`;
      response
        .writeHead(206, { "Content-Range": contentRange, "Content-Length": end - begin, ...headers })
        .end(bytes.subarray(begin, end));
    }
  };
}

/** Answers with all of `bytes`, whatever is asked for. */
export function withoutRanges(bytes: Uint8Array): Handler {
  return (_, response) => void response.writeHead(200, { "Content-Length": bytes.length }).end(bytes);
}
