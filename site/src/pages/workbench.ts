/** Lessons and the playground: text, code, result. */
import { asset, byId, find } from "../dom.ts";
import type { Editor } from "../editor/editor.ts";
import { makeTabs } from "./tabs.ts";
import { Results } from "./results.ts";
import { fillPlayground } from "./playground.ts";
import { startShell } from "./shell.ts";
import { download, projectFiles, zip } from "./project.ts";
import { decodeProgram, encodeProgram } from "../share.ts";
import { isRefused, read, write } from "../store.ts";
import type { Engine, LessonData } from "../protocol.ts";
import type { Outcome } from "../runner/host.ts";
import { Runner } from "../runner/host.ts";

startShell();
const main = byId("workbench");
const slug = main.dataset["slug"]!;
const isLesson = main.dataset["kind"] === "lesson";
const codePane = byId("code");
const starter = byId("starter").textContent ?? "";
const worked = find("#worked")?.textContent ?? undefined;
const solution = find("#solution-code")?.textContent ?? undefined;

let program = read(`code:${slug}`) ?? starter;
let editor: Editor | undefined;
let runner: Runner | undefined;
let backend: "auto" | "core" = "auto";
const results = new Results(byId("result"), { goTo: (line) => showCode().then((made) => made.goTo(line)) });
const tabs = makeTabs(main);

const keep = (text: string): void => {
  program = text;
  write(`code:${slug}`, text === starter ? null : text);
  if (isRefused()) results.note("This browser keeps nothing here: your program is lost when the page is closed.");
};

/** The editor in the place of the text that stood there. */
let making: Promise<Editor> | undefined;
function showCode(): Promise<Editor> {
  tabs.show("code");
  return makeEditor();
}
function makeEditor(): Promise<Editor> {
  making ??= import("../editor/editor.ts").then(({ createEditor }) => {
    const still = byId("still");
    editor = createEditor({
      parent: codePane,
      text: program,
      label: "Program. Tab indents; press Escape, then Tab to leave the editor.",
      onChange: keep,
      onRun: () => void run(),
      onCheck: () => void (isLesson ? check() : run()),
      hover: (name) => results.typeOf(name),
    });
    still.remove();
    return editor;
  });
  return making;
}

/** As if it were typed: the last result stays. */
function typeProgram(text: string): void {
  keep(text);
  if (editor) editor.setText(text);
  else byId("still").textContent = text;
}
function setProgram(text: string): void {
  typeProgram(text);
  results.clear();
}

function getRunner(): Runner {
  if (runner === undefined) {
    runner = new Runner(backend);
    runner.ready.then(showEngine, (error: unknown) => results.broken(String((error as Error).message ?? error)));
  }
  return runner;
}

function showEngine(engine: Engine): void {
  const wasm = engine.name === "wasm";
  byId("engine-name").textContent = wasm ? "WebAssembly SIMD" : "TypeScript, same bits";
  byId("engine-reason").textContent = wasm
    ? "Programs run on the WebAssembly path. The TypeScript path gives the same bits."
    : `Programs run on the TypeScript path, with the same bits: ${engine.reason}`;
  byId("engine-switch").textContent = wasm
    ? "Run on the TypeScript path and compare"
    : "Run on the other path and compare";
  byId("engine").hidden = false;
}

const compiling = (): Promise<typeof import("../compile.ts")> => import("../compile.ts");

