/** `npm run build`: the site as plain files in dist/. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build as viteBuild } from "vite";
import { minifyLibrary } from "../../scripts/bundle/minify.ts";
import { withoutTraining } from "../../scripts/bundle/training.ts";
import { demoPages } from "./demos.ts";
import { docPages } from "./docs.ts";
import { lessonData, readLessons } from "./lessons.ts";
import { filesIn, ROOT, SITE } from "./places.ts";
import { reference } from "./reference.ts";
import { home, learn, lessonPage, notFound, play } from "./pages.ts";
import { serviceWorker } from "./serviceworker.ts";
import type { Assets, PageOptions } from "./template.ts";
import { page, sha256 } from "./template.ts";

const DIST = join(SITE, "dist");

const hashOf = (content: string | Buffer): string => createHash("sha256").update(content).digest("hex").slice(0, 10);

/** Writes a file under its hash: its path from the root of the site. */
function hashed(name: string, content: string | Buffer): string {
  const dot = name.lastIndexOf(".");
  return put(`assets/${name.slice(0, dot)}.${hashOf(content)}${name.slice(dot)}`, content);
}

function put(path: string, content: string | Buffer): string {
  mkdirSync(dirname(join(DIST, path)), { recursive: true });
  writeFileSync(join(DIST, path), content);
  return path;
}

/** A program of its own, as text: what the frame and the worker are made of. */
async function bundle(entry: string, format: "es" | "iife"): Promise<string> {
  const built = await viteBuild({
    root: SITE,
    configFile: false,
    logLevel: "warn",
    build: {
      write: false,
      target: "es2022",
      lib: { entry, formats: [format], name: "program", fileName: "program" },
      minify: true,
    },
  });
  const [first] = Array.isArray(built) ? built : [built];
  if (first === undefined || !("output" in first)) throw new Error(`${entry} was not built`);
  return first.output[0].code;
}

/** What all pages have is one file: each file is a round trip on a phone. */
const COMMON =
  /preload-helper|src\/(dom|store|share)\.ts|src\/cards\/|src\/runner\/(host|show)\.ts|src\/pages\/(shell|project)\.ts/;

/** The library without training, and the names of what is left out. */
async function forwardLibrary(): Promise<{ code: string; training: readonly string[] }> {
  const file = join(ROOT, "build/forward.js");
  const names = new Set<string>();
  await minifyLibrary(file, [withoutTraining(names)]);
  return { code: readFileSync(file, "utf8"), training: [...names].sort() };
}

async function scripts(training: readonly string[]): Promise<{ style: string; script: (page: string) => string }> {
  const folder = join(SITE, "src/pages");
  const names = ["home", "learn", "workbench", "plain", "docs", "bench", "digits", "text", "train"];
  await viteBuild({
    root: SITE,
    configFile: false,
    base: "./",
    logLevel: "warn",
    define: { TRAINING_NAMES: JSON.stringify(training) },
    build: {
      outDir: DIST,
      emptyOutDir: true,
      target: "es2022",
      manifest: true,
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rolldownOptions: {
        output: { codeSplitting: { groups: [{ name: "common", test: COMMON }] } },
        input: [...names.map((name) => join(folder, `${name}.ts`)), join(SITE, "src/style.css")],
      },
    },
  });
  const manifestFile = join(DIST, ".vite/manifest.json");
  const manifest = JSON.parse(readFileSync(manifestFile, "utf8")) as Record<string, { file: string }>;
  rmSync(join(DIST, ".vite"), { recursive: true });
  const fileOf = (source: string): string => {
    const found = manifest[source]?.file;
    if (found === undefined) throw new Error(`vite built no ${source}`);
    return found;
  };
  return { style: fileOf("src/style.css"), script: (name) => fileOf(`src/pages/${name}.ts`) };
}

/** The frame, with the worker's program in it as text. Its one script is allowed by its hash. */
function boxHtml(script: string, runner: string): string {
  const policy = `default-src 'none'; script-src ${sha256(script)} 'wasm-unsafe-eval' blob:; worker-src blob:`;
  if (runner.includes("</script")) throw new Error("the runner would end its own element");
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>Where programs run</title><script type="text/plain" id="runner">${runner}</script><script type="module">${script}</script></html>\n`;
}

const isReference = (file: string): boolean => file.startsWith("docs/reference/");

export async function build(): Promise<void> {
  execFileSync("npx", ["tsx", "scripts/build.ts", "--if-stale"], { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"] });
  const library = await forwardLibrary();
  const { style, script } = await scripts(library.training);
  const runner = await bundle(join(SITE, "src/runner/worker.ts"), "iife");
  const box = (await bundle(join(SITE, "src/runner/box.ts"), "es")).trim();
  const models = join(ROOT, "examples/models");
  const assets: Assets = {
    style,
    script,
    box: sha256(box),
    files: {
      box: hashed("box.txt", boxHtml(box, runner)),
      library: hashed("flaxen.js", library.code),
      whole: hashed("whole.js", readFileSync(join(ROOT, "dist/flaxen.min.js"))),
      weights: hashed("weights.js", await bundle(join(SITE, "src/entries/weights.ts"), "es")),
      orbax: hashed("orbax.js", await bundle(join(SITE, "src/entries/orbax.ts"), "es")),
      digits: hashed("digits.safetensors", readFileSync(join(models, "digits/params.safetensors"))),
      gpt: hashed("gpt.safetensors", readFileSync(join(SITE, "models/gpt.bf16.safetensors"))),
    },
  };
  if (process.env["SITE_REFERENCE"] !== "off") await reference(join(DIST, "docs/reference"));
  const lessons = readLessons();
  for (const lesson of lessons) put(`lessons/${lesson.slug}.json`, JSON.stringify(lessonData(lesson)));
  const pages: PageOptions[] = [
    home(),
    learn(lessons),
    ...lessons.map((lesson) => lessonPage(lesson, lessons)),
    play(),
    ...demoPages(),
    ...docPages(ROOT, filesIn(DIST).filter(isReference), (name, text) => hashed(name, text)),
  ];
  for (const options of pages) {
    const file = options.path.endsWith(".html") ? options.path : `${options.path}index.html`;
    put(file, page(options, assets));
  }
  put("404.html", notFound(readFileSync(join(DIST, style), "utf8"), sha256));
  // The reference is large: it is kept for offline as it is read, not at the first visit.
  const first = filesIn(DIST).filter((file) => !/\.(safetensors|map)$/.test(file) && !isReference(file));
  put("sw.js", serviceWorker(first.map((file) => [file, hashOf(readFileSync(join(DIST, file)))])));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
