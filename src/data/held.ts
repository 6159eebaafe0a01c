import type { Storage } from "./access.ts";
import { HELD, PRIVATE } from "./access.ts";

/**
 * Who has the elements that are `HELD`: an object each, and nobody else. They come from a pool, to which they go back
 * when the holder has others.
 */
let holders = /* @__PURE__ */ new WeakMap<Storage, object>();

/** Whether anything was ever held. Until then nobody need look. */
export const holding = { on: false };

/** Makes `holder` the one who has these elements. */
export function hold(storage: Storage, holder: object): void {
  storage.access = HELD;
  holders.set(storage, holder);
  holding.on = true;
}

/** Whether `holder` has these elements, and nobody else. */
export function isHeldBy(storage: Storage, holder: object | undefined): boolean {
  return storage.access === HELD && holder !== undefined && holders.get(storage) === holder;
}

/** Lets others have these elements too, for good: they are never used again. */
export function share(storage: Storage): void {
  if (storage.access === HELD) storage.access = PRIVATE;
}

/** Shares all elements that are held now. */
export function shareEverything(): void {
  holders = new WeakMap();
}
