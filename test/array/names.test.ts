import { describe, it } from "vitest";
import { FILES, casesOf, expectAnswer } from "./namecases.ts";

describe.each(FILES)("golden values of %s.json", (file) => {
  const calls = casesOf(file);
  it.each([...new Set(calls.map((call) => call.fn))])("%s has JAX's values, dtype and shape", (fn) => {
    for (const call of calls.filter((one) => one.fn === fn)) expectAnswer(call);
  });
});
