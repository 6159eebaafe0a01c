import { expect, it } from "vitest";
import { nnx, numpy as jnp } from "../../src/index.ts";

class Model extends nnx.Module {
  readonly plain = new nnx.Param([1]);
  readonly told = new nnx.Param([1], { tag: "w", axes: [0, 1] });
  readonly buffer = jnp.ones([1]);
  readonly config = { width: 2, names: ["a"] };
  readonly list = nnx.data([new nnx.BatchStat([0])]);
  readonly again = this.plain;
}

it("a GraphDef prints its tree: kinds with their places, metadata if there is some, references, configuration", () => {
  expect(String(nnx.graphdef(new Model()))).toBe(
    [
      "GraphDef Model (0)",
      "  again: Param (1)",
      "  buffer: array",
      '  config: {"names": ["a"], "width": 2}',
      "  list: array",
      "    0: BatchStat (2)",
      "  plain: -> (1)",
      '  told: Param (3) {"axes": [0, 1], "tag": "w"}',
    ].join("\n"),
  );
});
