/**
 * What kind of flaxen object a value is, without `instanceof`, so that two copies of the package in one page, or two
 * realms, recognise each other's objects. Prototypes have the name under a registered symbol.
 */
export const BRAND: unique symbol = Symbol.for("flaxen.brand") as never;

export type Brand = "NDArray" | "Key" | "Variable" | "Module" | "RngStream" | "Rngs" | "State" | "GraphDef";

export function hasBrand(value: unknown, brand: Brand): boolean {
  return brandOf(value) === brand;
}

export function brandOf(value: unknown): Brand | undefined {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return undefined;
  return (value as { [BRAND]?: Brand })[BRAND];
}
