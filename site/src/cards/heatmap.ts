/** An array as a signed heat map that pointer and arrow keys read. */
import { h } from "../dom.ts";
import type { ArrayCard } from "../protocol.ts";
import { number } from "../runner/show.ts";

const MOST_TILES = 64;
const WIDTH = 340;
const LARGEST_CELL = 26;
const GAP = 3;

interface Layout {
  readonly rows: number;
  readonly columns: number;
  readonly tileRows: number;
  readonly tileColumns: number;
  readonly cell: number;
}

function layoutOf(shape: readonly number[], width: number): Layout {
  const columns = shape.at(-1)!;
  const rows = shape.length > 1 ? shape.at(-2)! : 1;
  const lead = shape.slice(0, -2);
  const tiles = Math.min(
    MOST_TILES,
    lead.reduce((a, b) => a * b, 1),
  );
  const wanted = lead.length > 1 && lead.at(-1)! <= 8 ? lead.at(-1)! : Math.ceil(Math.sqrt(tiles));
  const tileColumns = Math.max(1, Math.min(wanted, Math.floor(width / (columns + GAP)) || 1));
  const free = width - (tileColumns - 1) * GAP;
  const cell = Math.max(1, Math.min(LARGEST_CELL, Math.floor(free / (tileColumns * columns))));
  return { rows, columns, tileRows: Math.ceil(tiles / tileColumns), tileColumns, cell };
}

/** Whether an array is shown as a map at all. */
export function isMappable({ values, shape, step }: ArrayCard): boolean {
  if (values === undefined || step !== 1 || values.length < 2 || values.length > 65_536) return false;
  return shape.at(-1)! <= 1024 && (shape.length < 2 || shape.at(-2)! <= 1024);
}

export function describeArray({ name, dtype, shape, stats }: ArrayCard): string {
  const numbers = stats
    ? `, ${text(stats.min)} to ${text(stats.max)}, mean ${text(stats.mean)}, deviation ${text(stats.deviation)}`
    : "";
  return `${name || "array"}, ${dtype} of shape ${shape.join(" by ") || "one number"}${numbers}`;
}

export const text = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(4))) : String(value);

export function heatmap(card: ArrayCard): HTMLElement {
  const values = card.values!;
  const { rows, columns, tileRows, tileColumns, cell } = layoutOf(card.shape, WIDTH);
  const perTile = rows * columns;
  const tiles = Math.min(MOST_TILES, values.length / perTile);
  const canvas = h("canvas", {
    role: "img",
    tabindex: 0,
    "aria-label": `Heat map: ${describeArray(card)}. Arrow keys read elements.`,
  });
  canvas.width = tileColumns * columns * cell + (tileColumns - 1) * GAP;
  canvas.height = tileRows * rows * cell + (tileRows - 1) * GAP;
  const readout = h("output", { class: "readout", "aria-live": "polite" }, "Point at a cell to read it.");
  let selected = -1;

  const corner = (index: number): [x: number, y: number] => {
    const tile = Math.floor(index / perTile);
    const inside = index % perTile;
    return [
      (tile % tileColumns) * (columns * cell + GAP) + (inside % columns) * cell,
      Math.floor(tile / tileColumns) * (rows * cell + GAP) + Math.floor(inside / columns) * cell,
    ];
  };
  const draw = (): void => {
    const paint = canvas.getContext("2d")!;
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string): [number, number, number] => rgb(style.getPropertyValue(name));
    const [low, middle, high, strange] = ["--heat-low", "--heat-middle", "--heat-high", "--heat-strange"].map(colour);
    let most = 0;
    for (const value of values) if (Number.isFinite(value)) most = Math.max(most, Math.abs(value));
    paint.clearRect(0, 0, canvas.width, canvas.height);
    for (let index = 0; index < tiles * perTile; index++) {
      const value = values[index]!;
      const end = value < 0 ? low! : high!;
      const share = most === 0 ? 0 : Math.min(1, Math.abs(value) / most);
      const mixed = Number.isNaN(value)
        ? strange!
        : middle!.map((from, i) => Math.round(from + (end[i]! - from) * share));
      paint.fillStyle = `rgb(${mixed.join(",")})`;
      const [x, y] = corner(index);
      const inset = cell >= 12 ? 1 : 0;
      paint.fillRect(x, y, cell - inset, cell - inset);
    }
    if (selected >= 0) {
      const [x, y] = corner(selected);
      paint.strokeStyle = style.getPropertyValue("--ink");
      paint.lineWidth = 2;
      paint.strokeRect(x + 1, y + 1, Math.max(cell - 3, 2), Math.max(cell - 3, 2));
    }
  };
  const select = (index: number): void => {
    selected = index;
    const place: number[] = [];
    let rest = index;
    for (const size of card.shape.toReversed()) {
      place.unshift(rest % size);
      rest = Math.floor(rest / size);
    }
    const value = values[index]!;
    readout.textContent = `[${place.join(", ")}] = ${card.dtype.startsWith("float32") ? number(value) : value}`;
    draw();
  };
  canvas.addEventListener("pointermove", (event) => {
    const box = canvas.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * canvas.width;
    const y = ((event.clientY - box.top) / box.height) * canvas.height;
    const [tileX, tileY] = [Math.floor(x / (columns * cell + GAP)), Math.floor(y / (rows * cell + GAP))];
    const column = Math.floor((x - tileX * (columns * cell + GAP)) / cell);
    const row = Math.floor((y - tileY * (rows * cell + GAP)) / cell);
    const index = (tileY * tileColumns + tileX) * perTile + row * columns + column;
    if (column >= 0 && row >= 0 && column < columns && row < rows && index < tiles * perTile) select(index);
  });
  canvas.addEventListener("keydown", (event) => {
    const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
    const by = steps[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const next = selected < 0 ? 0 : selected + by;
    if (next >= 0 && next < tiles * perTile) select(next);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  draw();
  return h("div", { class: "heatmap" }, canvas, readout);
}

function rgb(hex: string): [number, number, number] {
  const digits = hex.trim().slice(1);
  return [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16)) as [number, number, number];
}
