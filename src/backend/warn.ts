let warned = false;

/** Warns on the console at the first call, and never again. */
export function warnOnce(how: string): void {
  if (warned) return;
  warned = true;
  (globalThis.console as { warn?(text: string): void } | undefined)?.warn?.(`flaxen runs ${how}`);
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
