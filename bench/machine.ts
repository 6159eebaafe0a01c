import { cpus, loadavg } from "node:os";

/**
 * The line above every table. The load tells how far to trust the figures: a bench that allocates suffers most
 * when other work uses the processors.
 */
export function machine(): string {
  const processors = cpus();
  const model = processors[0]?.model.trim() ?? process.arch;
  const [load] = loadavg() as [number];
  const today = new Date().toISOString().slice(0, 10);
  return `node ${process.version}, ${processors.length} x ${model}, load ${load.toFixed(1)}, ${today}`;
}
