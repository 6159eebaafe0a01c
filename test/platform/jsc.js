/**
 * The probe for JavaScriptCore's shell, which finds no packages and has no console: it prints its result as one line of
 * JSON.
 */
import * as flaxen from "./node_modules/flaxen/dist/index.js";
import { probeWithThreads } from "./probe.js";

const { print, printErr } = globalThis;
globalThis.console = { warn: printErr };
print(JSON.stringify(await probeWithThreads(flaxen)));
