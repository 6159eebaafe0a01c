import { serve } from "../scripts/serve.ts"; import { openBrowser } from "./browsers.ts"; import { everyScreen } from "./screens.ts"; import { Suite } from "./suite.ts"; import { join } from "node:path"; import { SITE } from "../scripts/places.ts";
const site = await serve(join(SITE,"dist")); const b = await openBrowser("chromium"); const s = new Suite();
await everyScreen(b, site.address, "chromium", s, { widths: process.argv[2]!.split(",").map(Number), schemes: ["light"], paths: process.argv.slice(3) }); await b.close(); site.close(); s.end();
