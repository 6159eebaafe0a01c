import { describe, expect, it } from "vitest";
import { LoadError } from "../../src/orbax/index.ts";
import type { SequenceTables } from "../../src/orbax/zstd/sequences.ts";
import { readSequences } from "../../src/orbax/zstd/sequences.ts";

/** A sequence as it is carried out: how many literals, from how far back, how many bytes. */
type Sequence = readonly [literals: number, offset: number, match: number];

/** How a number is coded: by the standard's own code, by one symbol alone, or by what the last block had. */
type Mode = "default" | "repeat" | number;

interface Section {
  readonly modes: readonly [literals: Mode, offsets: Mode, matches: Mode];
  /** What is read, in this order, as zeros and ones. */
  readonly bits: string;
  readonly count?: readonly number[];
  readonly tables?: SequenceTables;
  readonly recent?: [number, number, number];
}

/** The bytes of the bits of a section: what is read first stands last, below a 1. */
function bytesOf(bits: string): number[] {
  const whole = `1${bits}`.padStart(8 * Math.ceil((bits.length + 1) / 8), "0");
  return (whole.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)).toReversed();
}

const modeOf = (mode: Mode): number => (mode === "default" ? 0 : mode === "repeat" ? 3 : 1);

/** The sequences of a section. */
function read({ modes, bits, count = [1], tables = {}, recent = [101, 102, 103] }: Section): Sequence[] {
  const [literals, offsets, matches] = modes.map(modeOf) as [number, number, number];
  const symbols = modes.filter((mode) => typeof mode === "number");
  const bytes = [...count, (literals << 6) | (offsets << 4) | (matches << 2), ...symbols, ...bytesOf(bits)];
  const sequences: Sequence[] = [];
  let length = 0;
  const output = {
    append: (_: Uint8Array, start: number, end: number) => void (length = end - start),
    repeat: (offset: number, match: number) => void sequences.push([length, offset, match]),
  };
  const room = new Uint8Array(2 ** 17);
  readSequences(new Uint8Array(bytes), 0, bytes.length, room, tables, recent, output as never);
  return sequences;
}

function failureOf(section: Section): string {
  try {
    read(section);
  } catch (error) {
    expect(error).toBeInstanceOf(LoadError);
    return (error as LoadError).message;
  }
  return "none";
}

/** The first length of codes and their extra bits, RFC 8878, section 3.1.1.3.2.1.1. */
const LITERALS: readonly (readonly [code: number, base: number, bits: number])[] = [
  ...Array.from({ length: 16 }, (_, code) => [code, code, 0] as const),
  [16, 16, 1],
  [17, 18, 1],
  [18, 20, 1],
  [19, 22, 1],
  [20, 24, 2],
  [21, 28, 2],
  [22, 32, 3],
  [23, 40, 3],
  [24, 48, 4],
  ...Array.from({ length: 11 }, (_, i) => [25 + i, 2 ** (6 + i), 6 + i] as const),
];
const MATCHES: typeof LITERALS = [
  ...Array.from({ length: 32 }, (_, code) => [code, code + 3, 0] as const),
  [32, 35, 1],
  [33, 37, 1],
  [34, 39, 1],
  [35, 41, 1],
  [36, 43, 2],
  [37, 47, 2],
  [38, 51, 3],
  [39, 59, 3],
  [40, 67, 4],
  [41, 83, 4],
  [42, 99, 5],
  ...Array.from({ length: 10 }, (_, i) => [43 + i, 3 + 2 ** (7 + i), 7 + i] as const),
];

describe("the lengths that codes stand for, the first and the last of each", () => {
  it.each(LITERALS)("literals %d: from %d on, %d bits", (code, base, bits) => {
    expect(read({ modes: [code, 2, 0], bits: `00${"0".repeat(bits)}` })).toEqual([[base, 1, 3]]);
    expect(read({ modes: [code, 2, 0], bits: `00${"1".repeat(bits)}` })).toEqual([[base + 2 ** bits - 1, 1, 3]]);
  });

  it.each(MATCHES)("match %d: from %d on, %d bits", (code, base, bits) => {
    expect(read({ modes: [1, 2, code], bits: `00${"0".repeat(bits)}` })).toEqual([[1, 1, base]]);
    expect(read({ modes: [1, 2, code], bits: `00${"1".repeat(bits)}` })).toEqual([[1, 1, base + 2 ** bits - 1]]);
  });

  it("offset n: from 2^n - 3 on, n bits", () => {
    for (let code = 2; code <= 31; code++) {
      expect(read({ modes: [1, code, 0], bits: "0".repeat(code) })).toEqual([[1, 2 ** code - 3, 3]]);
      expect(read({ modes: [1, code, 0], bits: "1".repeat(code) })).toEqual([[1, 2 ** (code + 1) - 4, 3]]);
    }
  });
});

