/** The parameters of Python's public functions, how a call shows that they are here, and why some are not. */
import { readFileSync } from "node:fs";
import { camelCase } from "./camelcase.ts";

/** A parameter: its name here, and how it is given: by place alone, by either, by name alone, any places, any names. */
export interface Parameter {
  readonly name: string;
  readonly kind: "/" | "." | "*" | "..." | "**";
}

type Signatures = Readonly<Record<string, readonly (readonly [string, Parameter["kind"], unknown?])[]>>;

/** Python's signatures, from test/golden/oracle_signatures.py. */
const PYTHON = JSON.parse(
  readFileSync(new URL("../../test/golden/signatures.json", import.meta.url), "utf8"),
) as Readonly<Record<string, Signatures>>;

/** The parameters of each function of a namespace, by its name in Python. */
export function parametersOf(namespace: string): ReadonlyMap<string, readonly Parameter[]> {
  return new Map(
    Object.entries(PYTHON[namespace]!).map(([name, found]) => [
      name,
      found.map(([parameter, kind]) => ({ name: parameterName(parameter), kind })),
    ]),
  );
}

/** A parameter's name here: in camel case, a letter small. */
function parameterName(name: string): string {
  return name.length === 1 ? name.toLowerCase() : camelCase(name);
}

/** Why a parameter is not here; undefined if it should be. */
export function reasonFor(fn: string, parameter: string): string | undefined {
  return REASONS.get(`${fn}.${parameter}`) ?? REASONS.get(parameter);
}

/** Parameters that are not here, by the reason: `out` for all functions, `fn.parameter` for one. */
export const ABSENT_PARAMETERS: Readonly<Record<string, string>> = {
  "one device, no sharding": "device outSharding axisIndexGroups",
};

const REASONS: ReadonlyMap<string, string> = new Map(
  Object.entries(ABSENT_PARAMETERS).flatMap(([reason, names]) =>
    names.split(" ").map((name) => [name, reason] as const),
  ),
);
