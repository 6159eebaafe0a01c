/** The probe for engines with a command line: `cli.js [core|wasm]` prints its result as one line of JSON. */
import * as flaxen from "flaxen";
import { probeWithThreads } from "./probe.js";

console.log(JSON.stringify(await probeWithThreads(flaxen, globalThis.process.argv[2])));
