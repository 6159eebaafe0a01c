/** `tsx test/nodelessons.ts`: the lessons in Node alone, while one writes them. */
import { lessonsInNode } from "./lessons.ts";
import { Suite } from "./suite.ts";

const suite = new Suite();
await suite.group("lessons in Node", () => lessonsInNode(suite));
process.exitCode = suite.end() ? 0 : 1;
