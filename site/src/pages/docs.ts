/** Documents: tables that can be sorted and filtered, and a search over titles. */
import { asset, find, h } from "../dom.ts";
import { startShell } from "./shell.ts";

startShell();
const FILTER_FROM = 12;

for (const table of document.querySelectorAll<HTMLTableElement>(".prose table")) {
  const rows = [...(table.tBodies[0]?.rows ?? [])];
  if (rows.length < FILTER_FROM) continue;
  table.classList.add("sortable");
  const shown = h("span", { role: "status", class: "note" });
  const field = h("input", { type: "search", "aria-label": "Filter the table", placeholder: "Filter the table" });
  field.addEventListener("input", () => {
    const wanted = field.value.toLowerCase();
    let count = 0;
    for (const row of rows) {
      row.hidden = !row.textContent!.toLowerCase().includes(wanted);
      if (!row.hidden) count++;
    }
    shown.textContent = wanted ? ` ${count} of ${rows.length} rows` : "";
  });
  table.parentElement!.before(h("p", { class: "filter" }, field, shown));
  [...(table.tHead?.rows[0]?.cells ?? [])].forEach((cell, column) => {
    const button = h("button", { type: "button", title: "Sort" }, ...cell.childNodes);
    cell.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = cell.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead!.rows[0]!.cells) other.removeAttribute("aria-sort");
      cell.setAttribute("aria-sort", down ? "descending" : "ascending");
      const key = (row: HTMLTableRowElement): string => row.cells[column]?.textContent ?? "";
      const sorted = rows.toSorted((a, b) => key(a).localeCompare(key(b), "en", { numeric: true }) * (down ? -1 : 1));
      table.tBodies[0]!.append(...sorted);
    });
  });
}

interface Found {
  readonly title: string;
  readonly page: string;
  readonly href: string;
}

const field = find<HTMLInputElement>("#doc-search");
const list = find("#doc-found");
if (field && list) {
  let index: Promise<Found[]> | undefined;
  field.addEventListener("input", async () => {
    index ??= fetch(asset("index")).then((response) => response.json() as Promise<Found[]>);
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const all = await index;
    const found =
      words.length === 0
        ? []
        : all.filter(({ title, page }) => words.every((word) => `${title} ${page}`.toLowerCase().includes(word)));
    list.replaceChildren(
      ...found
        .slice(0, 20)
        .map(({ title, page, href }) => h("li", {}, h("a", { href }, title), h("span", { class: "note" }, ` ${page}`))),
      ...(words.length > 0 && found.length === 0 ? [h("li", { class: "note" }, "Nothing with these words.")] : []),
    );
  });
}
