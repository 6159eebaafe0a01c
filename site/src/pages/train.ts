/** An MLP learns a plane of points, step by step. */
import { nnx, numpy as jnp, optax } from "flaxen";
import type { NDArray } from "flaxen";
import { curve } from "../cards/plot.ts";
import type { Points } from "../demos/points.ts";
import { COUNT, makePoints } from "../demos/points.ts";
import { byId } from "../dom.ts";
import { startShell } from "./shell.ts";

startShell();

const GRID = 42;
const MOST_SHOWN = 2000;

class MLP extends nnx.Module<[x: NDArray], NDArray> {
  layers: nnx.List<nnx.Linear>;

  constructor(hidden: number, width: number, rngs: nnx.Rngs) {
    super();
    const sizes = [2, ...Array.from({ length: hidden }, () => width), 1];
    this.layers = new nnx.List(sizes.slice(1).map((size, i) => new nnx.Linear(sizes[i]!, size, { rngs })));
  }

  override __call__(x: NDArray): NDArray {
    const layers = [...this.layers];
    for (const layer of layers.slice(0, -1)) x = nnx.tanh(layer(x));
    return layers.at(-1)!(x);
  }
}

interface Training {
  readonly model: MLP;
  readonly points: Points;
  readonly losses: number[];
  step(): void;
}

const value = (id: string): string => byId<HTMLInputElement | HTMLSelectElement>(id).value;
const plane = byId<HTMLCanvasElement>("plane");
const loss = byId<HTMLCanvasElement>("loss");
const said = byId("said");
const playButton = byId("play");
const ends = Float32Array.from({ length: GRID * GRID * 2 }, (_, i) => {
  const cell = Math.floor(i / 2);
  return i % 2 === 0 ? ((cell % GRID) / (GRID - 1)) * 2 - 1 : 1 - (Math.floor(cell / GRID) / (GRID - 1)) * 2;
});
const everywhere = jnp.array(ends).reshape([GRID * GRID, 2]);

let training = start();
let playing = false;

function start(): Training {
  const seed = Math.max(0, Math.trunc(Number(value("seed")))) || 0;
  const points = makePoints(value("points"), seed);
  const x = jnp.array(points.places).reshape([COUNT, 2]);
  const y = jnp.array(points.kinds).reshape([COUNT, 1]);
  const model = new MLP(Number(value("layers")), Number(value("width")), new nnx.Rngs(seed));
  const optimizer = new nnx.Optimizer(model, optax.adam(Number(value("rate"))), { wrt: nnx.Param });
  const lossOf = nnx.valueAndGrad((m: MLP) => jnp.mean(optax.sigmoidBinaryCrossEntropy(m(x), y)));
  const losses: number[] = [];
  const step = (): void => {
    const [now, grads] = lossOf(model);
    optimizer.update(model, grads);
    losses.push((now as NDArray).item() as number);
  };
  return { model, points, losses, step };
}

function draw(): void {
  const { model, points, losses } = training;
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): number[] =>
    [1, 3, 5].map((at) =>
      Number.parseInt(
        style
          .getPropertyValue(name)
          .trim()
          .slice(at, at + 2),
        16,
      ),
    );
  const [low, middle, high] = ["--heat-low", "--heat-middle", "--heat-high"].map(colour);
  const chances = nnx.sigmoid(model(everywhere)).ravel().tolist() as number[];
  const paint = plane.getContext("2d")!;
  const cell = plane.width / GRID;
  for (const [i, chance] of chances.entries()) {
    const share = Math.abs(chance - 0.5) * 2 * 0.75;
    const end = chance < 0.5 ? low! : high!;
    paint.fillStyle = `rgb(${middle!.map((from, k) => Math.round(from + (end[k]! - from) * share)).join(",")})`;
    paint.fillRect((i % GRID) * cell, Math.floor(i / GRID) * cell, cell + 1, cell + 1);
  }
  let right = 0;
  for (let i = 0; i < COUNT; i++) {
    const [x, y] = [
      ((points.places[2 * i]! + 1) / 2) * plane.width,
      ((1 - points.places[2 * i + 1]!) / 2) * plane.height,
    ];
    paint.fillStyle = style.getPropertyValue(points.kinds[i] ? "--heat-high" : "--heat-low");
    paint.strokeStyle = style.getPropertyValue("--paper");
    paint.lineWidth = 1.5;
    paint.beginPath();
    // Kinds differ in form as well as in colour.
    if (points.kinds[i]) paint.arc(x, y, 4.5, 0, 7);
    else paint.rect(x - 4, y - 4, 8, 8);
    paint.fill();
    paint.stroke();
    const [column, row] = [
      Math.round(((points.places[2 * i]! + 1) / 2) * (GRID - 1)),
      Math.round(((1 - points.places[2 * i + 1]!) / 2) * (GRID - 1)),
    ];
    const clamp = (at: number): number => Math.min(GRID - 1, Math.max(0, at));
    if (chances[clamp(row) * GRID + clamp(column)]! > 0.5 === points.kinds[i]! > 0.5) right++;
  }
  const share = `${Math.round((100 * right) / COUNT)} % of the points on the right side`;
  said.textContent =
    losses.length === 0 ? `Step 0, ${share}` : `Step ${losses.length}, loss ${losses.at(-1)!.toPrecision(4)}, ${share}`;
  plane.setAttribute("aria-label", `Points and what the network says about the plane: ${share}`);
  curve(loss, [{ values: losses.slice(-MOST_SHOWN), colour: "--accent" }]);
}

function frame(): void {
  if (!playing) return;
  const begin = performance.now();
  // As many steps as fit beside the drawing, at most 4.
  for (let i = 0; i < 4 && performance.now() - begin < 8; i++) training.step();
  draw();
  requestAnimationFrame(frame);
}

function setPlaying(on: boolean): void {
  playing = on;
  playButton.textContent = on ? "Pause" : "Play";
  // A line that changes at each frame is not read aloud.
  said.setAttribute("aria-live", on ? "off" : "polite");
  if (on) requestAnimationFrame(frame);
}

function again(): void {
  setPlaying(false);
  training = start();
  draw();
}

playButton.addEventListener("click", () => setPlaying(!playing));
byId("step").addEventListener("click", () => {
  setPlaying(false);
  training.step();
  draw();
});
byId("again").addEventListener("click", again);
for (const id of ["points", "layers", "width", "rate", "seed"]) byId(id).addEventListener("change", again);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
draw();
