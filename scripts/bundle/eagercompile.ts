/**
 * Has engines compile with a bundle what every program runs through at once. They parse a function only roughly at
 * first and compile it at its first call, which takes half of a small model's first call (1.0 against 2.1 ms, Node 20,
 * 2026-11); a function expression in parentheses is compiled at once, by a rule of V8's (and others') for functions
 * that are about to be called. All others still wait for their first call.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The program whose functions are compiled early. */
const PROGRAM = `
  const x = numpy.array([1, 2, 3]);
  new ModuleBasics(3, 4, new nnx.Rngs(0))(x);
  new nnx.Linear(3, 4, { rngs: new nnx.Rngs(0) })(x);
`;

/** What V8 writes of a script: the places of its functions, and how often each was called. */
interface Coverage {
  readonly url: string;
  readonly functions: readonly {
    readonly ranges: readonly { readonly startOffset: number; readonly endOffset: number; readonly count: number }[];
  }[];
}

/**
 * Rewrites a bundle, and the chunks that it imports: functions that a small program calls stand in parentheses, before
 * all else.
 */
export function compileEarly(bundle: string): void {
  for (const { url, functions } of coverage(bundle)) {
    const file = fileURLToPath(url);
    const text = readFileSync(file, "utf8");
    const called = functions
      .map(({ ranges: [whole] }) => whole!)
      .filter(
        ({ count, startOffset: at }) =>
          count > 0 && /^function \w/.test(text.slice(at, at + 12)) && (at === 0 || text[at - 1] === "\n"),
      );
    let rest = text;
    const early: string[] = [];
    for (const { startOffset, endOffset } of called.toSorted((a, b) => b.startOffset - a.startOffset)) {
      const code = text.slice(startOffset, endOffset);
      early.unshift(code.replace(/^function (\w+)/, "var $1 = (function").concat(");\n"));
      rest = rest.slice(0, startOffset) + rest.slice(endOffset);
    }
    writeFileSync(file, early.join("") + rest);
  }
}

/** Which functions of a bundle and its chunks the program calls. */
function coverage(bundle: string): Coverage[] {
  const folder = mkdtempSync(join(tmpdir(), "flaxen-coverage-"));
  try {
    const url = pathToFileURL(bundle).href;
    const program = `const { ModuleBasics, nnx, numpy } = await import(${JSON.stringify(url)});${PROGRAM}`;
    const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
      encoding: "utf8",
      env: { ...process.env, NODE_OPTIONS: "", NODE_V8_COVERAGE: folder },
    });
    if (status !== 0) throw new Error(`${bundle} does not run a small program: ${stderr}`);
    const scripts = readdirSync(folder).flatMap(
      (file) => (JSON.parse(readFileSync(join(folder, file), "utf8")) as { result: Coverage[] }).result,
    );
    return scripts.filter((script) => script.url.startsWith(new URL(".", url).href));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
