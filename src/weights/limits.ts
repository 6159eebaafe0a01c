/** The most arrays of one file. */
export const MAX_TENSORS = 100_000;

/** The most characters of a name. */
export const MAX_NAME = 65_535;

/** The most axes of an array; NumPy's limit. */
export const MAX_RANK = 64;

/** The most characters of safetensors' `__metadata__`. */
export const MAX_METADATA = 16 * 2 ** 20;
