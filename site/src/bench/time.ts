/** Times a call on one of the two paths. */
import { useBackend } from "flaxen";

/** Milliseconds a call. */
export interface Time {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

const PART_MS = 60;
const PARTS = 7;

/** Milliseconds a call of `run`, over parts of equal length. */
export async function time(run: () => unknown, path: "auto" | "core"): Promise<Time> {
  useBackend(path);
  for (let i = 0; i < 3; i++) run();
  const parts: number[] = [];
  for (let part = 0; part < PARTS; part++) {
    const begin = performance.now();
    let calls = 0;
    let now = begin;
    while (now - begin < PART_MS) {
      run();
      calls++;
      now = performance.now();
    }
    parts.push((now - begin) / calls);
    await new Promise((done) => setTimeout(done));
  }
  useBackend("auto");
  parts.sort((a, b) => a - b);
  return { median: parts[Math.floor(PARTS / 2)]!, low: parts[0]!, high: parts.at(-1)! };
}
