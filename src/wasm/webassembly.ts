/**
 * The part of the WebAssembly JavaScript API that the loader uses: TypeScript declares it only with the DOM's types,
 * which the library does without.
 */
export interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => WasmModule;
  readonly Instance: new (module: WasmModule, imports?: object) => { readonly exports: object };
  readonly Memory: new (limits: { initial: number; maximum: number; shared: boolean }) => WasmMemory;
  readonly RuntimeError: abstract new (...args: never[]) => Error;
}

/** A compiled module: opaque. */
export type WasmModule = object;

/** A linear memory; one that threads share has a buffer that they share. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
  grow(pages: number): number;
}
