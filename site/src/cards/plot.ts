/** A curve on a canvas: axes, three ticks, nothing else. */

export interface Curve {
  readonly values: readonly number[];
  /** The CSS variable of its colour. */
  readonly colour: string;
}

export function curve(canvas: HTMLCanvasElement, curves: readonly Curve[]): void {
  const paint = canvas.getContext("2d")!;
  const style = getComputedStyle(document.documentElement);
  const { width, height } = canvas;
  const [left, right, top, bottom] = [84, 16, 16, 36];
  const all = curves.flatMap(({ values }) => values).filter(Number.isFinite);
  paint.clearRect(0, 0, width, height);
  if (all.length === 0) return;
  let [low, high] = [Math.min(...all), Math.max(...all)];
  if (low > 0 && low < high / 2) low = 0;
  if (low === high) [low, high] = [low - 1, high + 1];
  const most = Math.max(...curves.map(({ values }) => values.length));
  const x = (i: number): number => left + ((width - left - right) * i) / Math.max(1, most - 1);
  const y = (value: number): number => height - bottom - ((height - top - bottom) * (value - low)) / (high - low);

  paint.font = `22px ${style.fontFamily}`;
  paint.fillStyle = style.getPropertyValue("--ink-soft");
  paint.strokeStyle = style.getPropertyValue("--line");
  paint.lineWidth = 1;
  paint.textAlign = "right";
  paint.textBaseline = "middle";
  for (const value of [low, (low + high) / 2, high]) {
    paint.beginPath();
    paint.moveTo(left, y(value));
    paint.lineTo(width - right, y(value));
    paint.stroke();
    paint.fillText(String(Number(value.toPrecision(2))), left - 10, y(value));
  }
  paint.textBaseline = "alphabetic";
  paint.fillText(String(most - 1), width - right, height - 6);
  paint.textAlign = "left";
  paint.fillText("0", left, height - 6);
  for (const { values, colour } of curves) {
    paint.strokeStyle = style.getPropertyValue(colour);
    paint.lineWidth = 3.5;
    paint.lineJoin = "round";
    paint.beginPath();
    values.forEach((value, i) => (i === 0 ? paint.moveTo(x(i), y(value)) : paint.lineTo(x(i), y(value))));
    paint.stroke();
  }
}
