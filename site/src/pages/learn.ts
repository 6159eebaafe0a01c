/** The track: the state of each lesson, and progress as a file. */
import { byId } from "../dom.ts";
import { exportAll, importAll, read } from "../store.ts";
import { download } from "./project.ts";
import { startShell } from "./shell.ts";

startShell();

function showStates(): void {
  for (const state of document.querySelectorAll<HTMLElement>(".state[data-slug]")) {
    const slug = state.dataset["slug"]!;
    const done = read(`done:${slug}`) !== null;
    if (!done && read(`code:${slug}`) === null) continue;
    state.dataset["state"] = done ? "done" : "begun";
    state.textContent = done ? "✓ done" : "begun";
  }
}
showStates();

const said = byId("progress-said");
byId("export-progress").addEventListener("click", () => {
  download("flaxen-progress.json", new Blob([exportAll()], { type: "application/json" }));
  said.textContent = "Saved.";
});
byId<HTMLInputElement>("import-progress").addEventListener("change", async (event) => {
  const file = (event.target as HTMLInputElement).files?.[0];
  if (!file) return;
  try {
    said.textContent = `${importAll(await file.text())} entries loaded.`;
    showStates();
  } catch {
    said.textContent = "This is no file of progress. Nothing has changed.";
  }
});
