/** Node for other processors under QEMU: arm64, whose SIMD is another, and s390x, whose byte order is. */
import type { Engine } from "./engines.ts";
import { engineBinary, engineVersion, FOREIGN } from "./packages.ts";
import type { Expected } from "./result.ts";
import { FALLEN_BACK, FORCED_CORE, WASM } from "./result.ts";
import { systemFile } from "./system.ts";

interface Processor {
  /** As npm and Debian call it. */
  readonly name: string;
  /** As QEMU does. */
  readonly machine: string;
}

const ARM64: Processor = { name: "arm64", machine: "aarch64" };
const S390X: Processor = { name: "s390x", machine: "s390x" };

/**
 * WebAssembly by each of V8's tiers for arm64, and the core; on s390x the core, since memory's bytes would be swapped.
 */
export function emulatedNodes(): Engine[] {
  return [
    emulated(ARM64, "default", WASM),
    emulated(ARM64, 'useBackend("core")', FORCED_CORE),
    emulated(ARM64, "--liftoff-only", WASM),
    emulated(ARM64, "--no-liftoff", WASM),
    emulated(S390X, "default", FALLEN_BACK),
  ];
}

function emulated(processor: Processor, what: string, expected: Expected): Engine {
  const id = `node-${processor.name}`;
  return {
    name: `node ${engineVersion(id, FOREIGN)} on ${processor.name} ${what}`,
    emulator: () => qemu(processor),
    file: () => engineBinary(id, "bin/node", FOREIGN),
    flags: what.startsWith("--") ? [what] : [],
    script: "cli.js",
    expected,
  };
}

/** QEMU, with the processor's own libraries for the program that follows. */
function qemu({ name, machine }: Processor): string[] {
  const root = `/usr/${machine}-linux-gnu`;
  const library = `libstdc++6-${name}-cross`;
  const program = systemFile({
    what: "QEMU",
    file: `/usr/bin/qemu-${machine}-static`,
    packages: `qemu-user-static ${library}`,
    option: "without-emulated",
  });
  systemFile({
    what: `C++ library for ${name}`,
    file: `${root}/lib/libstdc++.so.6`,
    packages: library,
    option: "without-emulated",
  });
  return [program, "-L", root];
}
