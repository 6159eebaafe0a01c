import type { NDArray } from "../src/index.ts";
import { libraryFor } from "./dist.ts";
import { formatTiming, race } from "./measure.ts";
import { printTable } from "./table.ts";

const US = 1000;
const { numpy: jnp } = await libraryFor("auto");

const values = (size: number): Float32Array => Float32Array.from({ length: size }, (_, i) => ((i * 37) % 101) - 50.5);

/** Equal shapes, a number, a row along the last axis, a column: the ways layers use arithmetic. */
const rows = [64, 1024].flatMap((n) => {
  const x = jnp.array(values(n * n)).reshape([n, n]);
  const positive = x.gt(0);
  const others = {
    "[n, n]": jnp.array(values(n * n)).reshape([n, n]),
    scalar: 2,
    "[n]": jnp.array(values(n)),
    "[n, 1]": jnp.array(values(n)).reshape([n, 1]),
  };
  const operations: Record<string, () => NDArray> = {
    ...Object.fromEntries(Object.entries(others).map(([name, other]) => [`x + ${name}`, () => x.add(other)])),
    "1 - x": () => jnp.subtract(1, x),
    "maximum(x, 0)": () => jnp.maximum(x, 0),
    "x > [n, n]": () => x.gt(others["[n, n]"]),
    "where(x > 0, x, 0)": () => jnp.where(positive, x, 0),
    "floor(x)": () => jnp.floor(x),
  };
  return Object.entries(operations).map(([name, apply]) => {
    let y = apply();
    const run = (repeats: number): void => {
      for (let i = 0; i < repeats; i++) y = apply();
    };
    const [timing] = race([{ name, run, output: () => Float32Array.from(y.data) }]);
    return [`${n}`, name, formatTiming(timing!, US), (timing!.median / (n * n)).toFixed(2)];
  });
});

printTable("x [n, n], float32: us a call, median (min..max)", ["n", "operation", "us", "ns an element"], rows);
