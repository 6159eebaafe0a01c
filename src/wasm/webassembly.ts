/**
 * The part of the WebAssembly JavaScript API that the loader uses: TypeScript declares it only with the DOM's types,
 * which the library does without.
 */
export interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => WasmModule;
  readonly Instance: new (module: WasmModule) => { readonly exports: object };
  readonly RuntimeError: abstract new (...args: never[]) => Error;
}

/** A compiled module: opaque. */
export type WasmModule = object;

/** A linear memory. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
