/** Pictures to try a network on: discs, stripes and checks of colours, at places and sizes by number. */
import { SIZE } from "./model.ts";

const KINDS = ["disc", "stripes", "checks", "gradient"] as const;

export const PICTURES = 16;

/** What picture `number` shows. */
export function titleOf(number: number): string {
  return `${KINDS[number % 4]!} ${Math.floor(number / 4) + 1}`;
}

/** Picture `number`: [224, 224, 3] in [0, 1], row by row. */
export function picture(number: number): Float32Array {
  const variant = Math.floor(number / 4);
  const kind = KINDS[number % 4]!;
  const fore = [0.9 - 0.2 * variant, 0.2 + 0.2 * variant, 0.3];
  const back = [0.1, 0.15 * variant, 0.8 - 0.15 * variant];
  const pixels = new Float32Array(SIZE * SIZE * 3);
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      const share = shareOf(kind, x / SIZE, y / SIZE, variant);
      for (let c = 0; c < 3; c++) pixels[(y * SIZE + x) * 3 + c] = share * fore[c]! + (1 - share) * back[c]!;
    }
  }
  return pixels;
}

/** How much of the foreground there is at a place. */
function shareOf(kind: (typeof KINDS)[number], x: number, y: number, variant: number): number {
  const cells = 4 + 3 * variant;
  switch (kind) {
    case "disc":
      return (x - 0.4 - 0.05 * variant) ** 2 + (y - 0.5) ** 2 < (0.15 + 0.05 * variant) ** 2 ? 1 : 0;
    case "stripes":
      return Math.floor((x + 0.3 * variant * y) * cells) % 2;
    case "checks":
      return (Math.floor(x * cells) + Math.floor(y * cells)) % 2;
    case "gradient":
      return variant % 2 === 0 ? x : (x + y) / 2;
  }
}
