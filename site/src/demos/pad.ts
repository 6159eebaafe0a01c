/** A pad of 28 by 28 for finger, mouse and keys, and digits that we drew ourselves. */

export const SIZE = 28;
const INK = 1.25;

export type Stroke = readonly (readonly [x: number, y: number])[];

/** Digits as strokes. */
export const DRAWN: readonly (readonly Stroke[])[] = [
  [
    [
      [9, 8],
      [14, 6],
      [19, 8],
      [19, 12],
      [14, 14],
      [19, 16],
      [19, 20],
      [14, 22],
      [9, 20],
    ],
  ],
  [
    [
      [8, 7],
      [20, 7],
      [16, 14],
      [13, 22],
    ],
  ],
  [
    [
      [9, 10],
      [11, 7],
      [16, 6],
      [19, 9],
      [17, 14],
      [12, 18],
      [8, 22],
      [14, 22],
      [20, 22],
    ],
  ],
  [
    [
      [14, 6],
      [9, 9],
      [8, 15],
      [10, 21],
      [15, 22],
      [19, 18],
      [19, 11],
      [14, 6],
    ],
  ],
  [
    [
      [16, 6],
      [12, 11],
      [8, 16],
      [14, 16],
      [20, 16],
    ],
    [
      [17, 11],
      [16, 17],
      [16, 23],
    ],
  ],
];

export class Pad {
  readonly pixels = new Float32Array(SIZE * SIZE);
  readonly #canvas: HTMLCanvasElement;
  readonly #changed: () => void;
  #cursor: [number, number] | undefined;

  constructor(canvas: HTMLCanvasElement, changed: () => void) {
    this.#canvas = canvas;
    this.#changed = changed;
    let last: [number, number] | undefined;
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      this.#cursor = undefined;
      last = this.#place(event);
      this.#line(last, last);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (last === undefined) return;
      const next = this.#place(event);
      this.#line(last, next);
      last = next;
    });
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => (last = undefined));
    canvas.addEventListener("keydown", (event) => this.#key(event));
    this.draw();
  }

  clear(): void {
    this.pixels.fill(0);
    this.draw();
    this.#changed();
  }

  show(strokes: readonly Stroke[]): void {
    this.pixels.fill(0);
    for (const stroke of strokes) for (let i = 1; i < stroke.length; i++) this.#ink(stroke[i - 1]!, stroke[i]!);
    this.draw();
    this.#changed();
  }

  draw(): void {
    const paint = this.#canvas.getContext("2d")!;
    const cell = this.#canvas.width / SIZE;
    for (let i = 0; i < this.pixels.length; i++) {
      const shade = Math.round(13 + this.pixels[i]! * 235);
      paint.fillStyle = `rgb(${shade}, ${shade}, ${Math.min(255, shade + 6)})`;
      paint.fillRect((i % SIZE) * cell, Math.floor(i / SIZE) * cell, cell, cell);
    }
    if (this.#cursor === undefined) return;
    paint.strokeStyle = "#f0b93a";
    paint.lineWidth = 2;
    paint.strokeRect(this.#cursor[0] * cell, this.#cursor[1] * cell, cell, cell);
  }

  #place(event: PointerEvent): [number, number] {
    const box = this.#canvas.getBoundingClientRect();
    return [
      ((event.clientX - box.left) / box.width) * SIZE - 0.5,
      ((event.clientY - box.top) / box.height) * SIZE - 0.5,
    ];
  }

  #key(event: KeyboardEvent): void {
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
    };
    const move = moves[event.key];
    if (move === undefined && event.key !== " ") return;
    event.preventDefault();
    this.#cursor ??= [14, 7];
    if (move)
      this.#cursor = this.#cursor.map((at, i) => Math.min(SIZE - 1, Math.max(0, at + move[i]!))) as [number, number];
    else this.#line(this.#cursor, this.#cursor);
    this.draw();
  }

  #line(from: readonly [number, number], to: readonly [number, number]): void {
    this.#ink(from, to);
    this.draw();
    this.#changed();
  }

  /** A soft brush along the line. */
  #ink([x0, y0]: readonly [number, number], [x1, y1]: readonly [number, number]): void {
    const squared = (x1 - x0) ** 2 + (y1 - y0) ** 2;
    for (let y = 0; y < SIZE; y++)
      for (let x = 0; x < SIZE; x++) {
        const along =
          squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / squared));
        const away = Math.sqrt((x - x0 - along * (x1 - x0)) ** 2 + (y - y0 - along * (y1 - y0)) ** 2);
        const shade = Math.min(1, Math.max(0, INK + 0.55 - away));
        const at = y * SIZE + x;
        if (shade > this.pixels[at]!) this.pixels[at] = shade;
      }
  }
}

/** The image as the training set has them: the drawing 20 high or wide, its mass in the middle. */
export function centred(pixels: Float32Array): Float32Array | undefined {
  let [left, right, top, bottom] = [SIZE, -1, SIZE, -1];
  for (let i = 0; i < pixels.length; i++) {
    if (pixels[i]! < 0.1) continue;
    const [x, y] = [i % SIZE, Math.floor(i / SIZE)];
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  }
  if (right < 0) return undefined;
  const scale = 20 / Math.max(right - left + 1, bottom - top + 1, 8);
  let [mass, massX, massY] = [0, 0, 0];
  for (let i = 0; i < pixels.length; i++) {
    mass += pixels[i]!;
    massX += pixels[i]! * (i % SIZE);
    massY += pixels[i]! * Math.floor(i / SIZE);
  }
  const [middleX, middleY] = [massX / mass, massY / mass];
  const at = (x: number, y: number): number => (x < 0 || y < 0 || x >= SIZE || y >= SIZE ? 0 : pixels[y * SIZE + x]!);
  return Float32Array.from(pixels, (_, i) => {
    const x = ((i % SIZE) - 13.5) / scale + middleX;
    const y = (Math.floor(i / SIZE) - 13.5) / scale + middleY;
    const [x0, y0] = [Math.floor(x), Math.floor(y)];
    const [fx, fy] = [x - x0, y - y0];
    return (
      (at(x0, y0) * (1 - fx) + at(x0 + 1, y0) * fx) * (1 - fy) +
      (at(x0, y0 + 1) * (1 - fx) + at(x0 + 1, y0 + 1) * fx) * fy
    );
  });
}
