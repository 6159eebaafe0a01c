import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { filesOf } from "../../scripts/fuzz-orbax.ts";
import { open } from "../../src/orbax/index.ts";
import type { Recorded } from "./golden.ts";
import { FOLDER as WEIGHTS, jsonOf } from "./golden.ts";
import { expectArrays } from "./orbaxgolden.ts";

const FILES = filesOf(`${WEIGHTS}/orbax/wide`);
const { arrays } = jsonOf<{ arrays: Record<string, Recorded> }>(`orbax/wide.json`);

let server: Server | undefined;
let requests: IncomingMessage[] = [];

afterEach(() => {
  server?.close();
  server?.closeAllConnections();
  requests = [];
});

type Answer = (path: string, range: [number, number] | undefined, response: ServerResponse) => void;

/** @returns the address of a server on this machine that answers with `answer` */
async function serve(answer: Answer): Promise<string> {
  server = createServer((request, response) => {
    requests.push(request);
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "");
    const path = decodeURIComponent(new URL(request.url!, "http://x").pathname);
    answer(path, range === null ? undefined : [Number(range[1]), Number(range[2])], response);
  });
  await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/my%20model`;
}

const fileAt = (path: string): Uint8Array | undefined => FILES.get(path.replace(/^\/my model\//, ""));

/** A server that knows ranges. */
const ranged: Answer = (path, range, response) => {
  const file = fileAt(path);
  if (file === undefined) return response.writeHead(404).end("none");
  if (range === undefined) return response.writeHead(200, { ETag: '"1"' }).end(file);
  if (range[0] >= file.length) return response.writeHead(416).end();
  const last = Math.min(range[1], file.length - 1);
  const headers = { "Content-Range": `bytes ${range[0]}-${last}/${file.length}`, ETag: '"1"' };
  return response.writeHead(206, headers).end(file.subarray(range[0], last + 1));
};

describe("orbax.open of an address", () => {
  it("asks for the bytes of each array, with the caller's headers, and keeps the query", async () => {
    const address = await serve(ranged);
    const file = await open(`${address}/?token=1`, { headers: { Authorization: "Bearer x" } });
    await expectArrays(file, arrays);
    expect(file.source.startsWith(address)).toBe(true);
    expect(
      requests.every(({ headers, url }) => headers.authorization === "Bearer x" && url!.endsWith("?token=1")),
    ).toBe(true);
    expect(requests.some(({ headers }) => headers.range !== undefined)).toBe(true);
  });

  it("fetches a file whole, once, where the server has no ranges", async () => {
    const address = await serve((path, _, response) => {
      const file = fileAt(path);
      response.writeHead(file === undefined ? 404 : 200).end(file);
    });
    await expectArrays(await open(address), arrays);
    await expectArrays(await open(new URL(address)), arrays);
    const nodes = requests.filter(({ url }) => url!.includes("/d/")).map(({ url }) => url!);
    expect(nodes.length).toBe(2 * new Set(nodes).size);
  });

  it.each([true, false])("asks again for what broke off, with ranges: %s", async (hasRanges) => {
    let breaks = false;
    const address = await serve((path, range, response) => {
      const file = fileAt(path);
      if (breaks && file !== undefined) {
        response.writeHead(hasRanges ? 206 : 200, { "Content-Length": file.length + 1 }).write("x");
        setTimeout(() => response.destroy(), 20);
      } else if (hasRanges || file === undefined) ranged(path, range, response);
      else response.writeHead(200).end(file);
    });
    const file = await open(address);
    const readAll = (): Promise<unknown> => expectArrays(file, arrays);
    breaks = true;
    await expect(readAll()).rejects.toMatchObject({ name: "LoadError" });
    breaks = false;
    await readAll();
  });

  it("uses the caller's fetch", async () => {
    const address = await serve(ranged);
    let count = 0;
    const file = await open(address, { fetch: (url, init) => (count++, fetch(url, init)) });
    await expectArrays(file, arrays);
    expect(count).toBe(requests.length);
  });

  it.each<[string, string, Answer]>([
    ["Fetch: the server's error, with its status", "500", (_, __, response) => response.writeHead(500).end()],
    [
      "StateChanged: another file in between",
      "StateChanged",
      (path, range, response) => {
        response.setHeader("ETag", `"${requests.length}"`);
        ranged(path, range, Object.assign(response, { writeHead: withoutEtag(response) }));
      },
    ],
    [
      "Incomplete: fewer bytes than announced",
      "Incomplete",
      (path, range, response) => {
        const file = fileAt(path);
        if (range === undefined || file === undefined) return ranged(path, range, response);
        const last = Math.min(range[1], file.length - 1);
        response.writeHead(206, { "Content-Range": `bytes ${range[0]}-${last}/${file.length}` });
        return response.end(file.subarray(range[0], last));
      },
    ],
    [
      "Fetch: other bytes than asked for",
      "Fetch",
      (path, range, response) => {
        const file = fileAt(path);
        if (range === undefined || file === undefined) return ranged(path, range, response);
        response.writeHead(206, { "Content-Range": `bytes ${range[0] + 1}-${range[1]}/${file.length}` });
        return response.end(file.subarray(range[0] + 1, range[1] + 1));
      },
    ],
    [
      "Incomplete: a data file that is gone",
      "Incomplete",
      (path, range, response) => (path.includes("/d/") ? response.writeHead(404).end() : ranged(path, range, response)),
    ],
    ["Fetch: a connection that breaks", "CORS", (_, __, response) => response.socket!.destroy()],
    ["WrongFormat: nothing there", "WrongFormat", (_, __, response) => response.writeHead(404).end()],
  ])("%s", async (_, message, answer) => {
    const address = await serve(answer);
    const read = async (): Promise<void> => {
      for await (const _ of await open(address));
    };
    await expect(read()).rejects.toThrow(message);
    await expect(read()).rejects.toMatchObject({ name: "LoadError" });
  });

  it("ends its requests with the signal", async () => {
    const address = await serve((_, __, response) => response.writeHead(200, { "Content-Length": 100 }).write("x"));
    const reason = new Error("enough");
    const controller = new AbortController();
    const opening = open(address, { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 50);
    await expect(opening).rejects.toBe(reason);
  });
});

/** `writeHead` that leaves the header ETag as it is. */
function withoutEtag(response: ServerResponse): ServerResponse["writeHead"] {
  const writeHead = response.writeHead.bind(response);
  return ((status: number, headers: Record<string, string> = {}) => {
    const { ETag: _, ...rest } = headers;
    return writeHead(status, rest);
  }) as never;
}
