/** A program in a link: deflated, base64url, in the fragment, which no server sees. */

const MOST_LETTERS = 8192;

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const piped = new Blob([bytes]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(piped).arrayBuffer());
}

/** The fragment of a program. Undefined if it is too long for a link. */
export async function encodeProgram(code: string): Promise<string | undefined> {
  const packed = await through(
    new TextEncoder().encode(code) as Uint8Array<ArrayBuffer>,
    new CompressionStream("deflate-raw"),
  );
  const text = btoa(Array.from(packed, (byte) => String.fromCodePoint(byte)).join(""));
  const fragment = `#code=${text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
  return fragment.length > MOST_LETTERS ? undefined : fragment;
}

/** The program of a fragment. Undefined if it has none. @throws Error if it is damaged */
export async function decodeProgram(fragment: string): Promise<string | undefined> {
  const coded = /^#code=(.*)$/.exec(fragment)?.[1];
  if (coded === undefined) return undefined;
  const packed = Uint8Array.from(atob(coded.replaceAll("-", "+").replaceAll("_", "/")), (letter) =>
    letter.codePointAt(0)!,
  );
  const bytes = await through(packed, new DecompressionStream("deflate-raw"));
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}
