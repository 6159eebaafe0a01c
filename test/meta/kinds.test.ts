/** The texts of signatures in src: which places are checked. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const SRC = fileURLToPath(new URL("../../src", import.meta.url));

/** A call through `ordered` or what is built on it: how many arguments come by place, and the signature. */
const CALL = /\b(?:inOrder|ordered|assertOrder)\b[^"`;]*?(\d+),\s*"(\w[\w.]* [^"]+)"/g;

const CALLS = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .flatMap((name) => [...readFileSync(join(SRC, name), "utf8").matchAll(CALL)])
  .map(([, direct, signature]) => ({ direct: Number(direct), signature: signature! }));

/** The names that come to the function by place. */
function placesOf(signature: string): string[] {
  const words = signature.split(" ").slice(1);
  const end = words.findIndex((word) => word === "|" || word === "*");
  return end < 0 ? words : words.slice(0, end);
}

describe("signatures", () => {
  it("are found", () => {
    expect(CALLS.length).toBeGreaterThan(250);
  });

  it("count their places as the call does", () => {
    expect(CALLS.filter(({ direct, signature }) => placesOf(signature).length !== direct)).toEqual([]);
  });

  // A call that is in order is not looked at. What comes by place is checked by the function itself: shapes, axes and
  // dtypes (d, x) are; a flag, or a value that is the only one there is, would be ignored.
  it("have kinds after the places that the function takes alone", () => {
    const kinds = CALLS.filter(({ signature }) => placesOf(signature).some((place) => /:[^dx]/.test(place)));
    expect(kinds.map(({ signature }) => signature)).toEqual([
      // Both read `scale` by `toNumber`.
      "nnx.initializers.orthogonal scale:n | columnAxis dtype:d",
      "nnx.initializers.deltaOrthogonal scale:n | columnAxis dtype:d",
    ]);
  });
});
