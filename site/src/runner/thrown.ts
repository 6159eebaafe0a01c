/** What was thrown, as the page shows it. */
import type { Thrown } from "../protocol.ts";

const PLACE = /main\.ts:(\d+)(?::\d+)?/;

/** Name, message, line in the program, and a stack without the frames of the library. */
export function readThrown(error: unknown): Thrown {
  if (!(error instanceof Error)) return { name: "Thrown", message: String(error), stack: "" };
  const frames = (error.stack ?? "").split("\n").filter((line) => PLACE.test(line));
  const line = PLACE.exec(frames[0] ?? "")?.[1];
  return {
    name: error.name,
    message: reword(error.message),
    ...(line === undefined ? {} : { line: Number(line) }),
    stack: frames.map((frame) => frame.trim().replaceAll(/blob:[^\s)]*\/(?=main\.ts)/g, "")).join("\n"),
  };
}

/** The first line of a message: what a reader needs at once. */
export const messageOf = ({ message }: Thrown): string => message.split("\n")[0]!;

/** A name that the package has not: engines say it each in their own way, with the address of a blob. */
function reword(message: string): string {
  const missing =
    /does not provide an export named '?([\w$]+)'?/.exec(message) ??
    /doesn't provide an export named: '?([\w$]+)'?/.exec(message);
  return missing ? `This entry has no export called ${missing[1]}. See the reference for what it has.` : message;
}
