import { afterAll } from "vitest";
import { startThreadPool } from "../../src/wasm/index.ts";
import { FUSED_PRODUCTS } from "./backends.ts";
import { withFamilies } from "./families.ts";

const started = await Promise.all([2, 4].map(startThreadPool));
if (FUSED_PRODUCTS) for (const { kernels } of started) kernels.fuseProducts(true);

afterAll(() => {
  for (const pool of started) pool.close();
});

/** Kernels on the memory of 2 and of 4 threads, which share work of any size. */
export const POOLS = started.map(({ kernels }) => withFamilies(kernels));
