/** Flaxen's models under `config.products = "fused"`: other bits, those of the libraries that fuse multiply-adds. */
import type * as Flaxen from "../../../src/index.ts";
import { flaxen } from "../libraries.ts";
import { cnn, gpt, lstm, mlp, mobilenet } from "./flaxen.ts";
import type { ModelLibrary, Runner } from "./model.ts";

const { config } = flaxen as typeof Flaxen;

export const library: ModelLibrary = {
  name: "flaxen, fused",
  mlp: (weights) => fused(mlp(weights)),
  cnn: (weights) => fused(cnn(weights)),
  gpt: (weights) => fused(gpt(weights)),
  mobilenet: (weights) => fused(mobilenet(weights)),
  lstm: (weights) => fused(lstm(weights)),
};

function fused<Input>({ run }: Runner<Input>): Runner<Input> {
  return {
    run(input) {
      config.products = "fused";
      try {
        return run(input);
      } finally {
        config.products = "rounded";
      }
    },
  };
}
