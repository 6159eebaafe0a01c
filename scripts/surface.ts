/** `npm run surface`: writes docs/surface.md, and the modules of src/absent. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./run.ts";
import { absentModules } from "./surface/absentnames.ts";
import { surfaceTable } from "./surface/table.ts";

for (const [file, text] of await absentModules()) writeFileSync(join(ROOT, "src/absent", file), text);
writeFileSync(join(ROOT, "docs/surface.md"), surfaceTable());