/** Runs the program, or checks it. */
async function execute(what: "run" | "check"): Promise<Outcome | undefined> {
  if (results.busy) return undefined;
  const started = results.begin(what);
  const keepFocus = watchFocus();
  setRunning(true);
  tabs.show("result");
  editor?.clearMarks();
  try {
    const compiler = await compiling();
    let compiled: ReturnType<typeof compiler.compile>;
    try {
      compiled = compiler.compile(program);
    } catch (error) {
      if (!(error instanceof compiler.CompileError)) throw error;
      results.syntax(error.message, error.line);
      editor?.mark(error.line, error.message);
      return undefined;
    }
    const current = getRunner();
    let outcome: Outcome;
    if (what === "run") outcome = await current.run(compiled.code, compiled.entries, started);
    else outcome = await current.check(compiled.code, compiled.entries, await lessonData(), started);
    results.end(outcome);
    const thrown =
      outcome.type === "thrown" ? outcome.error : outcome.type === "verdict" ? outcome.verdict.thrown : undefined;
    if (thrown?.line !== undefined) editor?.mark(thrown.line, `${thrown.name}: ${thrown.message}`);
    if (outcome.type === "verdict" && outcome.verdict.feedback === "" && outcome.verdict.passed > 0) pass();
    return outcome;
  } catch (error) {
    results.broken(String((error as Error).message ?? error));
    return undefined;
  } finally {
    setRunning(false);
    keepFocus();
  }
}

/** Gives focus to the result if what had it is gone when the result is there: a card, Stop, a pane of the phone. */
function watchFocus(): () => void {
  const had = document.activeElement !== document.body;
  return () => {
    const { activeElement } = document;
    const isLost = activeElement === document.body || activeElement?.getClientRects().length === 0;
    if (had && isLost) byId("pane-result").focus({ preventScroll: true });
  };
}

const run = (): Promise<Outcome | undefined> => execute("run");
const check = (): Promise<Outcome | undefined> => execute("check");

function pass(): void {
  write(`done:${slug}`, "yes");
  byId("done").hidden = false;
  results.passed(byId<HTMLTemplateElement>("after"));
}

let lesson: Promise<LessonData> | undefined;
function lessonData(): Promise<LessonData> {
  lesson ??= fetch(asset("lesson")).then((response) => response.json() as Promise<LessonData>);
  return lesson;
}

/** Stop comes after this long: a button that is there for a moment moves the others. */
const STOP_MS = 2000;
let timer = 0;
function setRunning(running: boolean): void {
  main.toggleAttribute("data-running", running);
  clearInterval(timer);
  showStop(false);
  if (!running) return;
  const began = performance.now();
  timer = window.setInterval(() => {
    const ms = performance.now() - began;
    results.tick(ms);
    if (ms >= STOP_MS) showStop(true);
  }, 100);
}
/** On a phone Stop stands in the place of Run and Check, and has their focus. */
function showStop(shown: boolean): void {
  const stopButton = byId<HTMLButtonElement>("stop");
  if (stopButton.hidden !== shown) return;
  const hasFocus = document.activeElement?.matches("#run, #check, #stop") ?? false;
  stopButton.hidden = !shown;
  main.toggleAttribute("data-stoppable", shown);
  if (hasFocus && document.activeElement?.getClientRects().length === 0) byId(shown ? "stop" : "run").focus();
}
function stop(): void {
  runner?.stop();
}

/** The same program on the other path, and whether the results are equal. */
async function compareEngines(): Promise<void> {
  if (results.busy) return;
  const before = await run();
  if (before?.type !== "done") return;
  const first = results.fingerprint();
  const engine = (await getRunner().ready).name;
  const other = new Runner(engine === "wasm" ? "core" : "auto");
  try {
    await other.ready;
    const compiled = (await compiling()).compile(program);
    const outcome = await other.run(compiled.code, compiled.entries, { log() {}, leftOut() {} });
    if (outcome.type !== "done") return;
    const same = results.fingerprint(outcome.cards) === first;
    const [wasm, core] = engine === "wasm" ? [before.ms, outcome.ms] : [outcome.ms, before.ms];
    results.note(
      `${same ? "Equal to the last bit" : "The results differ"}: ` +
        `WebAssembly ${wasm.toFixed(1)} ms, TypeScript ${core.toFixed(1)} ms.`,
    );
  } finally {
    other.close();
  }
}

async function share(): Promise<void> {
  const fragment = await encodeProgram(program);
  if (fragment === undefined) {
    results.note("This program is too long for a link. It is downloaded instead.");
    download("main.ts", new Blob([program], { type: "text/plain" }));
    return;
  }
  const url = new URL(main.dataset["play"]!, location.href).href + fragment;
  const dialog = byId<HTMLDialogElement>("share");
  const field = byId<HTMLInputElement>("share-link");
  field.value = url;
  dialog.showModal();
  field.select();
}

