/** The first page: one live example. */
import { cardElement } from "../cards/cards.ts";
import { byId, h } from "../dom.ts";
import { Runner } from "../runner/host.ts";
import { startShell } from "./shell.ts";

startShell();
const program = byId("program").textContent ?? "";
const seed = byId<HTMLInputElement>("home-seed");
const status = byId("home-status");
const out = byId("home-out");
let runner: Runner | undefined;

async function run(): Promise<void> {
  runner ??= new Runner();
  if (runner.busy) return;
  status.textContent = "Running …";
  try {
    const { compile } = await import("../compile.ts");
    const { code, entries } = compile(program.replace("Rngs(0)", `Rngs(${Number(seed.value) || 0})`));
    const outcome = await runner.run(code, entries, { log() {}, leftOut() {} });
    if (outcome.type !== "done") {
      status.textContent = outcome.type === "thrown" ? outcome.error.message : outcome.type;
      return;
    }
    status.textContent = `Ran in ${outcome.ms.toFixed(1)} ms`;
    const kernel = outcome.cards
      .flatMap((card) => (card.kind === "tree" ? card.root.children : []))
      .find(({ name }) => name === "kernel");
    const y = outcome.cards.find(({ name }) => name === "y");
    out.replaceChildren(
      h("h2", { class: "unseen" }, "What it exports"),
      ...(kernel?.array ? [cardElement({ ...kernel.array, name: "model.kernel" })] : []),
      ...(y ? [cardElement(y)] : []),
    );
  } catch (error) {
    status.textContent = String((error as Error).message);
  }
}
byId("home-run").addEventListener("click", () => void run());
seed.addEventListener("input", () => void (runner && run()));
