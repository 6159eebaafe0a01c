/** What is asked beside the recorded values. */
export function fresh(random: () => number): unknown[] {
  const whole = (below: number) => Math.floor(random() * below);
  return [whole(100), 1 + whole(6), 1 + whole(6)];
}
