/** The probe for browsers: imports the package from the address after "?", and posts the result to /result. */
import { probeWithThreads } from "./probe.js";

const warnings = [];
const { warn } = console;
console.warn = (...args) => {
  warnings.push(args.join(" "));
  warn.apply(console, args);
};

async function run() {
  try {
    return { ...(await probeWithThreads(await import(location.search.slice(1)))), warnings };
  } catch (error) {
    return { error: String(error?.stack ?? error) };
  }
}

await fetch("/result", { method: "POST", body: JSON.stringify(await run()) });
