/**
 * Whether arrays are made without elements, as under `nnx.evalShape`: shapes are computed and checked, nothing is
 * allocated and no element computed. A switch of the whole library, because shapes are computed on every floor.
 */
export const shapesOnly = { on: false };
