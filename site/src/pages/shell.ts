/** What every page has: the theme, the offline worker and its badge. */
import { find, h, siteUrl } from "../dom.ts";

export function startShell(): void {
  const badge = find("#offline");
  const tell = (): void => {
    if (badge) badge.hidden = navigator.onLine;
  };
  addEventListener("online", tell);
  addEventListener("offline", tell);
  tell();
  if (!("serviceWorker" in navigator) || location.protocol === "file:") return;
  const register = async (): Promise<void> => {
    const registration = await navigator.serviceWorker.register(siteUrl("sw.js"));
    const offer = (): void => {
      if (registration.waiting && navigator.serviceWorker.controller) offerReload(registration.waiting);
    };
    offer();
    registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", offer));
  };
  // After the page's own files: the copy for offline must not slow the first visit.
  const later = (): void => void setTimeout(() => register().catch(() => {}), 3000);
  if (document.readyState === "complete") later();
  else addEventListener("load", later);
}

function offerReload(waiting: ServiceWorker): void {
  if (find("#new-version")) return;
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
  const button = h("button", { type: "button", onclick: () => waiting.postMessage("take over") }, "Reload");
  document.body.append(h("div", { id: "new-version", role: "status" }, "There is a new version. ", button));
}
