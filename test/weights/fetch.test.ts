import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it, vi } from "vitest";
import { numpy as jnp } from "../../src/index.ts";
import type { Progress } from "../../src/weights.ts";
import { open, save } from "../../src/weights.ts";
import { codeOf } from "./golden.ts";
import type { Handler, Served } from "./server.ts";
import { rangeOf, serve, withoutRanges, withRanges } from "./server.ts";

const servers: Served[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function start(handler: Handler): Promise<Served> {
  const server = await serve(handler);
  servers.push(server);
  return server;
}

/** 64 arrays of 100 KB, each full of its number. */
const COUNT = 64;
const LENGTH = 25_000;
const NAMES = Array.from({ length: COUNT }, (_, i) => `w${String(i).padStart(2, "0")}`);
const BYTES = save(new Map(NAMES.map((name, i) => [name, jnp.full([LENGTH], i)])));
const SMALL = save({ w: jnp.array([1, 2, 3]) });

const shifted: Handler = (request, response, count) => {
  if (count === 0) return withRanges(BYTES)(request, response, count);
  const [begin, end] = rangeOf(request, BYTES.length)!;
  const headers = { "Content-Range": `bytes ${begin + 4}-${end + 3}/${BYTES.length}`, ETag: '"1"' };
  return void response.writeHead(206, headers).end(BYTES.subarray(begin + 4, end + 4));
};

const broken: Handler = (request, response, count) => {
  if (count === 0) return withRanges(BYTES)(request, response, count);
  const [begin, end] = rangeOf(request, BYTES.length)!;
  const headers = { "Content-Range": `bytes ${begin}-${end - 1}/${BYTES.length}`, ETag: '"1"' };
  response.writeHead(206, { ...headers, "Content-Length": end - begin });
  response.write(BYTES.subarray(begin, begin + 1000), () => response.destroy());
};

describe("a server that answers ranges", () => {
  it("gives the header and the one array that is asked for", async () => {
    const server = await start(withRanges(BYTES));
    const file = await open(`${server.url}/model.safetensors`);
    expect(server.requests).toEqual(["bytes=0-65535"]);
    expect(file.names).toEqual(NAMES);
    expect([...new Set((await file.get("w40")).data)]).toEqual([40]);
    const begin = BYTES.length - (COUNT - 40) * LENGTH * 4;
    expect(server.requests).toEqual(["bytes=0-65535", `bytes=${begin}-${begin + LENGTH * 4 - 1}`]);
  });

  it("is not asked again for what came with the header", async () => {
    const server = await start(withRanges(SMALL));
    const file = await open(`${server.url}/model.safetensors`);
    expect((await file.get("w")).tolist()).toEqual([1, 2, 3]);
    expect(server.requests).toEqual(["bytes=0-65535"]);
  });

  it("64 reads at once are one request where they are neighbours, and right", async () => {
    const server = await start(withRanges(BYTES));
    const file = await open(server.url);
    const arrays = await Promise.all(NAMES.map((name) => file.get(name)));
    arrays.forEach((array, i) => expect([...new Set(array.data)]).toEqual([i]));
    expect(server.requests.length).toBe(2);
  });

  it("reads far apart are a request each, 6 at once", async () => {
    const far = NAMES.map((name, i) => [name, jnp.full([1000], i)] as const);
    const gaps = NAMES.map((name) => [`${name}gap`, jnp.zeros([20_000])] as const);
    const slow = withRanges(save(new Map([...far, ...gaps])));
    const server = await start((...answer) => void setTimeout(() => slow(...answer), 5));
    const file = await open(server.url);
    const arrays = await Promise.all(far.map(([name]) => file.get(name)));
    arrays.forEach((array, i) => expect([...new Set(array.data)]).toEqual([i]));
    // The first came with the header.
    expect(server.requests.length).toBe(COUNT);
    expect(server.peak()).toBe(6);
  });

  it("gives everything in order, by for await", async () => {
    const server = await start(withRanges(BYTES));
    const seen: string[] = [];
    for await (const [name, array] of await open(server.url)) {
      expect([...new Set(array.data)]).toEqual([seen.length]);
      seen.push(name);
    }
    expect(seen).toEqual(NAMES);
    // Small arrays ahead come with the same request.
    expect(server.requests.length).toBeLessThan(10);
  });

  it("of another version in between is StateChanged", async () => {
    for (const handler of [
      (count: number) => withRanges(BYTES, { ETag: `"${count}"` }),
      (count: number) => withRanges(BYTES.subarray(0, BYTES.length - count), { ETag: '"1"' }),
      (count: number) => withRanges(BYTES, count === 0 ? { "Last-Modified": "1" } : { "Last-Modified": "2" }),
      (count: number) => (count === 0 ? withRanges(BYTES) : withoutRanges(BYTES)),
    ]) {
      const server = await start((request, response, count) => handler(count)(request, response, count));
      const file = await open(server.url);
      expect(await codeOf(() => file.get("w40"))).toBe("StateChanged");
    }
  });

  it("that answers other bytes than were asked for is an error", async () => {
    const file = await open((await start(shifted)).url);
    expect(await codeOf(() => file.get("w40"))).toBe("Fetch");
  });

  it.each([
    ["fewer", (length: number) => length - 1],
    ["more", (length: number) => length + 1],
  ])("that sends %s bytes than it says is an error, at once and later", async (_, change) => {
    const wrong =
      (from: number): Handler =>
      (request, response, count) => {
        if (count < from) return withRanges(BYTES)(request, response, count);
        const [begin, end] = rangeOf(request, BYTES.length)!;
        const headers = { "Content-Range": `bytes ${begin}-${end - 1}/${BYTES.length}`, ETag: '"1"' };
        return void response.writeHead(206, headers).end(BYTES.subarray(begin, begin + change(end - begin)));
      };
    const first = await start(wrong(0));
    expect(await codeOf(() => open(first.url))).toBe("Incomplete");
    const later = await open((await start(wrong(1))).url);
    expect(await codeOf(() => later.get("w40"))).toBe("Incomplete");
  });

  it("that breaks off is an error", async () => {
    const file = await open((await start(broken)).url);
    const error = await file.get("w40").catch((error: unknown) => error);
    expect(error).toMatchObject({ code: "Fetch", name: "LoadError", source: expect.stringContaining("127.0.0.1") });
  });

  it("an error of one read leaves the file usable", async () => {
    const server = await start((request, response, count) =>
      count === 1 ? void response.writeHead(503).end() : withRanges(BYTES)(request, response, count),
    );
    const file = await open(server.url);
    const error = await file.get("w40").catch((error: unknown) => error);
    expect(error).toMatchObject({ code: "Fetch", status: 503 });
    expect([...new Set((await file.get("w40")).data)]).toEqual([40]);
  });
});

const half = async (): Promise<Response> =>
  new Response(BYTES.slice(0, 100_000), { headers: { "Content-Length": String(BYTES.length) } });

describe("a server without ranges", () => {
  it("is asked once, and the file is streamed whole", async () => {
    const server = await start(withoutRanges(BYTES));
    const seen: Progress[] = [];
    const file = await open(server.url, { onProgress: (progress) => seen.push(progress) });
    for await (const [name, array] of file) expect([...new Set(array.data)]).toEqual([NAMES.indexOf(name)]);
    expect(server.requests.length).toBe(1);
    expect(seen.every(({ total }) => total === BYTES.length)).toBe(true);
    expect(seen.at(-1)!.loaded).toBe(BYTES.length);
  });

  it("a compressed body is read, and its length is not believed to be the file's", async () => {
    const packed = gzipSync(BYTES);
    const server = await start(
      (_, response) =>
        void response.writeHead(200, { "Content-Encoding": "gzip", "Content-Length": packed.length }).end(packed),
    );
    const seen: Progress[] = [];
    const file = await open(server.url, { onProgress: (progress) => seen.push(progress) });
    expect([...new Set((await file.get("w63")).data)]).toEqual([63]);
    expect(seen.slice(0, -1).every(({ total }) => total === undefined)).toBe(true);
    expect(seen.at(-1)).toMatchObject({ loaded: BYTES.length, total: BYTES.length });
  });

  it("a 206 that does not say how long the file is, is not enough: it is asked for whole", async () => {
    const server = await start((request, response, count) => {
      if (request.headers.range === undefined) return withoutRanges(BYTES)(request, response, count);
      return void response.writeHead(206, { "Content-Range": "bytes 0-65535/*" }).end(BYTES.subarray(0, 65_536));
    });
    const file = await open(server.url);
    expect([...new Set((await file.get("w01")).data)]).toEqual([1]);
    expect(server.requests).toEqual(["bytes=0-65535", ""]);
  });

  it("an empty file has no range", async () => {
    const server = await start(withRanges(new Uint8Array(0)));
    expect(await codeOf(() => open(`${server.url}/model.safetensors`))).toBe("HeaderTooSmall");
    expect(await codeOf(() => open(`${server.url}/model`))).toBe("WrongFormat");
  });

  it("that breaks off, or sends less than it says, is an error", async () => {
    const server = await start((_, response) => {
      response.writeHead(200, { "Content-Length": BYTES.length });
      response.write(BYTES.subarray(0, 100_000), () => response.destroy());
    });
    expect(await codeOf(() => open(server.url))).toBe("Fetch");
    expect(await codeOf(() => open(server.url, { fetch: half }))).toBe("Incomplete");
  });
});

describe("what is no file", () => {
  it.each([404, 401, 403, 500])("status %i is told", async (status) => {
    const server = await start((_, response) => void response.writeHead(status).end("no"));
    const error = await open(server.url).catch((error: unknown) => error);
    expect(error).toMatchObject({ code: "Fetch", status });
    expect(String(error)).toContain(String(status));
  });

  it("the body of an error is not left open", async () => {
    const answers: Response[] = [];
    const noting = async (...given: Parameters<typeof fetch>): Promise<Response> => {
      answers.push(await fetch(...given));
      return answers.at(-1)!;
    };
    const server = await start((_, response) => void response.writeHead(404).end("no"));
    expect(await codeOf(() => open(server.url, { fetch: noting as never }))).toBe("Fetch");
    expect(answers.map(({ bodyUsed }) => bodyUsed)).toEqual([true]);
  });

  it("a page instead of the file is told, with its status", async () => {
    const page = new TextEncoder().encode("<!DOCTYPE html><html>Sign in</html>");
    for (const handler of [withoutRanges(page), withRanges(page)]) {
      const server = await start(handler);
      const error = await open(server.url).catch((error: unknown) => error);
      expect(error).toMatchObject({ code: "Fetch" });
      expect((error as { status: number }).status).toBeGreaterThanOrEqual(200);
      expect(String(error)).toContain("HTML");
    }
  });

  it("no server at all", async () => {
    const server = await start(withRanges(SMALL));
    await server.close();
    expect(await codeOf(() => open(server.url))).toBe("Fetch");
  });
});

const stalled: Handler = (_, response) => {
  response.writeHead(200, { "Content-Length": BYTES.length });
  response.write(BYTES.subarray(0, 1000));
};

describe("an abort", () => {
  it("ends a stalled opening, with the reason", async () => {
    const server = await start(() => {});
    const controller = new AbortController();
    const opening = open(server.url, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error("enough")), 20);
    await expect(opening).rejects.toThrow("enough");
  });

  it("ends a stalled body, of a stream and of a range", async () => {
    const controller = new AbortController();
    const opening = open((await start(stalled)).url, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error("enough")), 20);
    await expect(opening).rejects.toThrow("enough");

    const later = await start((request, response, count) => {
      if (count === 0) return withRanges(BYTES)(request, response, count);
      const [begin, end] = rangeOf(request, BYTES.length)!;
      response.writeHead(206, { "Content-Range": `bytes ${begin}-${end - 1}/${BYTES.length}`, ETag: '"1"' });
      return void response.write(BYTES.subarray(begin, begin + 1000));
    });
    const file = await open(later.url);
    const own = new AbortController();
    const reading = file.get("w40", { signal: own.signal });
    setTimeout(() => own.abort(new Error("enough of this")), 20);
    await expect(reading).rejects.toThrow("enough of this");
  });

  it("of one read leaves the others that share its request", async () => {
    const server = await start((...answer) => void setTimeout(() => withRanges(BYTES)(...answer), 20));
    const file = await open(server.url);
    const controller = new AbortController();
    const [left, right] = [file.get("w40", { signal: controller.signal }), file.get("w41")];
    queueMicrotask(() => queueMicrotask(() => controller.abort(new Error("not this"))));
    await expect(left).rejects.toThrow("not this");
    expect([...new Set((await right).data)]).toEqual([41]);
  });

  it("before it began asks for nothing", async () => {
    const server = await start(withRanges(BYTES));
    await expect(open(server.url, { signal: AbortSignal.abort(new Error("never")) })).rejects.toThrow("never");
    expect(server.requests).toEqual([]);
  });

  it("of the opening's signal ends later reads", async () => {
    const server = await start(withRanges(BYTES));
    const controller = new AbortController();
    const file = await open(server.url, { signal: controller.signal });
    controller.abort(new Error("over"));
    await expect(file.get("w40")).rejects.toThrow("over");
    await expect(file.get("w40", { signal: new AbortController().signal })).rejects.toThrow("over");
  });
});

