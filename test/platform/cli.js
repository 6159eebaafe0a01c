/** The probe for engines with a command line: `cli.js [core|wasm]` prints its result as one line of JSON. */
import * as flaxen from "flaxen";
import * as weights from "flaxen/weights";
import { probeWithThreads } from "./probe.js";
import { probeWeights } from "./weights.js";

const found = await probeWithThreads(flaxen, globalThis.process.argv[2]);
console.log(JSON.stringify({ ...found, weights: await probeWeights(weights, flaxen) }));
