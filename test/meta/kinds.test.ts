/** The texts of signatures in src: how many places they have, and which places are checked. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "vite";
import { describe, expect, it } from "vitest";
import { placesCalls } from "../../scripts/mutation/places.ts";

const SRC = fileURLToPath(new URL("../../src", import.meta.url));

/** Every call through `ordered` or what is built on it. */
const CALLS = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .flatMap((name) => placesCalls(parseSync(name, readFileSync(join(SRC, name), "utf8")).program));

describe("signatures", () => {
  it("are found", () => {
    expect(CALLS.length).toBeGreaterThan(320);
  });

  // `npm run mutation` leaves these numbers alone, because this test compares each of them.
  it("count their places as the call does", () => {
    expect(CALLS.filter(({ direct, names }) => names?.length !== direct)).toEqual([]);
  });

  // A call that is in order is not looked at. What comes by place is checked by the function itself: shapes, axes and
  // dtypes (d, x) are; a flag, or a value that is the only one there is, would be ignored.
  it("have kinds after the places that the function takes alone", () => {
    const kinds = CALLS.filter(({ names }) => names!.some((name) => /:[^dx]/.test(name)));
    expect(kinds.map(({ signature }) => signature)).toEqual([
      // Both read `scale` by `toNumber`.
      "nnx.initializers.orthogonal scale:n | columnAxis dtype:d",
      "nnx.initializers.deltaOrthogonal scale:n | columnAxis dtype:d",
    ]);
  });
});