describe("options", () => {
  it("headers and a fetch of the caller's", async () => {
    let seen = "";
    const server = await start((request, response, count) => {
      seen = String(request.headers.authorization);
      withRanges(BYTES)(request, response, count);
    });
    await open(server.url, { headers: { Authorization: "Bearer me" } });
    expect(seen).toBe("Bearer me");
    const urls: string[] = [];
    const fetch = (url: string, init: RequestInit): Promise<Response> => {
      urls.push(url);
      return globalThis.fetch(url, init);
    };
    await open(new URL(server.url), { fetch });
    expect(urls).toEqual([`${server.url}/`]);
  });

  it("progress is monotonic, seldom, and ends with everything", async () => {
    const slow = withRanges(BYTES);
    const server = await start((...answer) => void setTimeout(() => slow(...answer), 1));
    const seen: (Progress & { at: number })[] = [];
    const onProgress = (progress: Progress): void => void seen.push({ ...progress, at: performance.now() });
    const file = await open(server.url, { onProgress });
    const requests = async (): Promise<void> => {
      for (const name of NAMES) await file.get(name);
    };
    await requests();
    // What is read twice is not counted twice.
    await file.get("w00");
    await file.close();
    const loaded = seen.map((progress) => progress.loaded);
    expect(loaded).toEqual([...loaded].sort((a, b) => a - b));
    expect(seen.at(-1)).toMatchObject({ loaded: BYTES.length, total: BYTES.length });
    expect(seen.filter((progress) => progress.loaded === BYTES.length).length).toBe(1);
    for (let i = 1; i + 1 < seen.length; i++) expect(seen[i]!.at - seen[i - 1]!.at).toBeGreaterThan(16);
    expect(seen.some(({ name }) => NAMES.includes(name!))).toBe(true);
    const without = await start(withRanges(BYTES));
    const plain = await open(without.url);
    for (const name of NAMES) await plain.get(name);
    expect(server.requests.slice(0, -1)).toEqual(without.requests);
  });

  it("an expected sha256 is held against the whole file", async () => {
    const { createHash } = await import("node:crypto");
    const sha256 = createHash("sha256").update(BYTES).digest("hex");
    const server = await start(withRanges(BYTES));
    const file = await open(`${server.url}/model.safetensors`, { sha256 });
    expect([...new Set((await file.get("w40")).data)]).toEqual([40]);
    expect(server.requests).toEqual([""]);
    expect(await codeOf(() => open(server.url, { sha256: "0".repeat(64) }))).toBe("Checksum");
    await expect(open(server.url, { sha256: "abc" })).rejects.toThrow(TypeError);
  });
});

