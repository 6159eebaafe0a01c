/** The page's side of the frame in which programs run. */
import { asset } from "../dom.ts";
import type { Box, Card, Engine, LessonData, Libraries, Order, Report, Thrown, Verdict } from "../protocol.ts";
import { needsTraining } from "./training.ts";

/** Told while a program runs. */
export interface Listener {
  log(level: string, text: string): void;
  leftOut(count: number): void;
}

export type Outcome =
  | { readonly type: "done"; readonly ms: number; readonly cards: readonly Card[] }
  | { readonly type: "thrown"; readonly error: Thrown }
  | { readonly type: "verdict"; readonly verdict: Verdict; readonly ms: number }
  | { readonly type: "endless"; readonly seconds: number }
  | { readonly type: "stopped" };

const RUN_MS = 5000;
const CASE_MS = 2000;
const CHECK_MS = 20_000;

async function textOf(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.text();
}

interface Running {
  readonly id: number;
  readonly listener: Listener;
  readonly end: (outcome: Outcome) => void;
  readonly deadline: number;
  readonly perCase: number;
  timer: number;
}

export class Runner {
  #frame: HTMLIFrameElement;
  #ready: Promise<Engine>;
  #tellReady: (engine: Engine) => void = () => {};
  #tellBroken: (error: Error) => void = () => {};
  #running: Running | undefined;
  #count = 0;
  #fetched = new Map<string, Promise<string>>();

  constructor(backend: "auto" | "core" = "auto") {
    this.#ready = this.#expectReady();
    this.#frame = document.createElement("iframe");
    this.#frame.setAttribute("sandbox", "allow-scripts");
    this.#frame.hidden = true;
    this.#frame.title = "Where programs run";
    addEventListener("message", this.#hear);
    this.#backend = backend;
    const library = this.#textOfAsset("library");
    this.#opened = new Promise((opened) => (this.#tellOpened = opened));
    // Not by its address: a service worker does not serve frames of an opaque origin, and offline there would be none.
    textOf(asset("box"))
      .then(async (html) => {
        this.#frame.srcdoc = html;
        document.body.append(this.#frame);
        await this.#opened;
        this.#say({ type: "make", library: await library, backend });
      })
      .catch((error: unknown) => this.#tellBroken(error as Error));
  }

  readonly #backend: "auto" | "core";
  #hasTraining = false;
  #opened: Promise<void>;
  #tellOpened: () => void = () => {};

  /** Which backend runs, once the worker is there. */
  get ready(): Promise<Engine> {
    return this.#ready;
  }

  get busy(): boolean {
    return this.#running !== undefined;
  }

  async run(
    code: Extract<Order, { type: "run" }>["code"],
    entries: readonly string[],
    listener: Listener,
  ): Promise<Outcome> {
    const more = await this.#libraries(entries);
    if (needsTraining([code])) await this.#fetchTraining();
    return this.#start((id) => ({ type: "run", id, code, more }), listener, RUN_MS, RUN_MS);
  }

  async check(
    code: Extract<Order, { type: "run" }>["code"],
    entries: readonly string[],
    lesson: LessonData,
    listener: Listener,
  ): Promise<Outcome> {
    const needed = [lesson.checks, lesson.solution]
      .flat()
      .flatMap((piece) => (typeof piece === "string" ? [] : [piece.entry]));
    const more = await this.#libraries([...entries, ...needed]);
    if (needsTraining([code, lesson.checks, lesson.solution])) await this.#fetchTraining();
    return this.#start((id) => ({ type: "check", id, code, more, lesson }), listener, CHECK_MS, CASE_MS);
  }

  /** Ends what runs, and makes a fresh worker. */
  stop(outcome: Outcome = { type: "stopped" }): void {
    const running = this.#running;
    this.#ready = this.#expectReady();
    this.#say({ type: "stop" });
    if (running) this.#end(running, outcome);
  }

  close(): void {
    removeEventListener("message", this.#hear);
    this.#frame.remove();
  }

  #expectReady(): Promise<Engine> {
    const ready = new Promise<Engine>((resolve, reject) => {
      this.#tellReady = resolve;
      this.#tellBroken = reject;
    });
    ready.catch(() => {});
    return ready;
  }

  async #libraries(entries: readonly string[]): Promise<Libraries> {
    const wanted = ["flaxen/weights", "flaxen/orbax"].filter((entry) => entries.includes(entry));
    const texts = wanted.map(async (entry) => {
      return [entry, await this.#textOfAsset(entry.slice("flaxen/".length))] as const;
    });
    return Object.fromEntries(await Promise.all(texts));
  }

  #textOfAsset(name: string): Promise<string> {
    let text = this.#fetched.get(name);
    if (text === undefined) this.#fetched.set(name, (text = textOf(asset(name))));
    return text;
  }

  /** From now on programs have the whole library, in a worker of its own. */
  async #fetchTraining(): Promise<void> {
    if (this.#hasTraining) return;
    const library = await this.#textOfAsset("whole");
    await this.#ready;
    this.#hasTraining = true;
    this.#ready = this.#expectReady();
    this.#say({ type: "make", library, backend: this.#backend });
  }

  async #start(order: (id: number) => Order, listener: Listener, all: number, perCase: number): Promise<Outcome> {
    await this.#ready;
    return new Promise((end) => {
      const id = ++this.#count;
      this.#running = { id, listener, end, deadline: performance.now() + all, perCase, timer: 0 };
      this.#watch(this.#running);
      this.#say(order(id));
    });
  }

  #watch(running: Running): void {
    clearTimeout(running.timer);
    const left = Math.min(running.perCase, running.deadline - performance.now());
    running.timer = window.setTimeout(
      () => this.stop({ type: "endless", seconds: Math.round(Math.max(running.perCase, 1000) / 1000) }),
      Math.max(left, 0),
    );
  }

  #end(running: Running, outcome: Outcome): void {
    clearTimeout(running.timer);
    this.#running = undefined;
    running.end(outcome);
  }

  #say(order: Box): void {
    this.#frame.contentWindow?.postMessage(order, "*");
  }

  #hear = ({ source, data }: MessageEvent<Report | { type: "box" }>): void => {
    if (source !== this.#frame.contentWindow) return;
    if (data.type === "box") return this.#tellOpened();
    if (data.type === "ready") return this.#tellReady(data.engine);
    if (data.type === "broken") return this.#tellBroken(new Error(data.message));
    const running = this.#running;
    if (running?.id !== data.id) return undefined;
    switch (data.type) {
      case "log":
        return running.listener.log(data.level, data.text);
      case "left-out":
        return running.listener.leftOut(data.count);
      case "case":
        return this.#watch(running);
      default:
        return this.#end(running, data);
    }
  };
}
