/** The comparisons of two arrays. A bool comes out. */
import { BinaryUfunc } from "./binary.ts";

export const EQUAL = /* @__PURE__ */ new BinaryUfunc({
  name: "equal",
  isPredicate: true,
  kernel: "equal",
  integerLoop(x, i, di, y, j, dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di, j += dj) out[at] = Number(x[i] === y[j]);
  },
});

export const NOT_EQUAL = /* @__PURE__ */ new BinaryUfunc({
  name: "notEqual",
  isPredicate: true,
  kernel: "notEqual",
  integerLoop(x, i, di, y, j, dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di, j += dj) out[at] = Number(x[i] !== y[j]);
  },
});

export const LESS = /* @__PURE__ */ new BinaryUfunc({
  name: "less",
  isPredicate: true,
  kernel: "less",
  integerLoop(x, i, di, y, j, dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di, j += dj) out[at] = Number(x[i]! < y[j]!);
  },
});

export const LESS_EQUAL = /* @__PURE__ */ new BinaryUfunc({
  name: "lessEqual",
  isPredicate: true,
  kernel: "lessEqual",
  integerLoop(x, i, di, y, j, dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di, j += dj) out[at] = Number(x[i]! <= y[j]!);
  },
});

export const GREATER = /* @__PURE__ */ new BinaryUfunc({
  name: "greater",
  isPredicate: true,
  kernel: "greater",
  integerLoop(x, i, di, y, j, dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di, j += dj) out[at] = Number(x[i]! > y[j]!);
  },
});

export const GREATER_EQUAL = /* @__PURE__ */ new BinaryUfunc({
  name: "greaterEqual",
  isPredicate: true,
  kernel: "greaterEqual",
  integerLoop(x, i, di, y, j, dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di, j += dj) out[at] = Number(x[i]! >= y[j]!);
  },
});
