/** JavaScriptCore's own shell, from WebKitGTK: JavaScript and WebAssembly, and nothing of a host. */
import type { Engine } from "./engines.ts";
import type { Expected } from "./result.ts";
import { FALLEN_BACK, ONE_THREAD } from "./result.ts";
import { systemFile } from "./system.ts";

/** With WebAssembly and without; and the tiers of both, of which a fallback may use any. */
export function jscEngines(): Engine[] {
  return [
    jsc("default", ONE_THREAD),
    jsc("--useOMGJIT=0", ONE_THREAD),
    jsc(
      "--useConcurrentJIT=0 --thresholdForBBQOptimizeAfterWarmUp=0 --thresholdForOMGOptimizeAfterWarmUp=0",
      ONE_THREAD,
    ),
    jsc("--useWasmSIMD=0", FALLEN_BACK),
    jsc("--useWasm=0", FALLEN_BACK),
    jsc("--useWasm=0 --useDFGJIT=0", FALLEN_BACK),
    jsc("--useJIT=0", FALLEN_BACK),
  ];
}

/** An option that this release does not know ends the shell; by itself it would say so and go on without. */
function jsc(what: string, expected: Expected): Engine {
  const options = what === "default" ? [] : what.split(" ");
  return {
    name: `jsc ${what}`,
    file: () =>
      systemFile({
        what: "JavaScriptCore shell",
        file: "/usr/bin/jsc",
        packages: "libjavascriptcoregtk-4.0-bin (4.1 in Debian 13)",
        variable: "JSC",
        option: "without-jsc",
      }),
    flags: ["--validateOptions=true", ...options, "-m"],
    script: "jsc.js",
    expected,
  };
}
