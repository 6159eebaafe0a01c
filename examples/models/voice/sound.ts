/** Sound to try the detector on: vowels by the source and filter model, noise and silence in turns. */

const RATE = 16_000;
/** The first three formants of a, i and u, in Hz. */
const VOWELS = [
  [730, 1090, 2440],
  [270, 2290, 3010],
  [300, 870, 2240],
] as const;

/** `seconds` of sound at 16 kHz in [-1, 1]: for two seconds a voice, for one something else. */
export function synthesize(seconds: number): Float32Array {
  const sound = new Float32Array(seconds * RATE);
  let seed = 1;
  const noise = (): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 31 - 1;
  };
  let phase = 0;
  const memory = new Float64Array(6);
  for (let i = 0; i < sound.length; i++) {
    const time = i / RATE;
    if (Math.floor(time) % 3 === 2) {
      sound[i] = (Math.floor(time) % 2 === 0 ? 0.02 : 0.001) * noise();
      continue;
    }
    // The voice: pulses whose pitch and vowel change, syllables of a quarter of a second.
    const syllable = Math.floor(4 * time);
    const within = (4 * time) % 1;
    phase += (110 + 30 * ((syllable * 7) % 5) * (1 - within)) / RATE;
    const pulse = phase >= 1 ? 1 : 0;
    phase %= 1;
    let y = pulse + 0.01 * noise();
    const vowel = VOWELS[syllable % 3]!;
    for (const [f, formant] of vowel.entries()) y = resonate(y, formant, 60 + 40 * f, memory, 2 * f);
    sound[i] = 0.4 * y * within * (1 - within) * 4;
  }
  return sound;
}

/** A resonator of two poles. */
function resonate(x: number, frequency: number, bandwidth: number, memory: Float64Array, at: number): number {
  const radius = 1 - (bandwidth * Math.PI) / RATE;
  const angle = (frequency / RATE) * 2 * Math.PI;
  const y = (1 - radius) * x * 4 + 2 * radius * cosine(angle) * memory[at]! - radius * radius * memory[at + 1]!;
  memory[at + 1] = memory[at]!;
  memory[at] = y;
  return y;
}

/** By its series, which has the same bits on every engine. */
function cosine(x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 2; n <= 24; n += 2) {
    term *= -(x * x) / (n * (n - 1));
    sum += term;
  }
  return sum;
}