describe("a cache of the caller's", () => {
  class MapCache {
    readonly stored = new Map<string, Response>();
    async match(request: string): Promise<Response | undefined> {
      return this.stored.get(request)?.clone();
    }
    async put(request: string, response: Response): Promise<void> {
      // As the Cache API, it keeps what has come whole.
      this.stored.set(request, new Response(await response.blob(), response));
    }
  }

  it("keeps the file, which is not asked for again", async () => {
    const server = await start(withRanges(BYTES));
    const cache = new MapCache();
    const seen: Progress[] = [];
    for (let i = 0; i < 2; i++) {
      const onProgress = (progress: Progress): void => void seen.push(progress);
      const file = await open(server.url, { cache, onProgress });
      expect([...new Set((await file.get("w40")).data)]).toEqual([40]);
      await file.close();
    }
    expect(server.requests).toEqual([""]);
    expect([...cache.stored.keys()]).toEqual([`${server.url}/`]);
    expect(seen.some(({ loaded, total }) => loaded === BYTES.length && total === BYTES.length)).toBe(true);
  });

  it("gets no page, no error and no half of a file", async () => {
    const page = new TextEncoder().encode("<html>no</html>");
    const cache = new MapCache();
    expect(await codeOf(async () => open((await start(withoutRanges(page))).url, { cache }))).toBe("Fetch");
    expect(await codeOf(async () => open((await start((_, r) => void r.writeHead(404).end())).url, { cache }))).toBe(
      "Fetch",
    );
    expect(await codeOf(() => open("http://127.0.0.1:1/", { cache, fetch: half }))).toBe("Incomplete");
    expect(cache.stored.size).toBe(0);
  });

  it("is not asked to keep what is no file; one that gives up ends the download", async () => {
    const asked: string[] = [];
    const cache = {
      match: async () => undefined,
      put: async (request: string, response: Response): Promise<void> => {
        asked.push(request);
        await response.body!.cancel();
        throw new Error("no room");
      },
    };
    const page = new TextEncoder().encode("<html>no</html>");
    const { url } = await start(withoutRanges(page));
    await expect(open(url, { cache })).rejects.toThrow("got an HTML page");
    expect(asked).toEqual([]);
    const cancel = vi.fn<() => void>();
    const body = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(9)), cancel });
    const fetch = async (): Promise<Response> => new Response(body);
    await expect(open("http://127.0.0.1:1/a", { cache, fetch })).rejects.toThrow("no room");
    expect(asked).toEqual(["http://127.0.0.1:1/a"]);
    await vi.waitFor(() => expect(cancel).toHaveBeenCalled());
  });

  it("that keeps nothing is told", async () => {
    const server = await start(withRanges(BYTES));
    const cache = {
      match: async () => undefined,
      put: async (_: string, response: Response) => void (await response.arrayBuffer()),
    };
    expect(await codeOf(() => open(server.url, { cache }))).toBe("Fetch");
  });
});

