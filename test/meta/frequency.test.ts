import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { frequencyOf, isHere } from "../../scripts/frequency/names.ts";

const { files, names } = frequencyOf(fileURLToPath(new URL("../golden", import.meta.url)));

describe("the names that public NNX programs use", () => {
  it("are all here in at least 200 of 297 files, gradients, checkpoints and sharding not counted", () => {
    const whole = [...files.values()].filter((missing) => missing.length === 0);
    expect([files.size, whole.length]).toEqual([297, 230]);
  });

  it("are missing in two repositories or more only where they are Linen's, flax.struct's or of JAX's inside", () => {
    const missing = [...names].filter(([, { fate, repositories }]) => fate === "missing" && repositories >= 2);
    const others = missing
      .map(([name]) => name)
      .filter((name) => !/^(?:flax\.(?:linen|struct|core)|jax\._src)\b/.test(name));
    // Steps of paths are names and numbers here; policies say what XLA's rematerialisation keeps; dlpack is Python's.
    expect(others.toSorted()).toEqual(["jax.checkpoint_policies", "jax.dlpack", "jax.tree_util.DictKey"]);
  });

  it("are told from names that there are not", () => {
    expect(["jnp.float32", "jax.tree_util.tree_map", "jax.lax.rsqrt", "nnx.Linear"].map(isHere)).not.toContain(false);
    expect(["jnp.flaot32", "jax.tree_util", "jax.lax.psum", "linen.Dense"].map(isHere)).toEqual([
      false,
      true,
      false,
      false,
    ]);
  });
});
