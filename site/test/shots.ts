/** Screenshots to look at: `tsx test/shots.ts OUT path[:action] ...`; action is run, check, or a click on #id. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { SITE } from "../scripts/places.ts";
import { serve } from "../scripts/serve.ts";
import { openBrowser } from "./browsers.ts";

const [out = "shots", ...wanted] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const served = await serve(join(SITE, "dist"));
const browser = await openBrowser("chromium");
const sizes = { wide: [1440, 900], phone: [390, 844] } as const;
const only = (process.env["SIZES"] ?? "wide,phone").split(",");
const schemes = (process.env["SCHEMES"] ?? "light").split(",");
for (const item of wanted) {
  const [path = "", ...actions] = item.split(":");
  for (const [size, [width, height]] of Object.entries(sizes)) {
    if (!only.includes(size)) continue;
    for (const scheme of schemes) {
      const page = await browser.newPage();
      page.on("console", (message) => console.log("console:", message.type(), message.text()));
      page.on("pageerror", (error) => console.log("pageerror:", String(error)));
      await page.setViewport({
        width,
        height,
        deviceScaleFactor: 1,
        isMobile: size === "phone",
        hasTouch: size === "phone",
      });
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      await page.goto(served.address + path, { waitUntil: "load" });
      await new Promise((done) => setTimeout(done, 900));
      for (const action of actions) {
        if (action.startsWith("wait")) await new Promise((done) => setTimeout(done, Number(action.slice(4))));
        else if (action.startsWith("js=")) await page.evaluate(action.slice(3));
        else await page.click(action);
        await new Promise((done) => setTimeout(done, 1200));
      }
      const done = actions.map((action) => action.replaceAll(/\W/g, "")).join("");
      const name = `${path.replaceAll("/", "_") || "home"}${done}-${size}-${scheme}.png`;
      await page.screenshot({ path: join(out, name) as `${string}.png`, fullPage: process.env["FULL"] === "1" });
      console.log(join(out, name));
      await page.close();
    }
  }
}
await browser.close();
served.close();
