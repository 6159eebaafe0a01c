/** The package as the worker has it: one copy, given by the page. */
export type Flaxen = typeof import("flaxen");
