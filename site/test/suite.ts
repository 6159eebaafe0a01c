/** Counts what holds and what does not, and says so in one line at the end. */
import { AsyncLocalStorage } from "node:async_hooks";
import { isDeepStrictEqual } from "node:util";

export class Suite {
  #passed = 0;
  #failed = 0;
  /** Failures of the group that runs here: groups run side by side. */
  readonly #here = new AsyncLocalStorage<{ failed: number }>();

  ok(what: string, holds: boolean, detail = ""): void {
    if (holds) this.#passed++;
    else {
      this.#failed++;
      const here = this.#here.getStore();
      if (here) here.failed++;
      console.error(`FAILS ${what}${detail ? `\n      ${detail}` : ""}`);
    }
  }

  equal(what: string, got: unknown, want: unknown): void {
    this.ok(
      what,
      isDeepStrictEqual(got, want),
      `got      ${JSON.stringify(got)}\n      expected ${JSON.stringify(want)}`,
    );
  }

  /** Runs a group of checks; an error in it is one that fails. */
  async group(what: string, run: () => Promise<void>): Promise<void> {
    const begin = performance.now();
    const here = { failed: 0 };
    await this.#here.run(here, async () => {
      try {
        await run();
      } catch (error) {
        this.ok(what, false, String((error as Error).stack ?? error));
      }
    });
    console.log(
      `${here.failed === 0 ? "ok  " : "FAIL"} ${what} (${((performance.now() - begin) / 1000).toFixed(1)} s)`,
    );
  }

  /** Prints the sum. Whether all hold. */
  end(): boolean {
    console.log(`${this.#passed} passed, ${this.#failed} failed`);
    return this.#failed === 0;
  }
}
