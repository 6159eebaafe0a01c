import type { Expected, Found } from "./result.ts";

/** A set-up of an engine that the probe runs in, and what it must show there. */
export interface Platform {
  readonly name: string;
  readonly expected: Expected;
  run(): Found | Promise<Found>;
}
