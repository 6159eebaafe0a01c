/** The operations on the bits of two integers. */
import { BinaryUfunc } from "./binary.ts";
import { integersOnly, integersOrBools } from "./computedtype.ts";

export const BITWISE_AND = /* @__PURE__ */ new BinaryUfunc({
  name: "bitwiseAnd",
  computeDtype: integersOrBools,
  integer: (a, b) => a & b,
});

export const BITWISE_OR = /* @__PURE__ */ new BinaryUfunc({
  name: "bitwiseOr",
  computeDtype: integersOrBools,
  integer: (a, b) => a | b,
});

export const BITWISE_XOR = /* @__PURE__ */ new BinaryUfunc({
  name: "bitwiseXor",
  computeDtype: integersOrBools,
  integer: (a, b) => a ^ b,
});

// A shift by more than the number of bits, or by less than 0, leaves no bit of the value.

export const LEFT_SHIFT = /* @__PURE__ */ new BinaryUfunc({
  name: "leftShift",
  computeDtype: integersOnly,
  integer: (a, b) => (b >>> 0 > 31 ? 0 : a << b),
});

export const RIGHT_SHIFT = /* @__PURE__ */ new BinaryUfunc({
  name: "rightShift",
  computeDtype: integersOnly,
  integer: (a, b) => (a < 0 ? a >> (b >>> 0 > 31 ? 31 : b) : b >>> 0 > 31 ? 0 : a >>> b),
});
