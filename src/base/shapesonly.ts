/**
 * Whether arrays are made without their elements, as `nnx.evalShape` asks: shapes are worked out and checked, nothing
 * is allocated or computed. A switch of the whole library, because shapes are found on every floor.
 */
export const shapesOnly = { on: false };
