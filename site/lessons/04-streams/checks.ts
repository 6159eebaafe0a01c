/** What is asked beside the recorded values. */
const NAMES = ["params", "dropout", "noise", "default", "carry"];

export function fresh(random: () => number): unknown[] {
  const name = () => NAMES[Math.floor(random() * NAMES.length)]!;
  return [Math.floor(random() * 1000), [name(), name(), name(), name()]];
}
