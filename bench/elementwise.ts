import { libraryFor } from "./dist.ts";
import { formatTiming, race } from "./measure.ts";
import { printTable } from "./table.ts";

const US = 1000;
const { numpy: jnp } = await libraryFor("auto");

const values = (size: number): Float32Array => Float32Array.from({ length: size }, (_, i) => ((i * 37) % 101) - 50.5);

/** Equal shapes, a number, a row along the last axis, a column: the ways layers use arithmetic. */
const rows = [64, 1024].flatMap((n) => {
  const x = jnp.array(values(n * n)).reshape([n, n]);
  const others = { "[n, n]": jnp.array(values(n * n)).reshape([n, n]), scalar: 2, "[n]": jnp.array(values(n)), "[n, 1]": jnp.array(values(n)).reshape([n, 1]) };
  return Object.entries(others).map(([name, other]) => {
    let y = x.add(other);
    const run = (repeats: number): void => {
      for (let i = 0; i < repeats; i++) y = x.add(other);
    };
    const [timing] = race([{ name, run, output: () => y.data as Float32Array }]);
    return [`${n}`, name, formatTiming(timing!, US), (timing!.median / (n * n)).toFixed(2)];
  });
});

printTable("x [n, n] + y, float32: us a call, median (least..most)", ["n", "y", "us", "ns an element"], rows);
