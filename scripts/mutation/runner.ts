/**
 * A runner of vitest that tries mutants where they are met: each test runs once without any and tells which it comes
 * by, then again with each of these that still lives, in the same process. What happens is written to a log, a line
 * an event: the process may be ended by a mutant, and the next one goes on from there.
 */
import { appendFileSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import type { RunnerTestCase, RunnerTestSuite } from "vitest";
import { TestRunner } from "vitest";
import type { Event } from "./events.ts";
import { parseEvents, patienceFor, SLOW } from "./events.ts";

const log = process.env.FLAXEN_MUTATION!;
const count = Number(process.env.FLAXEN_MUTANTS);

/** As they are now: tests take them away, and put others in their place. */
const now = performance.now.bind(performance);
const { timeOrigin } = performance;
const cpuUsage = process.cpuUsage.bind(process);
/** Milliseconds of processor time of this process, which other processes do not lengthen. */
const cpuNow = (): number => (cpuUsage().user + cpuUsage().system) / 1000;

/** The mutant that is awake, none if negative. */
let active = -1;
/** When a mutant that is awake has had its time. */
let deadline = Infinity;
/** 1 for each mutant that was come by since this was last emptied. */
const met = new Uint8Array(count);
const dead = new Set<number>();
const unrepeatable = new Set<string>();
/** A mutant left something behind that lets tests fail: nothing that follows in this process counts. */
let spoilt = false;

(globalThis as { $mutant?: (id: number) => boolean }).$mutant = (id) => {
  if (id !== active) {
    met[id] = 1;
    return false;
  }
  if (now() > deadline) throw new Error("mutation: out of time");
  return true;
};

export default class MutationRunner extends TestRunner {
  /** What the current file came by, in tests and outside of them. */
  #inside = new Set<number>();
  #outside = new Set<number>();

  override onCollectStart(file: Parameters<TestRunner["onCollectStart"]>[0]): void {
    super.onCollectStart(file);
    this.#inside = new Set();
    this.#outside = new Set();
    met.fill(0);
    for (const event of parseEvents(readFileSync(log, "utf8"))) {
      if (event.event === "killed" || event.event === "unsure") dead.add(event.id);
      if (event.event === "unrepeatable") unrepeatable.add(event.test);
    }
    if (!spoilt) note({ event: "file", file: nameOf(file.filepath) });
  }

  async runTask(test: RunnerTestCase): Promise<void> {
    if (spoilt) return;
    const body = TestRunner.getTestFn(test);
    const again = async (): Promise<void> => {
      this.onBeforeTryTask(test);
      await body();
    };
    takeMet(this.#outside);
    const start = now();
    const cpuStart = cpuNow();
    try {
      await body();
    } catch (error) {
      spoilt = true;
      throw error;
    }
    const ms = now() - start;
    const cpu = cpuNow() - cpuStart;
    const own = new Set<number>();
    takeMet(own);
    for (const id of own) this.#inside.add(id);
    const name = `${nameOf(test.file.filepath)} > ${test.name}`;
    const living = [...own].filter((id) => !dead.has(id));
    if (living.length === 0 || unrepeatable.has(name)) return;
    if (Math.min(ms, cpu) > SLOW) return note({ event: "slow", test: name, ids: living });
    if (!(await passes(again))) {
      note({ event: "unrepeatable", test: name, ids: living });
      return;
    }
    for (const id of living) await this.#attempt(id, again, name, ms);
    met.fill(0);
  }

  async #attempt(id: number, again: () => Promise<void>, test: string, ms: number): Promise<void> {
    if (spoilt) return;
    const patience = patienceFor(ms);
    note({ event: "start", id, patience });
    const survives = async (): Promise<boolean> => {
      deadline = now() + patience;
      active = id;
      const passed = await passes(again);
      active = -1;
      return passed;
    };
    if (await survives()) return note({ event: "survived", id });
    const late = now() > deadline;
    if (!(await passes(again))) {
      spoilt = true;
      return note({ event: "unsure", id, test });
    }
    // A test that fails once in a while kills nothing.
    if (await survives()) return note({ event: "survived", id });
    dead.add(id);
    note({ event: "killed", id, by: test, late });
    spoilt = !(await passes(again));
  }

  override async onAfterRunSuite(suite: RunnerTestSuite): Promise<void> {
    await super.onAfterRunSuite(suite);
    if (!("filepath" in suite) || spoilt) return;
    takeMet(this.#outside);
    const ms = Math.round(now() - (suite.result?.startTime ?? 0) + timeOrigin);
    const file = nameOf(suite.filepath as string);
    note({ event: "done", file, inside: [...this.#inside], outside: [...this.#outside], ms });
  }
}

async function passes(body: () => Promise<void>): Promise<boolean> {
  try {
    await body();
    return true;
  } catch {
    return false;
  }
}

/** Adds the mutants come by since the last call to a set. */
function takeMet(set: Set<number>): void {
  for (let id = 0; id < count; id++) if (met[id] === 1) set.add(id);
  met.fill(0);
}

function nameOf(path: string): string {
  return relative(process.cwd(), path);
}

function note(event: Event): void {
  appendFileSync(log, `${JSON.stringify(event)}\n`);
}
