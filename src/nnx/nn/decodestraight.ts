import type { ArrayData, NDArray } from "../../array/index.ts";
import { affineFloats, arrayData, NDArray as Arrays, sameShape, sizeOf, toData } from "../../array/index.ts";
import { shapesOnly } from "../../base/index.ts";
import { attendToFirst } from "./attention.ts";
import type { AttentionCache } from "./attentioncache.ts";
import { appendToken } from "./attentioncache.ts";
import type { Projection } from "./lineargeneral.ts";
import { LinearGeneral, projectionOf } from "./lineargeneral.ts";

/** What a layer that decodes is made of. */
interface Decoder extends AttentionCache {
  readonly query: LinearGeneral;
  readonly key: LinearGeneral;
  readonly value: LinearGeneral;
  readonly out: LinearGeneral;
  readonly query_ln: object | null;
}

/** Where query, key, value and what is attended to lie during a step: they are seen by nobody, and made once. */
type Rooms = [query: Float32Array, key: Float32Array, value: Float32Array, attended: Float32Array];

/** Elements of each, at most. */
const MOST = 16384;
const NOTHING = new Float32Array(0);
/** As long as no step has them. */
let idle: Rooms | undefined;

/** What a projection's call is, unless somebody has put another in its place. */
const { __call__: CALL } = LinearGeneral.prototype;

function isPlain(part: LinearGeneral): boolean {
  return part.__call__ === CALL;
}

/**
 * A step of plain attention to a cache, float32, through layers that come down to one product each: `x` [..., 1,
 * inFeatures] to [..., 1, outFeatures], with the bits of calling them one after another. undefined, and nothing done,
 * where it is any other step.
 */
export function decodeStraight(layer: Decoder, x: NDArray): NDArray | undefined {
  if (
    shapesOnly.on ||
    layer.query_ln !== null ||
    !isPlain(layer.query) ||
    !isPlain(layer.key) ||
    !isPlain(layer.value) ||
    !isPlain(layer.out)
  )
    return undefined;
  const inputs = toData(x, "x");
  const query = projectionOf(layer.query, inputs);
  const key = projectionOf(layer.key, inputs);
  const value = projectionOf(layer.value, inputs);
  if (
    query === undefined ||
    key === undefined ||
    value === undefined ||
    !sameShape(query.tail, key.tail) ||
    !sameShape(key.tail, value.tail)
  )
    return undefined;
  const rooms: Rooms = idle ?? [NOTHING, NOTHING, NOTHING, NOTHING];
  const shape = [...query.lead, query.tail[0]!, value.tail[1]!];
  const attended = roomFor(sizeOf(shape), rooms, 3);
  const out = projectionOf(layer.out, arrayData(shape, "float32", attended));
  if (out === undefined) return undefined;
  idle = undefined;
  const asked = project(query, rooms, 0);
  const tokens = appendToken(layer, project(key, rooms, 1), project(value, rooms, 2));
  attendToFirst(tokens, asked, layer.cached_key!.get(), layer.cached_value!.get(), attended);
  const result = affineFloats(out.x, out.kernel, out.bias, [...out.lead, ...out.tail], sizeOf(out.lead));
  idle = rooms;
  return new Arrays(result);
}

function project({ x, kernel, bias, lead, tail }: Projection, rooms: Rooms, i: 0 | 1 | 2): ArrayData {
  return affineFloats(
    x,
    kernel,
    bias,
    [...lead, ...tail],
    sizeOf(lead),
    roomFor(sizeOf(lead) * sizeOf(tail), rooms, i),
  );
}

function roomFor(size: number, rooms: Rooms, i: 0 | 1 | 2 | 3): Float32Array {
  if (size > MOST) return new Float32Array(size);
  return rooms[i].length === size ? rooms[i] : (rooms[i] = new Float32Array(size));
}
