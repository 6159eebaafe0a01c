/** `npm run surface`: writes docs/surface.md. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./run.ts";
import { surfaceTable } from "./surface/table.ts";

writeFileSync(join(ROOT, "docs/surface.md"), surfaceTable());
