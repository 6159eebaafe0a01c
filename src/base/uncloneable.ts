/**
 * What arrays, keys and States hold so that `structuredClone` and `postMessage` fail, whose copies would be empty: they
 * refuse symbols, with the symbol's text as the error's. Deep equality finds the same symbol in all of them.
 */
export const UNCLONEABLE: symbol = Symbol.for(
  "a flaxen array, key or State: send nnx.toTransferable(x), and take nnx.fromTransferable(message) there",
);
