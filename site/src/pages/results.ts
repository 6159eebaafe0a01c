/** The pane of results: a status line, what the console said, the judgement, a card for each export. */
import { cardElement } from "../cards/cards.ts";
import { h } from "../dom.ts";
import type { ArrayCard, Card, Row, Thrown, TreeNode, Verdict } from "../protocol.ts";
import type { Listener, Outcome } from "../runner/host.ts";
import { CLOSE, OPEN } from "../runner/show.ts";

const FAILING_SHOWN = 3;
const QUIET_MS = 150;
const COUNTED_MS = 2000;

export class Results {
  readonly #status: HTMLElement;
  readonly #body: HTMLElement;
  readonly #goTo: (line: number) => void;
  #cards: readonly Card[] = [];
  #busy = false;
  #what: "run" | "check" = "run";
  #console: HTMLElement | undefined;

  constructor(pane: HTMLElement, { goTo }: { goTo(line: number): void }) {
    this.#status = pane.querySelector<HTMLElement>("[role=status]")!;
    this.#body = pane.querySelector<HTMLElement>(".result-body")!;
    this.#goTo = goTo;
  }

  get busy(): boolean {
    return this.#busy;
  }

  begin(what: "run" | "check"): Listener {
    this.#busy = true;
    this.#what = what;
    this.#console = undefined;
    this.#body.classList.add("old");
    let cleared = false;
    const lines = (): HTMLElement => {
      if (!cleared) this.#clearBody();
      cleared = true;
      if (this.#console === undefined) {
        this.#console = h("div", { class: "console", tabindex: 0, role: "region", "aria-label": "Console" });
        this.#body.append(this.#console);
      }
      return this.#console;
    };
    return {
      log: (level, text) => lines().append(h("pre", { class: level }, text)),
      leftOut: (count) =>
        lines().append(h("p", { class: "note" }, `${count.toLocaleString("en")} more lines: the rest is left out.`)),
    };
  }

  /** What is seen while it lasts. */
  tick(ms: number): void {
    if (ms < QUIET_MS) return;
    const verb = this.#what === "run" ? "Running" : "Checking";
    this.#say(ms < COUNTED_MS ? `${verb} …` : `${verb} for ${Math.floor(ms / 1000)} s. Stop ends it.`, "wait");
  }

