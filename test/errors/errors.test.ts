/**
 * Every error that the sources throw, with its class and the whole first line of its message. The last test lists what
 * no call of the tables reaches: a new `throw` wants a line there.
 */
import { relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ARRAYS } from "./arrays.ts";
import { AUTODIFF } from "./autodiff.ts";
import { BACKEND } from "./backend.ts";
import { CALLS } from "./calls.ts";
import type { Failure } from "./failure.ts";
import { headline } from "./failure.ts";
import { LAYERS } from "./layers.ts";
import { MODULES } from "./modules.ts";
import { NAMES } from "./names.ts";
import { RANDOM } from "./random.ts";
import type { Site } from "./sites.ts";
import { errorSites, passedSites } from "./sites.ts";
import { TRAINING } from "./training.ts";

const TABLES: readonly (readonly [string, readonly Failure[]])[] = [
  ["arrays", ARRAYS],
  ["names", NAMES],
  ["calls", CALLS],
  ["random", RANDOM],
  ["layers", LAYERS],
  ["modules", MODULES],
  ["autodiff", AUTODIFF],
  ["backend", BACKEND],
  ["training", TRAINING],
];

const SITES = errorSites();
const reached = new Set<Site>();
const { stackTraceLimit } = Error;

beforeAll(() => {
  Error.stackTraceLimit = 100;
});

afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

/** What `call` throws; the sites that it passed are noted. */
async function thrownBy(call: () => unknown): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    if (error instanceof Error) for (const site of passedSites(error, SITES)) reached.add(site);
    return error;
  }
  return undefined;
}

describe.each(TABLES)("%s", (_, table) => {
  it.each(table)("%s", async (message, call) => {
    expect(headline(await thrownBy(call))).toBe(message);
  });
});

it("every throw of the sources is reached by one of these calls", () => {
  const missing = SITES.filter((site) => !reached.has(site)).map(
    ({ file, from, text }) => `${relative(process.cwd(), file)}:${from.line}: ${text.replace(/\s+/g, " ")}`,
  );
  expect(missing).toEqual([]);
});
