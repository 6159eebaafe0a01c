import type { KernelExports } from "./exports.ts";
import { compileKernels, instantiate } from "./loader.ts";
import type { Arena } from "./memory.ts";
import { importMemory, MAXIMUM } from "./sharedmemory.ts";
import type { WasmMemory, WasmModule } from "./webassembly.ts";

/** Whether a memory is of one thread or shared by several. */
type MemoryKind = "alone" | "shared";

/** Makes an instance of a module on the memory of the kernels. */
export type LinkBeside = (module: WasmModule, memory: WasmMemory) => unknown;

/**
 * A module beside the first one: kernels with bytes of their own, on the memory of the first, which they import. It
 * is compiled once for memories of one thread and once for shared ones, each at the first instance with such a memory.
 * What it keeps is kept by instance, and goes with it.
 */
export class SideModule<Exports extends object> {
  readonly #read: () => Uint8Array<ArrayBuffer>;
  readonly #link: LinkBeside;
  readonly #compiled: { [Kind in MemoryKind]?: WasmModule } = {};
  readonly #linked = new WeakMap<Arena, Exports>();

  /**
   * @param read gives the module's bytes
   * @param link makes an instance: a test may wrap what is exported
   */
  constructor(read: () => Uint8Array<ArrayBuffer>, link: LinkBeside = instantiate) {
    this.#read = read;
    this.#link = link;
  }

  /**
   * What the module exports, linked with this instance of the kernels at the first call. Threads on its memory get
   * the module too.
   *
   * @throws EnvError `BackendUnavailable` if the bytes are damaged, or this host does not compile or instantiate them
   */
  of(arena: Arena): Exports {
    return this.#linked.get(arena) ?? this.#open(arena);
  }

  /** The module for this kind of memory. @throws EnvError as `of` */
  compiledFor(kind: MemoryKind): WasmModule {
    return (this.#compiled[kind] ??= this.#compile(kind === "alone" ? undefined : MAXIMUM));
  }

  #open(arena: Arena): Exports {
    const { memory }: KernelExports = arena.exports;
    const module = this.compiledFor(memory.buffer instanceof ArrayBuffer ? "alone" : "shared");
    const exports = this.#link(module, memory) as Exports;
    arena.scheduler?.add(exports, this.#relinked(MAXIMUM));
    this.#linked.set(arena, exports);
    return exports;
  }

  #compile(maximum: number | undefined): WasmModule {
    return compileKernels(this.#relinked(maximum));
  }

  #relinked(maximum: number | undefined): Uint8Array<ArrayBuffer> {
    return importMemory(this.#read(), maximum).bytes;
  }
}
