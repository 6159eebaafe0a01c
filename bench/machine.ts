import { cpus, loadavg } from "node:os";

/** The line above every table. The load tells how far to trust the figures: a bench that makes garbage suffers most when other work holds the processors. */
export function machine(): string {
  const processors = cpus();
  const model = processors[0]?.model.trim() ?? process.arch;
  return `node ${process.version}, ${processors.length} x ${model}, load ${loadavg()[0]!.toFixed(1)}, ${new Date().toISOString().slice(0, 10)}`;
}
