/** The frame of an opaque origin: it makes the worker that runs programs, and passes on what is said. */
import type { Box } from "../protocol.ts";

let runner = "";
let library = "";
let backend: "auto" | "core" = "auto";
let worker: Worker | undefined;

const blob = (text: string): string => URL.createObjectURL(new Blob([text], { type: "text/javascript" }));

function make(): void {
  worker?.terminate();
  worker = new Worker(runner, { name: "program" });
  worker.addEventListener("message", (event: MessageEvent) => parent.postMessage(event.data, "*"));
  worker.addEventListener("error", (event) =>
    parent.postMessage({ type: "broken", message: event.message || "The worker could not be started." }, "*"),
  );
  worker.postMessage({ type: "start", library, backend });
}

addEventListener("message", ({ source, data }: MessageEvent<Box>) => {
  if (source !== parent) return;
  if (data.type === "make") {
    runner ||= blob(document.getElementById("runner")!.textContent);
    if (library !== "") URL.revokeObjectURL(library);
    library = blob(data.library);
    backend = data.backend;
    make();
  } else if (data.type === "stop") make();
  else worker?.postMessage(data);
});

parent.postMessage({ type: "box" }, "*");
