/** The samples of a WAV file of 16 bits and one channel, in [-1, 1]. */
export function readWav(bytes: Uint8Array, rate: number): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const text = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < 12 || text(0) !== "RIFF" || text(8) !== "WAVE") throw new Error("readWav: expected a WAV file");
  let fits = false;
  for (
    let at = 12;
    at + 8 <= bytes.length;
    at += 8 + view.getUint32(at + 4, true) + (view.getUint32(at + 4, true) % 2)
  ) {
    const [start, length] = [at + 8, Math.min(view.getUint32(at + 4, true), bytes.length - at - 8)];
    if (text(at) === "fmt ")
      fits =
        view.getUint16(start, true) === 1 &&
        view.getUint16(start + 2, true) === 1 &&
        view.getUint32(start + 4, true) === rate &&
        view.getUint16(start + 14, true) === 16;
    if (text(at) !== "data") continue;
    if (!fits) throw new Error(`readWav: expected PCM of 16 bits, mono, at ${rate} Hz`);
    return Float32Array.from({ length: length >> 1 }, (_, i) => view.getInt16(start + 2 * i, true) / 32_768);
  }
  throw new Error("readWav: expected samples, got none");
}
