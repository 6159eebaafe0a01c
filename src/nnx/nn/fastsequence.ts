import type { FusedCell, Projection } from "../../array/index.ts";
import { promoteDtype } from "./dtypes.ts";
import { Linear } from "./linear.ts";

/** The layers that a recurrent cell is made of, as long as it does no more than its formula. */
export interface CellLayers {
  readonly name: FusedCell["name"];
  /** Of all gates in one, or one a gate. */
  readonly input: readonly Linear[];
  readonly hidden: readonly Linear[];
  readonly residual?: boolean;
}

/** A cell of these layers for `cellSequence`; undefined where the options or the class of one of them do more. */
export function fusedCell({ name, input, hidden, residual = false }: CellLayers): FusedCell | undefined {
  const [inputs, hiddens] = [input.map(projectionOf), hidden.map(projectionOf)];
  if (inputs.includes(undefined) || hiddens.includes(undefined)) return undefined;
  return { name, input: inputs as Projection[], hidden: hiddens as Projection[], residual };
}

/** The weights of a layer that is no more than a Linear of float32. */
function projectionOf(layer: Linear): Projection | undefined {
  const isPlain =
    layer.__call__ === Linear.prototype.__call__ &&
    (layer.dtype === undefined || layer.dtype === "float32") &&
    layer.promoteDtype === promoteDtype;
  return isPlain ? { kernel: layer.kernel.get(), bias: layer.bias?.get() } : undefined;
}
