import { describe, expect, it, vi } from "vitest";
import { CNN } from "../../examples/cnn.ts";
import type { NDArray } from "../../src/index.ts";
import { nnx, numpy as jnp } from "../../src/index.ts";

const rngs = new nnx.Rngs(0);

class Block extends nnx.Module<[x: NDArray], NDArray> {
  readonly feedForwardNetwork = new nnx.Sequential(
    new nnx.Linear(4, 8, { rngs }),
    nnx.gelu,
    new nnx.Linear(8, 4, { rngs }),
  );
  readonly normalization = new nnx.BatchNorm(4, { rngs });
  readonly dropout = new nnx.Dropout(0.5, { rngs });
  override __call__(x: NDArray): NDArray {
    return x.add(this.feedForwardNetwork(this.dropout(this.normalization(x))));
  }
}

class Deep extends nnx.Module<[x: NDArray], NDArray> {
  readonly transformerEncoderBlocks = new nnx.List([0, 1, 2].map(() => new nnx.List([new Block(), new Block()])));
  override __call__(x: NDArray): NDArray {
    for (const blocks of this.transformerEncoderBlocks) for (const block of blocks) x = block(x);
    return x;
  }
  half(x: NDArray): NDArray {
    return this.transformerEncoderBlocks[0]![0]!(x);
  }
}

class Tied extends nnx.Module<[x: NDArray], NDArray> {
  readonly a = new nnx.Linear(4, 4, { rngs });
  readonly b = this.a;
  readonly blocks = new nnx.List([new nnx.Linear(4, 4, { rngs }), new nnx.Linear(4, 4, { rngs })]);
  override __call__(x: NDArray): NDArray {
    return this.blocks[1]!(this.blocks[0]!(this.b(this.a(x))));
  }
}

/** The rows of a table as their cells. */
function rows(table: string): string[][] {
  return table.split("\n").map((line) => line.trim().split(/ {2,}/));
}

it("columns become no narrower than six letters, however narrow the table is to be", () => {
  const model = new Deep();
  /** The table without its rules and the total, which are as wide as they may be. */
  const rowsAt = (width: number): string[] => {
    const lines = nnx.tabulate(model, jnp.ones([2, 4]), { width }).split("\n");
    return lines
      .slice(
        0,
        lines.findLastIndex((line) => /^-+$/.test(line)),
      )
      .filter((line) => !/^-+$/.test(line));
  };
  expect(rowsAt(30)).toEqual(rowsAt(1));
  expect(rowsAt(1).filter((line) => /^\S{6}  \S{1,6}  /.test(line)).length).toBeGreaterThan(0);
});

