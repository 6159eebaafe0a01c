/**
 * The second module of forward passes, on the memory of the first: elementary functions with multiply-adds that the
 * processor fuses, several times as fast as their emulation and with its bits. Which engines fuse is their choice, so
 * each is asked and tested. Where one does not, or has no relaxed SIMD, the emulation stays and nothing else changes.
 *
 * Programs without a function that gains do not carry the module, and have the emulation too: see `carryFused`.
 */
import type { FusedExports } from "../exports.ts";
import type { Arena } from "../memory.ts";
import type { SideModule } from "../sidemodule.ts";

/** The module, and its test on an instance. */
export interface FusedModule {
  readonly side: SideModule<FusedExports>;
  readonly passes: (arena: Arena, exports: FusedExports) => boolean;
}

let carried: FusedModule | undefined;

/** Has all kernels use this module from now on. */
export function useFused(module: FusedModule): void {
  carried = module;
}

/**
 * The kernels that are to compute `n` elements in the profile `fma`; undefined where that is the emulation. It computes
 * the first elements, because the module takes milliseconds to compile.
 */
export function fusedFor(arena: Arena, n: number): FusedExports | undefined {
  if (arena.fused !== undefined) return arena.fused;
  arena.emulated -= n;
  return arena.emulated < 0 ? linkFused(arena) : undefined;
}

/** Links the module with an instance, and tests it; undefined where this host does not run it. */
export function linkFused(arena: Arena): FusedExports | undefined {
  if (carried === undefined) return undefined;
  arena.emulated = Infinity;
  return (arena.fused ??= linked(arena, carried));
}

function linked(arena: Arena, { side, passes }: FusedModule): FusedExports | undefined {
  try {
    const exports = side.of(arena);
    return exports.fuses() !== 0 && passes(arena, exports) ? exports : undefined;
  } catch {
    // This host does not compile the module, or does not instantiate it on this memory.
    return undefined;
  }
}