  end(outcome: Outcome): void {
    this.#busy = false;
    const console = this.#console;
    this.#clearBody();
    if (console) this.#body.append(console);
    switch (outcome.type) {
      case "done":
        this.#cards = outcome.cards;
        this.#say(`Ran in ${outcome.ms.toFixed(outcome.ms < 10 ? 1 : 0)} ms`, "good");
        this.#showCards();
        break;
      case "thrown":
        this.#thrown(outcome.error);
        break;
      case "verdict":
        this.#verdict(outcome.verdict);
        break;
      case "endless":
        this.#say(`Stopped after ${outcome.seconds} s`, "bad");
        this.#body.prepend(
          h(
            "p",
            { class: "feedback" },
            "The program did not end. Is there a loop without an end in it? A fresh worker is ready.",
          ),
        );
        break;
      case "stopped":
        this.#say("Stopped", "wait");
    }
  }

  /** Nothing ran; the last result stays, greyed. */
  syntax(message: string, line: number): void {
    this.#busy = false;
    this.#body.querySelector(".feedback")?.remove();
    this.#say(`Line ${line}: SyntaxError`, "bad");
    this.#body.prepend(this.#problem(message, line));
  }

  broken(message: string): void {
    this.#busy = false;
    this.#say("Programs cannot run here", "bad");
    this.#body.replaceChildren(
      h("p", { class: "feedback" }, message),
      h(
        "p",
        { class: "note" },
        "This page needs a browser of 2023 or later: Chrome or Edge 111, Firefox 114, Safari 16.4.",
      ),
    );
  }

  note(text: string): void {
    this.#body.querySelector(".told")?.remove();
    this.#body.prepend(h("p", { class: "note told", role: "status" }, text));
  }

  clear(): void {
    this.#say("", "");
    this.#clearBody();
    this.#cards = [];
  }

  /** After a lesson is done: what was learnt, where to go. */
  passed(after: HTMLTemplateElement): void {
    this.#body.prepend(after.content.cloneNode(true));
  }

  /** What the last run knows of a name. */
  typeOf(name: string): string | undefined {
    const card = this.#cards.find((card) => card.name === name);
    if (card === undefined) return undefined;
    if (card.kind === "array")
      return `${card.name}: ${card.type ? `${card.type} ` : ""}${card.dtype}[${card.shape.join(", ")}]`;
    return `${card.name}: ${card.type}`;
  }

  /** All numbers of the cards, to the bit. */
  fingerprint(cards: readonly Card[] = this.#cards): string {
    const numbers = ({ values, print }: ArrayCard): string => (values ? [...values].join() : print);
    const ofTree = ({ array, children }: TreeNode): string => (array ? numbers(array) : children.map(ofTree).join("|"));
    return cards
      .map((card) =>
        card.kind === "array" ? numbers(card) : card.kind === "tree" ? ofTree(card.root) : JSON.stringify(card),
      )
      .join("\n");
  }

  #say(text: string, mood: string): void {
    if (this.#status.textContent !== text) this.#status.textContent = text;
    this.#status.dataset["mood"] = mood;
  }

  #clearBody(): void {
    this.#body.classList.remove("old");
    this.#body.replaceChildren();
  }

  #showCards(): void {
    if (this.#cards.length === 0) {
      this.#body.append(
        h("p", { class: "note" }, "Nothing is exported. What a program exports is shown here: export const y = …"),
      );
      return;
    }
    const folded = this.#cards.filter((card) => card.kind === "text" && card.folded);
    this.#body.append(
      ...this.#cards.filter((card) => !folded.includes(card)).map(cardElement),
      ...folded.map(cardElement),
    );
  }

  #problem(message: string, line?: number): HTMLElement {
    const button =
      line !== undefined &&
      h("button", { type: "button", class: "go", onclick: () => this.#goTo(line) }, `Go to line ${line}`);
    return h("div", { class: "feedback" }, h("pre", { class: "message" }, message), button);
  }

  #thrown({ name, message, line, stack }: Thrown): void {
    this.#say(line === undefined ? name : `Line ${line}: ${name}`, "bad");
    this.#body.append(this.#problem(message, line));
    if (stack)
      this.#body.append(
        h(
          "details",
          { class: "stack" },
          h("summary", {}, "Stack"),
          h("pre", { tabindex: 0, "aria-label": "Stack" }, stack),
        ),
      );
  }

  #verdict({ rows, feedback, thrown, passed, total }: Verdict): void {
    if (feedback === "") this.#say(`All ${total} checks pass`, "good");
    else this.#say(`${passed} of ${total} checks pass`, "bad");
    if (feedback !== "") {
      const line = thrown?.line;
      this.#body.append(this.#problem(thrown ? thrown.message : feedback, line));
    }
    const failing = rows.filter((row) => !row.passed);
    const list = h("ul", { class: "rows" }, ...failing.slice(0, FAILING_SHOWN).map(failedRow));
    if (failing.length > FAILING_SHOWN)
      list.append(h("li", { class: "more" }, `and ${failing.length - FAILING_SHOWN} more that do not pass`));
    for (const row of rows.filter((row) => row.passed)) list.append(passedRow(row));
    if (rows.length > 0) this.#body.append(list);
  }
}

const mark = (good: boolean): HTMLElement =>
  h(
    "span",
    { class: good ? "mark good" : "mark bad" },
    h("span", { "aria-hidden": "true" }, good ? "✓" : "✗"),
    good ? " passes" : " fails",
  );

function passedRow({ name, call }: Row): HTMLElement {
  return h(
    "li",
    { class: "passed" },
    mark(true),
    h("span", { class: "row-name" }, name),
    call !== "" && h("code", {}, call),
  );
}

function failedRow({ name, call, got, want }: Row): HTMLElement {
  const item = h("li", { class: "failed" }, mark(false), h("span", { class: "row-name" }, name));
  if (call !== "") item.append(h("code", { class: "call" }, call));
  if (want === undefined) {
    item.append(h("p", { class: "said" }, got ?? ""));
    return item;
  }
  item.append(
    h(
      "dl",
      {},
      h("dt", {}, "got"),
      h("dd", {}, ...marked(got ?? "")),
      h("dt", {}, "expected"),
      h("dd", {}, ...marked(want)),
    ),
  );
  return item;
}

function marked(text: string): (Node | string)[] {
  return text.split(OPEN).flatMap((part, i) => {
    if (i === 0) return [part];
    const [inside, after] = part.split(CLOSE);
    return [h("mark", {}, inside!), after ?? ""];
  });
}