/** How many states of a default code stand for each symbol, which `symbolOf` tells by the sequence. */
function statesOf(log: number, modes: Section["modes"], symbolOf: (sequence: Sequence) => number): number[] {
  const counts: number[] = [];
  for (let state = 0; state < 2 ** log; state++) {
    // The extra bits of a symbol are known once all bits are read.
    for (let extra = 0; extra <= 31; extra++) {
      const bits = state.toString(2).padStart(log, "0") + "0".repeat(extra);
      if (failureOf({ modes, bits }) !== "none") continue;
      const symbol = symbolOf(read({ modes, bits })[0]!);
      counts[symbol] = (counts[symbol] ?? 0) + 1;
      break;
    }
  }
  return counts;
}

const times = (count: number, n: number): number[] => Array<number>(count).fill(n);

describe("the default codes, RFC 8878, section 3.1.1.3.2.2", () => {
  it("of literals", () => {
    const counts = statesOf(6, ["default", 2, 0], ([length]) => LITERALS.find(([, base]) => base === length)![0]);
    expect(counts).toEqual([4, 3, ...times(11, 2), 1, 1, 1, ...times(9, 2), 3, 2, ...times(9, 1)]);
  });

  it("of matches", () => {
    const counts = statesOf(6, [1, 2, "default"], ([, , match]) => MATCHES.find(([, base]) => base === match)![0]);
    expect(counts).toEqual([1, 4, 3, ...times(6, 2), ...times(44, 1)]);
  });

  it("of offsets", () => {
    const counts = statesOf(5, [1, "default", 0], ([, offset]) =>
      offset === 101 ? 0 : offset === 102 ? 1 : 31 - Math.clz32(offset + 3),
    );
    expect(counts).toEqual([...times(6, 1), 2, 2, 2, ...times(20, 1)]);
  });
});

/** A sequence of this offset code and its bits, and the recent offsets after it. */
const after = (literals: number, code: number, bits: string): [Sequence, number[]] => {
  const recent: [number, number, number] = [101, 102, 103];
  const [sequence] = read({ modes: [literals, code, 0], bits, recent });
  return [sequence!, recent];
};

describe("recent offsets", () => {
  it("1 to 3 are the last ones, which move to the front", () => {
    expect(after(1, 0, "")).toEqual([
      [1, 101, 3],
      [101, 102, 103],
    ]);
    expect(after(1, 1, "0")).toEqual([
      [1, 102, 3],
      [102, 101, 103],
    ]);
    expect(after(1, 1, "1")).toEqual([
      [1, 103, 3],
      [103, 101, 102],
    ]);
    expect(after(1, 2, "00")).toEqual([
      [1, 1, 3],
      [1, 101, 102],
    ]);
  });

  it("without literals they are the ones behind, and the last less one", () => {
    expect(after(0, 0, "")).toEqual([
      [0, 102, 3],
      [102, 101, 103],
    ]);
    expect(after(0, 1, "0")).toEqual([
      [0, 103, 3],
      [103, 101, 102],
    ]);
    expect(after(0, 1, "1")).toEqual([
      [0, 100, 3],
      [100, 101, 102],
    ]);
    expect(failureOf({ modes: [0, 1, 0], bits: "1", recent: [1, 2, 3] })).toMatch(/an offset of at least 1/);
  });
});

describe("readSequences refuses", () => {
  it.each<[RegExp, Section]>([
    [/a symbol of its code/, { modes: [36, 2, 0], bits: "00" }],
    [/a symbol of its code/, { modes: [1, 32, 0], bits: "0".repeat(32) }],
    [/a symbol of its code/, { modes: [1, 2, 53], bits: "00" }],
    [/an earlier code to repeat/, { modes: ["repeat", 2, 0], bits: "00" }],
    [/an earlier code to repeat/, { modes: [1, "repeat", 0], bits: "00" }],
    [/an earlier code to repeat/, { modes: [1, 2, "repeat"], bits: "00" }],
    [/sequences that fill their block/, { modes: [1, 2, 0], bits: "000" }],
    [/sequences that fit their block/, { modes: [1, 2, 0], bits: "0" }],
  ])("%s of %j", (message, section) => {
    expect(failureOf(section)).toMatch(message);
  });

  it("a symbol that is not there", () => {
    const bytes = new Uint8Array([1, 0x40]);
    const run = (): void => readSequences(bytes, 0, 2, new Uint8Array(1), {}, [1, 2, 3], {} as never);
    expect(run).toThrow(/a symbol of its code/);
  });
});

it("a code that is repeated is that of the block before", () => {
  const tables: SequenceTables = {};
  read({ modes: [5, 2, 7], bits: "00", tables });
  expect(read({ modes: ["repeat", "repeat", "repeat"], bits: "01", tables })).toEqual([[5, 2, 10]]);
});

/** How many sequences are read where `n` are announced. */
const announced = (count: number[], n: number): number =>
  read({ modes: [1, 2, 0], bits: "00".repeat(n), count }).length;

it("the number of sequences takes one byte to 127, two to 0x7eff, and then three", () => {
  expect(announced([127], 127)).toBe(127);
  expect(announced([128, 128], 128)).toBe(128);
  expect(announced([129, 1], 257)).toBe(257);
  expect(announced([254, 255], 0x7eff)).toBe(0x7eff);
  expect(announced([255, 0, 0], 0x7f00)).toBe(0x7f00);
  expect(announced([255, 2, 1], 0x8002)).toBe(0x8002);
});
