/** Weights with a bar while they come. */
import { asset, byId } from "../dom.ts";

/** The bytes of a file of the site. What is told while they come, and when they do not, is on the page. */
export async function fetchWeights(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const bar = byId<HTMLProgressElement>("loading-bar");
  const response = await fetch(asset(name));
  if (!response.ok || response.body === null) throw new Error(`${response.status}`);
  const total = Number(response.headers.get("content-length"));
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    length += part.value.length;
    if (total > 0) bar.value = length / total;
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Shows the demo when it is ready, or why it is not. */
export async function whenLoaded(ready: () => Promise<void>): Promise<void> {
  try {
    await ready();
    byId("loading").hidden = true;
    byId("demo").hidden = false;
  } catch (error) {
    byId("loading-bar").hidden = true;
    byId("loading-said").textContent =
      `The weights did not come: ${String((error as Error).message)}. Reload to try again.`;
  }
}
