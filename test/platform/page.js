/** The probe for browsers: imports the package from the address after "?", and posts the result to /result. */
import { probeWithThreads } from "./probe.js";
import { probeWeights } from "./weights.js";

const warnings = [];
const { warn } = console;
console.warn = (...args) => {
  warnings.push(args.join(" "));
  warn.apply(console, args);
};

async function run() {
  try {
    const flaxen = await import(location.search.slice(1));
    const found = await probeWithThreads(flaxen);
    const weights = await import("/node_modules/flaxen/dist/weights.js");
    return { ...found, weights: await probeWeights(weights, flaxen), warnings };
  } catch (error) {
    return { error: String(error?.stack ?? error) };
  }
}

await fetch("/result", { method: "POST", body: JSON.stringify(await run()) });
