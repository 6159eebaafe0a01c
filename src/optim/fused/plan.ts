import type { GradientTransformation } from "../base.ts";
import type { Part } from "./parts.ts";
import { partOf } from "./parts.ts";

type Of<Kind extends Part["kind"]> = Extract<Part, { kind: Kind }>;

/** The members of a chain that one pass can do: its last ones. Each has a place, that of its state in the chain's. */
export interface Plan {
  /** How many members the chain has. */
  readonly length: number;
  /** The members before, which run as they are. */
  readonly before: readonly GradientTransformation[];
  /** The last member is a chain itself, of which all this holds. */
  readonly inner?: Plan;
  readonly direction?: { readonly place: number; readonly part: Of<"trace"> | Of<"adam"> };
  readonly decay?: Of<"decay">;
  readonly scale?: { readonly place: number; readonly part: Of<"scale"> };
}

/**
 * How `tx` is done in one pass: [..., trace or Adam or neither, weight decay or none, a
 * scale]; undefined if it is not.
 */
export function planOf(tx: GradientTransformation): Plan | undefined {
  const chain = partOf(tx);
  if (chain?.kind !== "chain") return undefined;
  const { members } = chain;
  let place = members.length - 1;
  const last = place < 0 ? undefined : members[place]!;
  const inner = last && planOf(last);
  if (inner !== undefined) return { length: members.length, before: members.slice(0, -1), inner };
  const part = (at: number): Part | undefined => (at < 0 ? undefined : partOf(members[at]!));
  const scale = part(place);
  if (scale?.kind !== "scale") return undefined;
  const found: { -readonly [K in keyof Plan]: Plan[K] } = {
    length: members.length,
    before: [],
    scale: { place: place--, part: scale },
  };
  const decay = part(place);
  if (decay?.kind === "decay") {
    found.decay = decay;
    place--;
  }
  const direction = part(place);
  if (direction?.kind === "trace" || direction?.kind === "adam") found.direction = { place: place--, part: direction };
  else if (direction?.kind === "identity") place--;
  // Weight decay alone, and momentum with it, are not optimizers of optax: they run as they are.
  if (found.decay !== undefined && found.direction?.part.kind !== "adam") return undefined;
  return { ...found, before: members.slice(0, place + 1) };
}
