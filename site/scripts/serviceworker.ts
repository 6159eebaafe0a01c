/** The service worker: the whole site after the first visit; what is large is kept when it is first used. */

export function serviceWorker(files: readonly (readonly [path: string, hash: string])[]): string {
  const version = files.map(([, hash]) => hash).join("");
  let sum = 0;
  for (const letter of version) sum = (sum * 31 + letter.codePointAt(0)!) >>> 0;
  return `const CACHE = "flaxen-${sum.toString(36)}";
const FILES = ${JSON.stringify(files.map(([path]) => path))};
const page = (url) => (url.pathname.endsWith("/") ? url.href + "index.html" : url.href);
addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    await Promise.all(FILES.map(async (file) => {
      const url = new URL(file, registration.scope).href;
      const old = /assets\\//.test(file) ? await caches.match(url) : undefined;
      if (old) await cache.put(url, old);
      else await cache.add(new Request(url, { cache: "no-cache" }));
    }));
  })());
});
addEventListener("message", (event) => { if (event.data === "take over") skipWaiting(); });
addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith("flaxen-") && name !== CACHE) await caches.delete(name);
  })());
});
addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  url.hash = url.search = "";
  event.respondWith((async () => {
    const cache = await caches.open(CACHE);
    const kept = await cache.match(page(url));
    if (kept) return kept;
    const answer = await fetch(event.request);
    if (answer.ok && /\\.safetensors$|docs\\/reference\\//.test(url.pathname))
      await cache.put(page(url), answer.clone());
    return answer;
  })());
});
`;
}
