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

  /**
   * How a float32 product of matrices adds up, in matmul and einsum, layers, convolutions, attention and their
   * gradients alike. "rounded" (default): every product and every sum is rounded. "fused": each multiply-add is rounded
   * once, as a processor with fused multiply-add does. For one row, or a vector, `x @ W` then has the bits of JAX on a
   * CPU, but where W has 1 or 2 columns, or one more than a multiple of 8.
   *
   * Both add in the same order, and have the same bits on every engine, in either profile. Products take no longer
   * where the engine fuses, except for the gradient of attention with a mask, up to 1.2 times as long, and those of a
   * few elements, 1.3. On others, as Node 20, and on the TypeScript core, "fused" is emulated, many times slower.
   */
  products: "rounded" as "rounded" | "fused",
};
