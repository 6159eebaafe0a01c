import { describe } from "../../base/index.ts";

/**
 * The first flag that is set: the call's, then the layer's own.
 *
 * @throws TypeError if neither is set, or one is not a boolean
 */
export function firstOf(layer: string, name: string, called: unknown, own: unknown): boolean {
  const flag = called ?? own;
  if (typeof flag === "boolean") return flag;
  if (flag !== undefined && flag !== null)
    throw new TypeError(`nnx.${layer}: "${name}" expected a boolean, got ${describe(flag)}`);
  throw new TypeError(
    `nnx.${layer}: "${name}" expected a boolean, got none.\n` +
      `  give it to the constructor: new nnx.${layer}(..., { ${name}: true })\n` +
      `  or to the call: layer(x, { ${name}: true })\n` +
      `  or to a view: nnx.view(model, { ${name}: true })`,
  );
}
