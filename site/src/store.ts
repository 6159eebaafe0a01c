/** What the browser keeps: programs as they are typed, and lessons that are done. Refused storage is told once. */

const PREFIX = "flaxen:";
let refused = false;

export const isRefused = (): boolean => refused;

export function read(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    refused = true;
    return null;
  }
}

export function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, value);
  } catch {
    refused = true;
  }
}

/** All that is kept, as one JSON file. */
export function exportAll(): string {
  const kept: Record<string, string> = {};
  for (let i = 0; i < localStorage.length; i++) {
    const key = localStorage.key(i)!;
    if (key.startsWith(PREFIX)) kept[key.slice(PREFIX.length)] = localStorage.getItem(key)!;
  }
  return JSON.stringify({ flaxen: 1, kept }, undefined, 2);
}

/** Takes what exportAll gave. @throws Error if it is something else; then nothing has changed */
export function importAll(text: string): number {
  const { flaxen, kept } = JSON.parse(text) as { flaxen?: number; kept?: Record<string, unknown> };
  const entries = Object.entries(kept ?? {});
  if (flaxen !== 1 || entries.length === 0 || entries.some(([, value]) => typeof value !== "string"))
    throw new Error("This is no file of progress.");
  for (const [key, value] of entries) write(key, value as string);
  return entries.length;
}
