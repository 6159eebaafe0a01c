/**
 * Runs before each test file: `$mutant(id)` says whether a mutant is active. In a run without one it notes
 * which mutants the file comes by.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect } from "vitest";

const { FLAXEN_MUTANT, FLAXEN_COVERAGE } = process.env;
const active = Number(FLAXEN_MUTANT ?? -1);
const passed = new Set<number>();

(globalThis as { $mutant?: (id: number) => boolean }).$mutant =
  FLAXEN_COVERAGE === undefined ? (id) => id === active : (id) => (passed.add(id), false);

if (FLAXEN_COVERAGE !== undefined)
  afterAll(() => {
    const file = expect.getState().testPath!;
    mkdirSync(FLAXEN_COVERAGE, { recursive: true });
    writeFileSync(join(FLAXEN_COVERAGE, `${encodeURIComponent(file)}.json`), JSON.stringify([...passed]));
  });
