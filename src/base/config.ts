/**
 * What JAX keeps in `jax.config`, as far as it reaches the values drawn here.
 */
export const config = {
  /**
   * true (JAX's default since 0.5.0): element i of a draw is the hash of counter i, so that a prefix does not depend
   * on the length. false: the original layout of JAX 0.4, where the halves of the counter range are hashed in pairs.
   */
  threefryPartitionable: true,

  /**
   * Whose float32 bits the samplers and elementary functions have. "fma" (default): JAX on a processor with fused
   * multiply-add, where a product and the sum it enters are rounded once (nearly every machine JAX runs on). "nofma":
   * JAX on one without, where each is rounded.
   */
  profile: "fma" as "fma" | "nofma",
};
