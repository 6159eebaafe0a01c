/** Every entry point beside the main one gives the main one's own objects, and no more; classes keep their names. */
import * as flaxen from "flaxen";
import * as min from "flaxen/min";
import * as nnx from "flaxen/nnx";
import * as numpy from "flaxen/numpy";
import * as orbax from "flaxen/orbax";
import * as random from "flaxen/random";
import * as weights from "flaxen/weights";
import { probeWithThreads } from "./probe.js";
import { probeWeights } from "./weights.js";

for (const [name, entry] of Object.entries({ nnx, numpy, random })) {
  const names = Object.keys(flaxen[name]).sort();
  const found = Object.keys(entry).sort();
  if (found.join() !== names.join())
    throw new Error(`flaxen/${name} expected ${names.join(" ")}, got ${found.join(" ")}`);
  for (const key of names)
    if (!Object.is(entry[key], flaxen[name][key]))
      throw new Error(`flaxen/${name}: "${key}" expected to be the same object as from flaxen`);
  for (const from of [entry, min[name]]) assertNames(from, name);
}

/** Printed models and errors show the names of classes. */
function assertNames(entry, name) {
  for (const [key, value] of Object.entries(entry)) {
    if (/^[A-Z][a-z]/.test(key) && typeof value === "function" && value.name !== key)
      throw new Error(`flaxen/${name}: "${key}" expected to be called that, got ${value.name}`);
  }
}

// Arrays of another copy of the package are arrays too.
console.log(JSON.stringify({ ...(await probeWithThreads(min)), weights: await probeWeights(weights, orbax, min) }));