describe("a sharded file by URL", () => {
  const files = save(new Map(NAMES.map((name, i) => [name, jnp.full([LENGTH], i)])), { maxShardBytes: 2_000_000 });
  const handler: Handler = (request, response, count) => {
    const bytes = files.get(decodeURIComponent(request.url!.slice("/deep/".length)));
    if (bytes === undefined) return void response.writeHead(404).end();
    return withRanges(bytes)(request, response, count);
  };

  it("is read from the index, its shards beside it", async () => {
    const server = await start(handler);
    const seen: Progress[] = [];
    const file = await open(`${server.url}/deep/model.safetensors.index.json`, {
      onProgress: (progress) => seen.push(progress),
    });
    expect(file.names).toEqual(NAMES);
    expect(server.requests.length).toBe(files.size);
    for await (const [name, array] of file) expect([...new Set(array.data)]).toEqual([NAMES.indexOf(name)]);
    await file.close();
    const total = [...files.values()].reduce((sum, { length }) => sum + length, 0);
    expect(seen.at(-1)).toMatchObject({ loaded: total, total });
  });

  it("a shard that is not there is an error that says so", async () => {
    const server = await start((request, response, count) =>
      request.url!.includes("00002") ? void response.writeHead(404).end() : handler(request, response, count),
    );
    const error = await open(`${server.url}/deep/model.safetensors.index.json`).catch((error: unknown) => error);
    expect(error).toMatchObject({ code: "Fetch", status: 404, source: expect.stringContaining("00002") });
  });

  it("hashes are by the names of the files", async () => {
    const { createHash } = await import("node:crypto");
    const sha256 = Object.fromEntries(
      [...files].map(([name, bytes]) => [name, createHash("sha256").update(bytes).digest("hex")]),
    );
    const server = await start(handler);
    const url = `${server.url}/deep/model.safetensors.index.json`;
    await (await open(url, { sha256 })).close();
    const [first] = files.keys();
    expect(await codeOf(() => open(url, { sha256: { ...sha256, [first!]: "0".repeat(64) } }))).toBe("Checksum");
    await expect(open(url, { sha256: sha256["model.safetensors.index.json"]! })).rejects.toThrow(/by file name/);
  });
});
