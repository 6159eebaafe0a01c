/** What the loops share: a line of progress that is written over, and accuracy. */
import { numpy as jnp } from "flaxen";
import type { NDArray } from "flaxen";

const MS_BETWEEN = 200;

/** Writes a line over itself, a few times a second; where there is no terminal only the last. */
export class ProgressLine {
  private shown = 0;

  update(text: () => string): void {
    const now = performance.now();
    if (!process.stdout.isTTY || now - this.shown < MS_BETWEEN) return;
    this.shown = now;
    process.stdout.write(`\r\x1b[K${text()}`);
  }

  /** The last line, which stays. */
  end(text: string): void {
    process.stdout.write(`${process.stdout.isTTY ? "\r\x1b[K" : ""}${text}\n`);
  }
}

/** Which share of pictures the model takes for what they show, 500 at a time. */
export function accuracyOf(model: (images: NDArray) => NDArray, images: NDArray, labels: NDArray): number {
  const n = labels.shape[0]!;
  let right = 0;
  for (let i = 0; i < n; i += 500) {
    const classes = jnp.argmax(model(images.slice(`${i}:${i + 500}`)), { axis: -1 });
    right += jnp
      .equal(classes, labels.slice(`${i}:${i + 500}`))
      .sum()
      .item();
  }
  return right / n;
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
