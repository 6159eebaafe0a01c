/** Programs that come from the system, not from npm. */
import { existsSync } from "node:fs";

/** A file of a Debian package. */
export interface SystemFile {
  /** For the message. */
  readonly what: string;
  readonly file: string;
  readonly packages: string;
  /** The environment variable that names another one. */
  readonly variable?: string;
  /** The option of run.ts that does without. */
  readonly option: string;
}

/**
 * Where the file is: where the environment says, or Debian's place for it.
 *
 * @throws Error that says how to get it
 */
export function systemFile({ what, file, packages, variable, option }: SystemFile): string {
  const place = (variable === undefined ? undefined : process.env[variable]) ?? file;
  if (existsSync(place)) return place;
  const orName = variable === undefined ? "" : ` name one in ${variable},`;
  throw new Error(
    `no ${what} at ${place}. ` +
      `Install it (apt-get update && apt-get install -y ${packages}),${orName} or pass --${option}`,
  );
}
