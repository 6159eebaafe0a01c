import { nnx, numpy as jnp, optax, random } from "flaxen";

/** Steps of training by Adam of an MLP of these widths, on one batch of rows. */
export function createSteps(widths: readonly number[], rows: number): (count: number) => number {
  const rngs = new nnx.Rngs(0);
  const layers = widths
    .slice(1)
    .flatMap((width, i) => [...(i > 0 ? [nnx.relu] : []), new nnx.Linear(widths[i]!, width, { rngs })]);
  const model = new nnx.Sequential(...layers) as nnx.Module & ((x: typeof images) => typeof images);
  const images = random.normal(random.key(0), [rows, widths[0]!]);
  const labels = jnp.array(Int32Array.from({ length: rows }, (_, i) => (i * i) % widths.at(-1)!));
  const optimizer = new nnx.Optimizer(model, optax.adam(1e-3), { wrt: nnx.Param });
  const lossAndGrad = nnx.valueAndGrad((own: typeof model) =>
    optax.softmaxCrossEntropyWithIntegerLabels(own(images), labels).mean(),
  );
  return (count) => {
    let last = NaN;
    for (let step = 0; step < count; step++) {
      const [loss, grads] = lossAndGrad(model);
      optimizer.update(model, grads);
      last = loss.item();
    }
    return last;
  };
}
