/** What a program exports, one card each. */
import { h } from "../dom.ts";
import type { ArrayCard, Card, PlotCard, TextCard, TreeCard, TreeNode } from "../protocol.ts";
import { number } from "../runner/show.ts";
import { describeArray, heatmap, isMappable, text } from "./heatmap.ts";
import { curve } from "./plot.ts";

const MOST_IN_TABLE = 400;
const LONG_PRINT = 4000;

export function cardElement(card: Card): HTMLElement {
  switch (card.kind) {
    case "array":
      return frame(card.name, arrayType(card), arrayBody(card));
    case "tree":
      return frame(card.name, card.type, treeBody(card), card.note);
    case "plot":
      return frame(card.name, card.type, [plotBody(card)]);
    case "text":
      return textCard(card);
  }
}

const arrayType = ({ type, dtype, shape }: ArrayCard): string =>
  `${type ? `${type} ` : ""}${dtype}[${shape.join(", ")}]`;

function frame(name: string, type: string, body: readonly Node[], note = ""): HTMLElement {
  const heading = h("h3", {}, h("code", {}, name), " ", h("span", { class: "type" }, type));
  return h("section", { class: "card" }, heading, note !== "" && h("p", { class: "note" }, note), ...body);
}

function arrayBody(card: ArrayCard): Node[] {
  const parts: Node[] = [];
  if (isMappable(card)) parts.push(heatmap(card));
  if (card.stats && (card.values?.length ?? 0) > 1) {
    const { min, max, mean, deviation } = card.stats;
    parts.push(
      h("p", { class: "stats" }, `${text(min)} to ${text(max)} · mean ${text(mean)} · deviation ${text(deviation)}`),
    );
  }
  if (card.step > 1) parts.push(h("p", { class: "note" }, "Too large for a map; the print below is NumPy's."));
  const print = h("pre", { class: "print", tabindex: 0, "aria-label": `${card.name} as NumPy prints it` }, card.print);
  parts.push(card.print.length > LONG_PRINT ? h("details", {}, h("summary", {}, "As NumPy prints it"), print) : print);
  if (card.values && card.values.length > 1 && card.values.length <= MOST_IN_TABLE && card.shape.length <= 2)
    parts.push(asTable(card));
  return parts;
}

function asTable(card: ArrayCard): HTMLElement {
  const details = h("details", { class: "as-table" }, h("summary", {}, "As a table"));
  details.addEventListener("toggle", () => {
    if (details.childElementCount > 1) return;
    const columns = card.shape.at(-1)!;
    const rows = card.values!.length / columns;
    const cells = (row: number): Node[] =>
      Array.from({ length: columns }, (_, column) => {
        const value = card.values![row * columns + column]!;
        return h("td", {}, card.dtype === "float32" ? number(value) : String(value));
      });
    const head = Array.from({ length: columns }, (_, column) => h("th", { scope: "col" }, String(column)));
    const body = Array.from({ length: rows }, (_, row) =>
      h("tr", {}, h("th", { scope: "row" }, String(row)), ...cells(row)),
    );
    const table = h(
      "table",
      {},
      h("caption", { class: "unseen" }, describeArray(card)),
      h("thead", {}, h("tr", {}, h("td", {}), ...head)),
      h("tbody", {}, ...body),
    );
    details.append(
      h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": `${card.name} as a table` }, table),
    );
  });
  return details;
}

function treeBody({ root, table, name }: TreeCard): Node[] {
  const list = h("ul", { class: "tree" }, ...root.children.map((child) => treeItem(child, 0)));
  if (root.children.length === 0) list.append(h("li", {}, h("span", { class: "value" }, "nothing in it")));
  if (!table) return [list];
  const print = h("pre", { class: "print", tabindex: 0, "aria-label": `Table of ${name}` }, table);
  return [list, h("details", {}, h("summary", {}, "nnx.tabulate(…, x)"), print)];
}

function treeItem({ name, type, note, children, array }: TreeNode, depth: number): HTMLElement {
  const label = [
    name !== "" && h("span", { class: "name" }, name),
    type !== "" && h("span", { class: array ? "kind leaf" : "kind" }, type),
    note !== "" && h("span", { class: "value" }, note),
  ];
  const opens = children.length > 0 || array !== undefined;
  if (!opens) return h("li", {}, h("span", { class: "line" }, ...label));
  const details = h("details", { open: children.length > 0 && depth < 2 }, h("summary", { class: "line" }, ...label));
  if (array === undefined) {
    details.append(h("ul", {}, ...children.map((child) => treeItem(child, depth + 1))));
  } else {
    // A map is drawn when it is first seen.
    details.addEventListener("toggle", () => {
      if (details.open && details.childElementCount === 1)
        details.append(h("div", { class: "leaf-body" }, ...arrayBody(array)));
    });
  }
  return h("li", {}, details);
}

function plotBody({ name, values }: PlotCard): Node {
  const canvas = h("canvas", {
    role: "img",
    class: "plot",
    "aria-label": `Line plot of ${name}: ${values.length} numbers, from ${text(values[0]!)} to ${text(values.at(-1)!)}`,
  });
  canvas.width = 680;
  canvas.height = 280;
  requestAnimationFrame(() => curve(canvas, [{ values, colour: "--accent" }]));
  return canvas;
}

function textCard({ name, type, text, folded }: TextCard): HTMLElement {
  if (folded) return h("p", { class: "folded-card" }, h("code", {}, name), " ", h("span", { class: "type" }, type));
  return frame(name, type, [h("pre", { class: "print", tabindex: 0, "aria-label": name }, text)]);
}