async function copyLink(): Promise<void> {
  const field = byId<HTMLInputElement>("share-link");
  try {
    await navigator.clipboard.writeText(field.value);
    byId("share-said").textContent = "Copied.";
  } catch {
    field.select();
    byId("share-said").textContent = "Press Ctrl+C (Cmd+C) to copy it.";
  }
}

function reset(): void {
  write(`undo:${slug}`, program);
  setProgram(starter);
  byId("undo-reset").hidden = false;
  results.note("The program is as it was at first. “Undo reset” brings yours back.");
}
function undoReset(): void {
  const before = read(`undo:${slug}`);
  if (before !== null) setProgram(before);
  byId("undo-reset").hidden = true;
}

function replaceWith(text: string): void {
  write(`undo:${slug}`, program);
  byId("undo-reset").hidden = false;
  setProgram(text);
  tabs.show("code");
}

/** Closes the menus but the one that holds `except`. Focus inside goes to the button of the menu. */
function closeMenus(except?: Node): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    if (except && menu.contains(except)) continue;
    if (menu.contains(document.activeElement)) menu.querySelector("summary")!.focus();
    menu.open = false;
  }
}

const on = (id: string, action: () => void): void => {
  find(`#${id}`)?.addEventListener("click", () => {
    closeMenus();
    action();
  });
};
on("run", () => void run());
on("check", () => void check());
on("stop", stop);
on("share-open", () => void share());
on("share-copy", () => void copyLink());
on("reset", reset);
on("undo-reset", undoReset);
on("show-worked", () => worked !== undefined && replaceWith(worked));
on("show-solution", () => solution !== undefined && replaceWith(solution));
on("engine-switch", () => void compareEngines());
on("project", () => download("flaxen-program.zip", zip(projectFiles(program))));
on("run-worked", () => {
  if (worked === undefined) return;
  replaceWith(worked);
  void run();
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && results.busy) stop();
  if (event.key === "Escape") closeMenus();
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.defaultPrevented) {
    event.preventDefault();
    void (event.shiftKey && isLesson ? check() : run());
  }
});
addEventListener("click", ({ target }) => closeMenus(target as Node));

if (read(`done:${slug}`)) byId("done").hidden = false;
byId("undo-reset").hidden = read(`undo:${slug}`) === null;
if (program !== starter) byId("still").textContent = program;
if (!isLesson) fillPlayground(replaceWith);

/** A shared program is shown, and not run until someone presses Run. */
async function openFragment(): Promise<void> {
  if (isLesson || !location.hash.startsWith("#code=")) return;
  try {
    const shared = await decodeProgram(location.hash);
    if (shared === undefined) return;
    if (program !== starter && program !== shared) write(`undo:${slug}`, program);
    setProgram(shared);
    results.note("This program came with the link. Read it, then press Run.");
  } catch {
    results.note("The link is damaged: this is the program that everyone starts with.");
  }
}
void openFragment();
addEventListener("hashchange", () => void openFragment());

/** The frame when the page is idle; the editor when it can be seen. */
const idle = "requestIdleCallback" in window ? requestIdleCallback : (action: () => void) => setTimeout(action, 200);
function prepare(): void {
  if (tabs.isSingle) tabs.whenShown("code", () => void makeEditor());
  else void makeEditor().then(() => idle(() => getRunner()));
  if (tabs.isSingle) idle(() => getRunner());
}
tabs.whenWide(() => void makeEditor());
if (document.readyState === "complete") prepare();
else addEventListener("load", prepare);
// A program from outside the editor: what the tests do many times.
main.addEventListener("program", (event) => typeProgram((event as CustomEvent<string>).detail));
// A click that came before this script.
const { early } = document.documentElement.dataset;
document.documentElement.dataset["early"] = "done";
if (early === "run" || early === "check") void execute(early);
