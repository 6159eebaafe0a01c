import { number } from "./instructions.ts";

/** The part of a module that says what its functions are. */
export interface Module {
  /** The functions' types. */
  readonly functions: readonly FunctionType[];
  /** The types by their index, for blocks. */
  readonly types: readonly FunctionType[];
  /** The number of the function of each name that is exported. */
  readonly exports: ReadonlyMap<string, number>;
  /** Where the instructions of each function are. */
  readonly bodies: readonly Body[];
}

export interface FunctionType {
  readonly takes: number;
  readonly gives: number;
}

export interface Body {
  readonly begin: number;
  readonly end: number;
}

const TYPE = 1;
const IMPORT = 2;
const FUNCTION = 3;
const EXPORT = 7;
const CODE = 10;
const HEADER = 8;

/** Reads a module without imports. @throws Error if it has some */
export function readModule(bytes: Uint8Array): Module {
  const types: FunctionType[] = [];
  const functions: FunctionType[] = [];
  const exports = new Map<string, number>();
  const bodies: Body[] = [];
  for (let at = HEADER; at < bytes.length;) {
    const id = bytes[at]!;
    const size = number(bytes, at + 1);
    const reader = new Reader(bytes, size.end);
    at = size.end + size.value;
    if (id === IMPORT) throw new Error("wasm: the module has imports");
    if (id === TYPE) {
      for (let left = reader.number(); left > 0; left--) {
        reader.at++;
        const takes = reader.number();
        reader.at += takes;
        const gives = reader.number();
        reader.at += gives;
        types.push({ takes, gives });
      }
    } else if (id === FUNCTION) {
      for (let left = reader.number(); left > 0; left--) functions.push(types[reader.number()]!);
    } else if (id === EXPORT) {
      for (let left = reader.number(); left > 0; left--) {
        const name = reader.text();
        const kind = bytes[reader.at++];
        const index = reader.number();
        if (kind === 0) exports.set(name, index);
      }
    } else if (id === CODE) {
      for (let left = reader.number(); left > 0; left--) {
        const length = reader.number();
        const end = reader.at + length;
        for (let groups = reader.number(); groups > 0; groups--) {
          reader.number();
          reader.at++;
        }
        bodies.push({ begin: reader.at, end });
        reader.at = end;
      }
    }
  }
  return { functions, types, exports, bodies };
}

class Reader {
  readonly #bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  number(): number {
    const { value, end } = number(this.#bytes, this.at);
    this.at = end;
    return value;
  }

  text(): string {
    const length = this.number();
    const begin = this.at;
    this.at += length;
    return new TextDecoder().decode(this.#bytes.subarray(begin, this.at));
  }
}
