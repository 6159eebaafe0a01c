import { afterEach, expect, it, vi } from "vitest";
import { grad, useBackend } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";

vi.mock("../../src/wasm/gradients/bytes.ts", async (original) => ({
  ...(await original<Record<string, unknown>>()),
  FNV1A: 1,
}));

afterEach(() => {
  vi.restoreAllMocks();
  useBackend("auto");
});

it("gradients run on the core, with one warning, where their module is damaged", () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  useBackend("wasm");
  const x = Float32Array.from({ length: 1200 }, (_, i) => i - 600);
  const square = grad((w: NDArray) =>
    w
      .reshape([40, 30])
      .matmul(w.reshape([30, 40]))
      .sum(),
  );
  const once = square(x);
  expect(square(x).tolist()).toEqual(once.tolist());
  expect(warn.mock.calls.map(([line]) => String(line))).toEqual([
    expect.stringMatching(/^flaxen runs gradients on the TypeScript core, slower with the same bits: .*checksum/),
  ]);
  useBackend("core");
  expect(square(x).tolist()).toEqual(once.tolist());
});
