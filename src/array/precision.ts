/** What JAX's products take. */
export interface PrecisionOptions {
  /** Changes nothing: products are in full float32, the highest precision that JAX has on a CPU. */
  readonly precision?: "default" | "high" | "highest" | "float32" | "fastest" | null;
}