it("a model's print counts bytes by dtype", () => {
  const dict = new nnx.Dict({ a: new nnx.Param(jnp.zeros([8], "int16")), b: new nnx.Param(jnp.zeros([8], "int8")) });
  expect(String(dict)).toMatch(/a=Param\( # 8 \(16 B\)[^]*b=Param\( # 8 \(8 B\)/);
});

describe("nnx.tabulate", () => {
  it("shows path, type, inputs, outputs, Params and bytes of each module, then the totals by kind", () => {
    const model = new nnx.Sequential(
      new nnx.Linear(3, 4, { rngs }),
      nnx.relu,
      new nnx.Dropout(0.5, { deterministic: true, rngs }),
    );
    expect(nnx.tabulate(model, jnp.ones([2, 3]))).toBe(
      [
        "path      type        inputs        outputs       params  bytes",
        "---------------------------------------------------------------",
        "          Sequential  float32[2,3]  float32[2,4]      16   76 B",
        "layers/0  Linear      float32[2,3]  float32[2,4]      16   64 B",
        "layers/2  Dropout     float32[2,4]  float32[2,4]           12 B",
        "---------------------------------------------------------------",
        "Total: 16 Param (64 B), 2 RngState (12 B)",
      ].join("\n"),
    );
  });

  it("counts what Flax counts for the same models, what is shared once", () => {
    const cnn = nnx.tabulate(new CNN({ rngs: new nnx.Rngs(0) as never }), jnp.ones([2, 28, 28, 1]));
    expect(cnn).toContain("\nTotal: 824,650 Param (3.3 MB), 192 BatchStat (768 B), 2 RngState (12 B)");
    for (const cells of [
      ["conv1", "Conv", "float32[2,28,28,1]", "float32[2,28,28,32]", "320", "1.3 KB"],
      ["linear1", "Linear", "float32[2,3136]", "float32[2,256]", "803,072", "3.2 MB"],
    ])
      expect(rows(cnn)).toContainEqual(cells);
    const tied = nnx.tabulate(new Tied(), jnp.ones([2, 4]));
    expect(rows(tied).map(([path]) => path)).toEqual([
      "path",
      expect.stringMatching(/^-+$/),
      "Tied",
      "a",
      "blocks/0",
      "blocks/1",
      expect.stringMatching(/^-+$/),
      "Total: 60 Param (240 B)",
    ]);
  });

  it("fits 80 columns however long the paths are, or as many as it is told", () => {
    const model = new Deep();
    for (const width of [80, 60, 132]) {
      const lines = nnx.tabulate(model, jnp.ones([2, 4]), { width }).split("\n");
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    }
    expect(nnx.tabulate(model, jnp.ones([2, 4]), { width: 132 })).toContain(
      "transformerEncoderBlocks/2/1/feedForwardNetwork/layers/2",
    );
    const firstWords = nnx
      .tabulate(model, jnp.ones([2, 4]))
      .split("\n")
      .map((line) => line.split(" ")[0])
      .join("");
    expect(firstWords).toContain("transformerEncoderBlocks/2/1/feedForwardNetwork/layers/2");
  });

  it("goes as deep as it is told, and calls the method it is told", () => {
    const model = new Deep();
    const paths = (table: string): string[] =>
      rows(table)
        .map(([path]) => path!)
        .filter((path) => path.startsWith("transformer"));
    expect(paths(nnx.tabulate(model, jnp.ones([2, 4]), { depth: 3, width: 132 })).length).toBe(6);
    expect(paths(nnx.tabulate(model, jnp.ones([2, 4]), { depth: 0 }))).toEqual([]);
    const half = nnx.tabulate(model, jnp.ones([2, 4]), { method: "half", width: 132 });
    expect(rows(half).find(([path]) => path === "transformerEncoderBlocks/0/0/dropout")).toEqual([
      "transformerEncoderBlocks/0/0/dropout",
      "Dropout",
      "float32[2,4]",
      "float32[2,4]",
      "12 B",
    ]);
    expect(rows(half).find(([path]) => path === "transformerEncoderBlocks/1/0/dropout")).toEqual([
      "transformerEncoderBlocks/1/0/dropout",
      "Dropout",
      "12 B",
    ]);
  });

  it("leaves the model as it was: statistics, streams and shared Variables, also where a call fails", () => {
    const model = new Deep();
    const [graphdef, state] = nnx.split(nnx.clone(model));
    nnx.tabulate(model, jnp.ones([2, 4]));
    expect(() => nnx.tabulate(model, jnp.ones([2, 5]))).toThrow(/expected 4 features/);
    expect(nnx.graphdef(model).equals(graphdef)).toBe(true);
    for (const [path, leaf] of nnx.state(model)) expect(String(leaf), path.join("/")).toBe(String(state.get(...path)));
    expect(Object.getOwnPropertyNames(model)).not.toContain("__call__");
  });

  it("shows modules that take and give lists, objects, options and typed arrays", () => {
    class Odd extends nnx.Module<
      [pair: NDArray[], options: { readonly scale: number }],
      { readonly a: NDArray; readonly b: NDArray[] }
    > {
      override __call__(
        [x]: NDArray[],
        { scale }: { readonly scale: number },
      ): { readonly a: NDArray; readonly b: NDArray[] } {
        return { a: x!.mul(scale), b: [x!] };
      }
    }
    expect(nnx.tabulate(new Odd(), [jnp.ones([2])], { scale: 3 }, { width: 120 })).toContain(
      "[float32[2]], {scale: 3}  {a: float32[2], b: [float32[2]]}",
    );
    expect(nnx.tabulate(new nnx.Embed(3, 2, { rngs }), Int32Array.of(1))).toContain("Int32Array[1]");
    expect(nnx.tabulate(new nnx.Sequential())).toContain("Total: no Variables");
  });

  it("a model without values has a table all the same", () => {
    const model = nnx.evalShape(() => new nnx.Linear(100_000, 50_000, { rngs: new nnx.Rngs(0) }));
    expect(nnx.tabulate(model, nnx.asAbstract(jnp.ones([2, 100_000])))).toContain(
      "Total: 5,000,050,000 Param (20.0 GB)",
    );
  });

  it("refuses what is no module, a method that is not there, and options that are no numbers", () => {
    expect(() => nnx.tabulate({})).toThrow(/"model" expected a module/);
    expect(() => nnx.tabulate(new Deep(), { method: "none" })).toThrow(/"method" expected one of Deep's, got "none"/);
    expect(() => nnx.tabulate(new Deep(), jnp.ones([2, 4]), { depth: "1" })).toThrow(/"depth" expected a number/);
  });

  it("what a module sows on the way is neither kept nor warned about", () => {
    class Sowing extends nnx.Module<[x: NDArray], NDArray> {
      override __call__(x: NDArray): NDArray {
        this.sow(nnx.Intermediate, "seen", x);
        return x;
      }
    }
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const model = new Sowing();
    nnx.tabulate(model, jnp.ones([2]));
    expect(Object.keys(model)).toEqual([]);
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });
});

it("the model's own row is of the method that is called", () => {
  class Encoder extends nnx.Module {
    readonly layer = new nnx.Linear(3, 4, { rngs: new nnx.Rngs(0) });
    encode(x: NDArray): NDArray {
      return this.layer(x);
    }
  }
  const rows = nnx.tabulate(new Encoder(), jnp.ones([2, 3]), { method: "encode" }).split("\n");
  expect(rows[2]!.trim().split(/\s\s+/)).toEqual(["Encoder", "float32[2,3]", "float32[2,4]", "16", "64 B"]);
  expect(rows[3]!.trim().split(/\s\s+/)).toEqual(["layer", "Linear", "float32[2,3]", "float32[2,4]", "16", "64 B"]);
});
