/** Operations behind functions that create arrays. */
import type { ArrayData, Band, Classes, Operation, Spacing } from "../../data/index.ts";
import { bandData, copyData, linspaceData, oneHotData } from "../../data/index.ts";

/** The same elements in a storage of their own. */
export const COPY: Operation<undefined, [x: ArrayData]> = {
  name: "array",
  forward: (_, x) => copyData(x),
};

/** Matrices with zeros outside a band of diagonals. */
export const BAND: Operation<Band, [x: ArrayData]> = {
  name: "band",
  forward: bandData,
};

/** 1 at the class whose number each element is, 0 elsewhere. */
export const ONE_HOT: Operation<Classes, [x: ArrayData]> = {
  name: "oneHot",
  forward: oneHotData,
};

/** Evenly spaced numbers between the elements of two arrays of one shape and float dtype. */
export const LINSPACE: Operation<Spacing, [start: ArrayData, stop: ArrayData]> = {
  name: "linspace",
  forward: linspaceData,
};
