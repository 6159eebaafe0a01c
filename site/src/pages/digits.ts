/** Draw a digit: the network that was trained in Flax reads it at each stroke. */
import { nnx, numpy as jnp } from "flaxen";
import { loadInto, readSafetensors } from "flaxen/weights";
import { DigitsCNN } from "../../../examples/models/digits/model.ts";
import { fetchWeights, whenLoaded } from "../demos/load.ts";
import { centred, DRAWN, Pad, SIZE } from "../demos/pad.ts";
import { byId, h } from "../dom.ts";
import { startShell } from "./shell.ts";

startShell();

const SHAPES = [
  ["image", "28 × 28 × 1", ""],
  ["Conv 3 × 3, BatchNorm, relu", "28 × 28 × 16", "192"],
  ["avgPool", "14 × 14 × 16", ""],
  ["Conv 3 × 3, relu", "14 × 14 × 32", "4,640"],
  ["avgPool", "7 × 7 × 32", ""],
  ["Linear, relu", "64", "100,416"],
  ["Linear", "10", "650"],
] as const;

await whenLoaded(async () => {
  const bytes = await fetchWeights("digits");
  const model = new DigitsCNN({ rngs: new nnx.Rngs(0) });
  await loadInto(model, readSafetensors(bytes));
  model.eval();
  start(model);
});

function start(model: DigitsCNN): void {
  const bars = [...byId("bars").children] as HTMLElement[];
  const reading = byId("reading");
  const maps = byId("maps");
  const canvases = Array.from({ length: 16 }, () => {
    const canvas = h("canvas", { width: SIZE, height: SIZE });
    maps.append(canvas);
    return canvas;
  });
  byId("shapes").append(
    ...SHAPES.map(([layer, shape, count]) =>
      h("tr", {}, h("td", {}, layer), h("td", { class: "mono" }, shape), h("td", { class: "mono" }, count)),
    ),
  );

  const read = (): void => {
    const image = centred(pad.pixels);
    if (image === undefined) {
      show(Array.from({ length: 10 }, () => 0));
      reading.textContent = "Nothing is drawn yet.";
      drawMaps(new Float32Array(SIZE * SIZE * 16));
      return;
    }
    const x = jnp.array(image).reshape([1, SIZE, SIZE, 1]);
    const begin = performance.now();
    const chances = nnx.softmax(model(x)).reshape([-1]).tolist() as number[];
    const ms = performance.now() - begin;
    show(chances);
    const best = chances.indexOf(Math.max(...chances));
    const percent = (100 * chances[best]!).toFixed(1);
    reading.textContent = `It reads ${best}, with ${percent} %. One forward pass: ${ms.toFixed(1)} ms.`;
    drawMaps(
      Float32Array.from(
        nnx
          .relu(model.bn1(model.conv1(x)))
          .ravel()
          .tolist() as number[],
      ),
    );
  };
  const show = (chances: readonly number[]): void => {
    const best = Math.max(...chances);
    for (const [digit, bar] of bars.entries()) {
      bar.classList.toggle("best", best > 0 && chances[digit] === best);
      bar.querySelector("i")!.style.width = `${100 * chances[digit]!}%`;
      bar.lastElementChild!.textContent = `${(100 * chances[digit]!).toFixed(1)} %`;
    }
  };
  const drawMaps = (values: Float32Array): void => {
    const most = Math.max(...values) || 1;
    for (const [feature, canvas] of canvases.entries()) {
      const paint = canvas.getContext("2d")!;
      const image = paint.createImageData(SIZE, SIZE);
      for (let i = 0; i < SIZE * SIZE; i++) {
        const share = values[i * 16 + feature]! / most;
        image.data.set([20 + 220 * share, 26 + 150 * share, 40 + 30 * share, 255], i * 4);
      }
      paint.putImageData(image, 0, 0);
    }
  };

  let waiting = false;
  const pad = new Pad(byId<HTMLCanvasElement>("pad"), () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      read();
    });
  });
  drawMaps(new Float32Array(SIZE * SIZE * 16));
  let shown = 0;
  byId("clear").addEventListener("click", () => pad.clear());
  byId("show-one").addEventListener("click", () => pad.show(DRAWN[shown++ % DRAWN.length]!));
}
