/** A report of one line a platform; a platform fails by throwing. */
export class Report {
  #passed = 0;
  #failed = 0;
  readonly #title: string;

  /** @param title what the last line begins with */
  constructor(title: string) {
    this.#title = title;
  }

  /** Runs `check`, and writes what it says or why it failed. */
  async line(name: string, check: () => string | Promise<string>): Promise<void> {
    try {
      write(`ok   ${name}: ${await check()}`);
      this.#passed++;
    } catch (error) {
      this.fail(name, error);
    }
  }

  /** Writes why `name` failed; what follows the first line is set in. */
  fail(name: string, error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    write(`FAIL ${name}: ${why.replaceAll("\n", "\n       ")}`);
    this.#failed++;
  }

  /** Writes what is neither passed nor failed. */
  note(text: string): void {
    write(`--   ${text}`);
  }

  /** Writes the sums; whether all passed. */
  end(): boolean {
    write(`${this.#title}: ${this.#passed} passed, ${this.#failed} failed`);
    return this.#failed === 0;
  }
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}
