/**
 * The part of `jax.config` that changes values computed here.
 */
export const config = {
  /**
   * true (JAX's default since 0.5.0): element i of a draw is the hash of counter i, so that a prefix does not depend on
   * the length. false: the original layout of JAX 0.4, in which the halves of the counter range are hashed in pairs.
   */
  threefryPartitionable: true,

  /**
   * Which float32 bits the samplers and elementary functions have. "fma" (default): those of JAX on a processor with
   * fused multiply-add, which rounds a product and its sum once (nearly every machine that JAX runs on). "nofma": those
   * of JAX on a processor without, which rounds both.
   */
  profile: "fma" as "fma" | "nofma",
};
